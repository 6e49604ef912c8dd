from datetime import date

from tests.transforms.deliveries.made_up import read_one, rows

FILE = (
    "Date,Lifetime Total Likes,Daily New Likes,Daily Total Reach,Daily Total Impressions\n"
    ",Lifetime: People who like it.,Daily: The new ones.,Daily: People. (Unique Users)"
    ",Daily: Times. (Total Count)\n"
    '1/30/2017,500,3,80,"1,120"\n1/31/2017,502,2,90,130\n'
)


def test_a_day_has_the_reach_and_the_impressions_of_the_page():
    reading = read_one("facebook/anna/Page.csv", FILE)
    assert (reading.record.export, reading.record.status) == ("facebook_page_insights", "loaded")
    assert rows(reading, "account_day", "account_ref", "day", "reach", "impressions") == [
        ("anna", date(2017, 1, 30), 80, 1120),
        ("anna", date(2017, 1, 31), 90, 130),
    ]


def test_the_record_that_describes_the_figures_is_no_data():
    record = read_one("facebook/anna/Page.csv", FILE).record
    assert (record.rows_in, record.loaded, record.not_data) == (3, 2, 1)


def test_likes_of_the_page_are_not_its_followers():
    reading = read_one("facebook/anna/Page.csv", FILE)
    assert rows(reading, "account_day", "followers", "gross_follows") == [(None, None)] * 2
    assert reading.record.unknown_headers == ()
