from datetime import date

from tests.transforms.deliveries.made_up import read_one, rows

CONTENT = 'sep=,\n"Seguidores do Instagram"\n"IG_ACCOUNT,FOLLOW,UNIQUE_USERS"\n"1.563"\n'


def test_the_one_figure_is_the_level_on_the_day_of_observation():
    reading = read_one("instagram/anna/2026-06-01/Audience.csv", CONTENT)
    assert reading.record.export == "instagram_followers"
    assert rows(reading, "account_day", "day", "followers", "reach") == [
        (date(2026, 6, 1), 1563, None)
    ]


def test_a_figure_whose_day_only_its_arrival_tells_is_refused():
    record = read_one("instagram/anna/Audience.csv", CONTENT).record
    assert record.status == "refused"
    assert "put that day into the name" in record.reason


def test_more_than_one_figure_is_refused():
    content = 'sep=,\n"Facebook followers"\n"A","B"\n"1","2"\n'
    record = read_one("facebook/anna/2026-06-01.csv", content).record
    assert (record.status, record.export) == ("refused", "facebook_followers")
    assert "one figure is expected" in record.reason
