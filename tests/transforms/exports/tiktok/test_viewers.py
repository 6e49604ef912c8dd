from datetime import date

from tests.transforms.deliveries.made_up import read_one, rows

HEADER = '"Date","Total Viewers","New Viewers","Returning Viewers"'
ZIP = "tiktok/anna/Viewers_anna.zip"


def viewers(*lines: str):
    text = "\n".join(["\ufeff" + HEADER, *lines])
    return read_one(ZIP, text, member="Viewers.csv", entry_on=date(2026, 3, 4))


def test_viewers_are_people_per_day():
    reading = viewers('"2 de marzo","378","296","82"', '"3 de marzo","0","0","0"')
    columns = ("day", "unique_viewers", "new_viewers", "returning_viewers")
    assert rows(reading, "account_day", "account_ref", *columns) == [
        ("anna", date(2026, 3, 2), 378, 296, 82),
        ("anna", date(2026, 3, 3), 0, 0, 0),
    ]


def test_where_viewers_are_undefined_the_zeros_beside_are_not_reported():
    reading = viewers('"March 3","undefined","0","0"')
    columns = ("unique_viewers", "new_viewers", "returning_viewers")
    assert rows(reading, "account_day", *columns) == [(None, None, None)]


def test_a_header_only_file_is_empty():
    assert viewers().record.status == "empty"
