from datetime import date

import pytest

from schemas.files import SourceFile
from transforms.deliveries.evidence import hints
from transforms.deliveries.evidence.hints import Observation, Period

ARRIVED = date(2026, 6, 30)


def file(path="youtube/anna/a.csv", **known):
    fields = {
        "file_id": "f",
        "content": b"",
        "sha256": "0",
        "size_bytes": 0,
        "arrived_on": ARRIVED,
    }
    return SourceFile(path=path, **(fields | known))


@pytest.mark.parametrize(
    ("name", "platform", "period"),
    [
        ("Innehåll 2026-01-01_2026-02-01 Anna.zip", "youtube", ("2026-01-01", "2026-01-31")),
        ("Content 2026-01-01_2026-02-01 Anna (2).zip", "youtube", ("2026-01-01", "2026-01-31")),
        ("Jan-14-2025_Apr-14-2025_1396269.csv", "facebook", ("2025-01-14", "2025-04-14")),
        ("Jan-14-2025_Apr-14-2025_1396269.csv", "youtube", None),
        ("Content 2026-02-01_2026-01-01 Anna.zip", "youtube", None),
        ("Content 2026-13-01_2026-14-01 Anna.zip", "youtube", None),
        ("Table data.csv", "youtube", None),
        (
            "account_analytics_content_2026-01-01_2026-01-31 (2).csv",
            "x",
            ("2026-01-01", "2026-01-31"),
        ),
        ("account_analytics_content_2026-01-31_2026-01-01.csv", "x", None),
        (
            "tweet_activity_metrics_anna_20161201_20170101_en.csv",
            "x",
            ("2016-12-01", "2016-12-31"),
        ),
        ("tweet_activity_metrics_anna_20161301_20170101_en.csv", "x", None),
        ("account_overview_analytics.csv", "x", None),
    ],
)
def test_a_period_stands_in_a_name_and_ends_as_its_platform_counts(name, platform, period):
    expected = Period(*(date.fromisoformat(day) for day in period)) if period else None
    assert hints.period_in_names([name], platform) == expected


def test_the_nearest_name_tells_the_period():
    names = ["Table data.csv", "Content 2026-01-01_2026-02-01 A", "Content 2025-01-01_2025-02-01 A"]
    assert hints.period_in_names(names, "youtube").start == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("name", "handle"),
    [
        ("Overview_2026-01-01_1777023477_Some.One.zip", "some.one"),
        ("Followers_anna (1).zip", "anna"),
        ("Content_anna_b.zip", "anna_b"),
        ("Content.csv", None),
        ("Content_final.csv", None),
    ],
)
def test_tiktok_writes_the_handle_into_the_names_of_its_zips(name, handle):
    assert hints.handle_in_names([name], "tiktok") == handle
    assert hints.handle_in_names([name], "youtube") is None


@pytest.mark.parametrize(
    ("name", "handle"),
    [
        ("tweet_activity_metrics_Some_One_20161201_20170101_en.csv", "some_one"),
        ("daily_tweet_activity_metrics_anna_20210801_20210901_pt (1).csv", "anna"),
        ("account_overview_analytics.csv", None),
        ("tweet_activity_metrics_20161201_20170101_en.csv", None),
    ],
)
def test_twitter_analytics_wrote_the_handle_into_its_names(name, handle):
    assert hints.handle_in_names([name], "x") == handle


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Overview_2026-01-01_1777023477_anna.zip", "2026-04-24"),
        ("temp_1777023477442.zip", "2026-04-24"),
        ("export 2026-05-03.csv", "2026-05-03"),
        ("export_20260503.csv", "2026-05-03"),
        ("Content 2026-01-01_2026-02-01 Anna.zip", None),
        ("2026-07-01.csv", None),
        ("2003-07-01.csv", None),
        ("Followers_user1577023477.zip", None),
        ("Mar-18-2025_Apr-14-2025_553302954456165.csv", None),
        ("may 2026.csv", None),
    ],
)
def test_a_day_in_a_name_is_a_whole_date_or_an_epoch_before_arrival(name, day):
    expected = date.fromisoformat(day) if day else None
    assert hints.day_in_names([name], ARRIVED) == expected


