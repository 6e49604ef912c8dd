from tests.transforms.deliveries.made_up import read_one

HEADER = '"Page ID","Page name","Data comment",Date,"Unique user engagements"'
NAME = "facebook/anna/Feb-10-2026_Mar-15-2026_1000000000000001.csv"


def test_a_pages_days_are_known_and_kept_because_no_table_has_their_figures():
    reading = read_one(NAME, f'{HEADER}\n106000000000001,"Anna A",,02/10/2026,620\n')
    assert (reading.record.export, reading.record.status) == ("facebook_page_days", "kept")
    assert "no table has a column" in reading.record.reason
    assert reading.tables == {}


def test_days_with_a_figure_that_a_table_has_are_not_passed_over():
    text = f'{HEADER},Views\n106000000000001,"Anna A",,02/10/2026,620,9\n'
    record = read_one(NAME, text).record
    assert (record.export, record.status) == (None, "unrecognised")
