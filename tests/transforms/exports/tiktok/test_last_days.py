from datetime import date

from tests.transforms.deliveries.made_up import read_one, rows

HEADER = (
    '"Date","Video views","Followers","Difference in followers from previous day","Profile views"'
)


def test_the_daily_file_of_2021_holds_views_and_a_level():
    reading = read_one(
        "tiktok/anna/Last 60 days.csv", f'{HEADER}\n"2021-01-15","342","285","1","24"'
    )
    assert reading.record.export == "tiktok_last_days"
    columns = ("day", "views", "followers", "profile_views", "net_follows")
    assert rows(reading, "account_day", *columns) == [(date(2021, 1, 15), 342, 285, 24, None)]