def test_every_rank_outdoes_the_ones_below_it():
    days = {
        "arrival": date(2026, 6, 30),
        "mtime": date(2026, 6, 29),
        "period_end": date(2026, 6, 28),
        "sibling": date(2026, 6, 27),
        "zip_entry": date(2026, 6, 26),
        "name": date(2026, 6, 25),
        "file": date(2026, 6, 24),
    }
    candidates = []
    for source, day in days.items():
        candidates.append(Observation(day, source))
        chosen = hints.choose_observation(candidates, None, ARRIVED)
        assert (chosen.day, chosen.source) == (day, source)
        assert chosen.is_exact == (source in ("sibling", "zip_entry", "name", "file"))


def test_a_day_before_the_newest_inside_is_impossible_and_one_after_arrival_is_cut():
    too_old, too_new = (
        Observation(date(2026, 1, 1), "name"),
        Observation(date(2026, 8, 1), "mtime"),
    )
    assert hints.choose_observation([too_old], date(2026, 1, 2), ARRIVED) == Observation(
        ARRIVED, "arrival"
    )
    assert hints.choose_observation([too_old, too_new], date(2026, 1, 2), ARRIVED) == (
        Observation(ARRIVED, "mtime")
    )


def test_a_file_lists_its_own_evidence_and_the_zip_epoch_is_none():
    zipped = file(
        "tiktok/anna/Overview_2026-01-01_1777023477_anna.zip",
        member="Overview.csv",
        platform="tiktok",
        handle="anna",
        entry_on=date(1980, 1, 1),
        modified_on=date(2026, 5, 1),
    )
    told = list(hints.own_observations(zipped, None, None))
    assert [observation.source for observation in told] == ["name", "mtime"]


def test_the_inbox_folders_are_no_evidence():
    inside = file("tiktok/2026-05-03/Overview.csv", platform="tiktok", handle="2026-05-03")
    assert list(hints.own_observations(inside, None, None)) == []


@pytest.mark.parametrize(
    "name",
    [
        "Content_2025-12-10_2025-12-16_AnnaBerg.xlsx",
        "AggregateAnalytics_Anna Berg_2025-12-10_2025-12-16.xlsx",
        "AggregateAnalytics_Anna Berg_2025-12-10_2025-12-16 (1).xlsx",
    ],
)
def test_both_generations_of_a_members_export_name_their_period(name):
    assert hints.period_in_names([name], "linkedin") == Period(
        date(2025, 12, 10), date(2025, 12, 16)
    )
    assert hints.period_in_names([name], "tiktok") is None
    assert hints.day_in_names([name], ARRIVED) is None


def test_a_linkedin_page_stands_in_the_name_of_its_exports():
    name = "Anna-Berg_content_1767225600000.xlsx"
    assert hints.page_in_names([name]) == "anna-berg"
    assert hints.day_in_names([name], ARRIVED) == date(2026, 1, 1)
    assert hints.page_in_names(["Content_2025-12-10_2025-12-16_AnnaBerg.xlsx"]) is None


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("creators -INSTAGRAM - -DEC 2022.csv", date(2022, 12, 31)),
        ("list feb_2024.csv", date(2024, 2, 29)),
        ("list june 2022 - june 2022.csv", date(2022, 6, 30)),
        ("list june 2022 - july 2022.csv", None),
        ("list 2022-09.csv", date(2022, 9, 30)),
        ("list 2022_09 of 2022-09.csv", date(2022, 9, 30)),
        ("list 2022-09-14.csv", None),
        ("list 2022-13.csv", None),
        ("list 2021-2022-09.csv", None),
        ("mayor 20221.csv", None),
        ("decor.csv", None),
    ],
)
def test_the_one_month_in_a_name_is_its_period(name, end):
    period = hints.month_in_names([name])
    assert (period.end if period else None) == end
