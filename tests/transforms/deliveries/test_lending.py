from datetime import date

from tests.transforms.deliveries.made_up import ARRIVED, read, source

TABLE = "Content,Video title,Views,Subscribers\naaaaaaaaaa1,A,7,1\naaaaaaaaaa2,B,2,-1\n"
DATES = "Date,Views\n2026-03-01,1\n2026-03-02,2\n"


def test_mtime_tells_the_day_unless_the_file_is_newer_inside():
    on_time = source("youtube/anna/a.csv", DATES, modified_on=date(2026, 3, 2))
    too_old = source("youtube/anna/a.csv", DATES, modified_on=date(2026, 3, 1))
    assert read(on_time)[0].record.observed_on == date(2026, 3, 2)
    record = read(too_old)[0].record
    assert (record.observed_on, record.observed_on_source) == (ARRIVED, "arrival")


def test_siblings_that_disagree_lend_no_day():
    readings = read(
        source("youtube/anna/a 2026-03-05.csv", DATES),
        source("youtube/anna/b 2026-03-06.csv", DATES + "2026-03-03,4\n"),
        source("youtube/anna/t.csv", TABLE),
    )
    record = readings[2].record
    assert record.observed_on_source == "arrival"
    assert any("siblings disagree" in note for note in record.notes)


def test_a_sibling_beside_it_outdoes_one_elsewhere_in_the_delivery():
    readings = read(
        source("youtube/anna/x.zip", DATES, member="one/a 2026-03-05.csv"),
        source("youtube/anna/x.zip", TABLE, member="one/t.csv"),
        source("youtube/anna/x.zip", DATES + "2026-03-03,4\n", member="two/a 2026-03-09.csv"),
    )
    assert readings[1].record.observed_on == date(2026, 3, 5)
