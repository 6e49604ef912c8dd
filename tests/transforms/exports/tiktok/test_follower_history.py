from datetime import date

from tests.transforms.deliveries.made_up import read_one, rows

HEADER = '"Date","Followers","Difference in followers from previous day"'
ZIP = "tiktok/anna/Followers_anna.zip"


def test_followers_are_a_level_and_the_difference_is_not_loaded():
    text = f'\ufeff{HEADER}\n"March 1","100","5"\n"March 2","105","undefined"'
    reading = read_one(ZIP, text, member="FollowerHistory.csv", entry_on=date(2026, 3, 4))
    assert rows(reading, "account_day", "account_ref", "day", "followers", "net_follows") == [
        ("anna", date(2026, 3, 1), 100, None),
        ("anna", date(2026, 3, 2), 105, None),
    ]
    assert reading.record.observed_on_source == "zip_entry"


def test_undefined_followers_are_null():
    reading = read_one(ZIP, f'{HEADER}\n"March 1","undefined","0"', member="F.csv")
    assert rows(reading, "account_day", "followers") == [(None,)]


def test_a_header_only_file_is_empty():
    assert read_one(ZIP, HEADER, member="FollowerHistory.csv").record.status == "empty"
