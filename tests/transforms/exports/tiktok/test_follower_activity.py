from datetime import date

from tests.transforms.deliveries.made_up import broken, read, read_one, rows, source

HEADER = '"Date","Hour","Active followers"'
ZIP = "tiktok/anna/Followers_anna.zip"
COLUMNS = ("day", "hour", "active_followers")


def activity(*lines: str):
    text = "\n".join(["\ufeff" + HEADER, *lines])
    return read_one(ZIP, text, member="FollowerActivity.csv", entry_on=date(2026, 3, 4))


def test_hours_that_had_not_come_are_not_reported():
    reading = activity(
        '"March 2","22","0"', '"March 2","23","5"', '"March 3","0","7"', '"March 3","1","0"'
    )
    assert rows(reading, "account_hour", *COLUMNS) == [
        (date(2026, 3, 2), 22, 0),
        (date(2026, 3, 2), 23, 5),
        (date(2026, 3, 3), 0, 7),
        (date(2026, 3, 3), 1, None),
    ]
    assert reading.record.loaded == 4


def test_a_newest_day_of_zeros_is_not_reported():
    reading = activity('"March 2","0","5"', '"March 3","0","0"')
    assert rows(reading, "account_hour", "active_followers") == [(5,), (None,)]


def test_the_hours_of_2021_count_from_one():
    reading = activity('"2021-03-08","1","55"', '"2021-03-08","24","66"')
    assert rows(reading, "account_hour", *COLUMNS) == [
        (date(2021, 3, 8), 0, 55),
        (date(2021, 3, 8), 23, 66),
    ]


def test_a_part_without_the_hour_24_counts_as_its_whole_does():
    readings = read(
        *(
            source(f"tiktok/anna/part {hour}.csv", f'{HEADER}\n"2021-03-08","{hour}","9"')
            for hour in (3, 24)
        )
    )
    assert [rows(reading, "account_hour", "hour") for reading in readings] == [[(23,)], [(2,)]]


def test_an_hour_beyond_the_day_is_quarantined():
    reading = activity('"March 2","24","5"', '"March 2","25","5"')
    assert [row[1:] for row in broken(reading)] == [("Hour", "hour breaks in_range(0, 23)", "25")]
