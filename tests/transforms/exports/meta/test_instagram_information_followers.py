from datetime import date

import pytest

from tests.transforms.deliveries.made_up import broken, read, rows, source
from tests.transforms.exports.meta.information import ROOT, insights


def followers(cell: str, path: str = ROOT + "audience_insights.json", **known):
    content = insights("audience", {"Date range": "Feb 6 - May 6", "Followers": cell})
    (reading,) = read(source(path, content, **known))
    return reading


@pytest.mark.parametrize(("cell", "level"), [("196", 196), ("102,497", 102_497), ("10.801", 10801)])
def test_the_level_is_of_the_day_of_export(cell, level):
    reading = followers(cell)
    assert reading.record.export == "instagram_information_followers"
    assert rows(reading, "account_day", "day", "followers") == [(date(2026, 5, 8), level)]


def test_a_rounded_level_is_quarantined():
    reading = followers("10.6K")
    assert reading.tables == {}
    assert broken(reading)[0][1:] == ("Followers", "is not a whole number of at least 0", "10.6K")


def test_a_level_whose_day_only_its_arrival_tells_is_refused():
    record = followers("196", "instagram/anna/audience_insights.json").record
    assert record.status == "refused"
    assert "put that day into the name" in record.reason


def test_followers_of_the_root_of_reach_are_no_level():
    content = insights("reach", {"Followers": "1%", "Accounts reached": "3359140",
                                 "Date range": "Feb 6 - May 6"})  # fmt: skip
    (reading,) = read(source(ROOT + "profiles_reached.json", content))
    assert set(reading.tables) == {"account_period"}
