from datetime import date

import pytest

from schemas.files import FileReading
from tests.transforms.deliveries.made_up import broken, read, rows, source
from tests.transforms.exports.meta.information import ROOT, insights

SPAN = {"Date Range": "Apr 29 - Jul 27"}


def period(root: str, labels: dict[str, str], **known) -> FileReading:
    path = known.pop("path", "instagram/anna/" + root + ".json")
    known.setdefault("arrived_on", date(2026, 11, 23))
    (reading,) = read(source(path, insights(root, SPAN | labels), **known))
    return reading


def test_reach_is_of_the_period_and_comparisons_are_not_figures():
    reading = period(
        "reach",
        {
            "Accounts reached": "2516778",
            "Accounts reached delta": "+122,373% vs Jan 29 - Apr 28",
            "Followers": "1%",
            "Impressions": "15,570,962",
            "Profile visits": "--",
        },
        modified_on=date(2026, 7, 29),
    )
    assert reading.record.export == "instagram_information_period"
    assert rows(
        reading, "account_period", "account_ref", "period_start", "period_end", "observed_on",
        "reach", "impressions", "profile_views", "link_clicks",
    ) == [("anna", date(2026, 4, 29), date(2026, 7, 27), date(2026, 7, 29),
           2_516_778, 15_570_962, None, None)]  # fmt: skip


def test_interactions_and_follows_are_in_the_roots_of_their_own():
    told = {"modified_on": date(2026, 7, 29)}
    reading = period("interactions", {"Content interactions": "2,824"}, **told)
    assert rows(reading, "account_period", "interactions", "reach") == [(2824, None)]
    reading = period(
        "audience", {"Follows": "2", "Unfollows": "6", "Overall followers": "\u22124"}, **told
    )
    assert rows(reading, "account_period", "gross_follows", "lost_follows", "net_follows") == [
        (2, 6, -4)
    ]


@pytest.mark.parametrize(
    ("known", "year"),
    [
        ({"modified_on": date(2025, 9, 1)}, 2025),
        ({"modified_on": date(2026, 7, 1)}, 2025),
        ({"modified_on": date(2026, 7, 27)}, 2026),
        ({"modified_on": date(2026, 7, 26)}, 2026),
        ({"modified_on": date(2026, 7, 25)}, 2025),
        ({"path": "instagram/anna/instagram-anna-2024-08-01-x1/reach.json"}, 2024),
        ({"path": "instagram/anna/a.zip", "member": "reach.json", "entry_on": date(2025, 8, 1)},
         2025),
    ],
)  # fmt: skip
def test_the_year_is_the_newest_the_day_of_export_allows(known, year):
    reading = period("reach", {"Impressions": "1"}, **known)
    assert reading.record.period_end == date(year, 7, 27)
    assert rows(reading, "account_period", "period_start") == [(date(year, 4, 29),)]


@pytest.mark.parametrize(
    ("span", "start", "end"),
    [
        ("Nov 8 - Feb 5", date(2025, 11, 8), date(2026, 2, 5)),
        ("Dec 2 - Feb 29", date(2023, 12, 2), date(2024, 2, 29)),
        ("6. Feb. \u2013 6. Mai", date(2026, 2, 6), date(2026, 5, 6)),
        ("Nov 8, 2024 - Feb 5, 2025", date(2024, 11, 8), date(2025, 2, 5)),
    ],
)
def test_a_range_can_go_over_new_year_and_end_on_a_leap_day(span, start, end):
    reading = period("reach", {"Date Range": span, "Impressions": "1"}, entry_on=date(2026, 7, 1))
    assert (reading.record.period_start, reading.record.period_end) == (start, end)


def test_a_period_whose_year_only_its_arrival_tells_is_refused():
    record = period("reach", {"Impressions": "1"}).record
    assert record.status == "refused"
    assert "its period has no year" in record.reason


@pytest.mark.parametrize("span", ["", "--", "lately", "Feb 30 - May 6", "Feb 6"])
def test_a_period_that_cannot_be_dated_is_quarantined(span):
    reading = period("reach", {"Date Range": span, "Impressions": "1"}, entry_on=date(2026, 7, 1))
    assert reading.tables == {}
    rules = {rule for _, _, rule, _ in broken(reading)}
    assert "period_start is missing" in rules


def test_a_rounded_figure_is_quarantined():
    reading = period("reach", {"Impressions": "10.6K"}, modified_on=date(2026, 7, 29))
    assert [line[1:] for line in broken(reading)] == [
        ("Impressions", "is not a whole number of at least 0", "10.6K")
    ]


def test_two_entries_are_refused_since_nothing_tells_them_apart():
    content = insights("reach", SPAN | {"Impressions": "1"}, SPAN | {"Impressions": "2"})
    (reading,) = read(source(ROOT + "reach.json", content))
    assert reading.record.status == "refused"
    assert "has 2 entries where one is expected" in reading.record.reason
