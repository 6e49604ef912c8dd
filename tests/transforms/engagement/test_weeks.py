from datetime import date, timedelta

import polars as pl
import pytest

from tests.transforms.engagement.made_up import AS_OF, Panel, ago, day, one

FIGURES = {"views": 1000, "likes_net": 40, "comments_net": 5, "shares_net": 5}
MONDAY = date(2024, 6, 17)


def week(first_day: date = MONDAY, days: int = 7, **figures) -> list[dict]:
    return [day(first_day + timedelta(days=n), **(FIGURES | figures)) for n in range(days)]


def points(days: list[dict], **columns) -> pl.DataFrame:
    return Panel(days=days, **columns).points()


def rate(days: list[dict], **columns) -> dict:
    return one(points(days, **columns), measure="engagement_rate", point_id="2024-W25")


def views(days: list[dict], **columns) -> dict:
    return one(points(days, **columns), measure="views", point_id="2024-W25")


def test_a_week_is_its_engagements_over_its_views():
    made = rate(week())
    assert made["value"] == pytest.approx(0.05)
    assert made["er_basis"] == "views"
    assert made["engagements_parts"] == "likes+comments+shares"
    assert (made["starts_on"], made["ends_on"]) == (MONDAY, MONDAY + timedelta(days=6))


def test_views_are_the_mean_of_the_reported_days_times_seven():
    rows = week(days=5) + week(MONDAY + timedelta(days=5), days=2, views=None)
    assert views(rows)["value"] == pytest.approx(7000)
    assert views(week(days=4))["value"] == pytest.approx(7000)


def test_three_reported_days_are_no_week():
    assert rate(week(days=3))["excluded"] == "days"
    assert views(week(days=3))["excluded"] == "days"
    assert rate(week(days=4))["excluded"] is None


def test_a_day_that_reports_no_likes_is_no_reported_day_of_the_rate():
    others = week(MONDAY - timedelta(days=84), days=84)
    rows = others + week(days=3) + week(MONDAY + timedelta(days=3), days=4, likes_net=None)
    assert rate(rows)["excluded"] == "days"
    assert views(rows)["excluded"] is None


def test_a_week_under_the_floor_has_no_rate_but_views():
    rows = week(views=10)
    assert rate(rows)["excluded"] == "floor"
    assert views(rows)["value"] == pytest.approx(70)


def test_a_week_without_views_has_no_rate():
    assert rate(week(views=0))["excluded"] == "zero_basis"
    assert views(week(views=0))["value"] == 0.5


def test_net_engagements_below_zero_count_as_half_a_one():
    made = rate(week(likes_net=-40))
    assert made["value"] == pytest.approx(0.5 / 7000)
    assert made["quantity"] == 0


def test_weeks_that_the_window_or_the_day_cuts_are_left():
    first = ago(364)
    days = [day(first + timedelta(days=n), **FIGURES) for n in range(365 + 20)]
    weeks = points(days)
    assert weeks["starts_on"].min() >= first
    assert weeks["ends_on"].max() == AS_OF
    assert weeks["starts_on"].dt.weekday().unique().to_list() == [1]
    assert points(days[:-20] + week(AS_OF, days=7))["ends_on"].max() <= AS_OF


def test_a_week_that_starts_with_the_longest_window_is_in_it():
    as_of = AS_OF + timedelta(days=1)
    first = as_of - timedelta(days=364)
    assert first.weekday() == 0
    made = Panel(days=week(first)).points(as_of)
    assert made["starts_on"].unique().to_list() == [first]
    assert Panel(days=week(first - timedelta(days=7))).points(as_of).height == 0


def test_a_day_without_the_basis_leaves_its_engagements_out():
    rows = week(MONDAY - timedelta(days=84), days=84) + week(days=5)
    rows += week(MONDAY + timedelta(days=5), days=2, views=None)
    assert rate(rows)["value"] == pytest.approx(0.05)
    assert rate(rows)["basis_quantity"] == 5000


def test_counts_that_nothing_is_taken_off_are_parts_as_well():
    gross = {"likes": 30, "comments": 4, "shares": 1, "reposts": 5, "saves": 10}
    net = dict.fromkeys(FIGURES)
    days = [row | {"platform": "x"} for row in week(impressions=1000, **(net | gross))]
    made = rate(days)
    assert (made["er_basis"], made["value"]) == ("impressions", pytest.approx(0.05))
    assert made["engagements_parts"] == "likes+comments+shares+reposts+saves"


def test_a_week_that_reports_only_followers_is_no_week():
    rows = week() + [day(MONDAY + timedelta(days=-7 + n), followers=10) for n in range(7)]
    assert points(rows)["point_id"].unique().to_list() == ["2024-W25"]


def test_a_day_without_figures_of_a_rate_leaves_it_unreported():
    rows = week(likes_net=None, comments_net=None, shares_net=None)
    assert rate(rows)["excluded"] == "parts"
    assert rate(rows)["engagements_parts"] is None
    assert views(rows)["excluded"] is None


@pytest.mark.parametrize(("offset", "reason"), [(0, None), (3, "break"), (6, "break"), (7, None)])
def test_a_week_within_which_the_definition_changes_is_no_point(offset, reason):
    definitions = Panel().definitions
    changed = definitions.filter(definition_id="tiktok-views-1").with_columns(
        definition_id=pl.lit("tiktok-views-2"),
        valid_from=pl.lit(MONDAY + timedelta(days=offset)),
        comparable_with_previous=pl.lit(False),
    )
    made = rate(week(), definitions=pl.concat([definitions, changed]))
    assert made["excluded"] == reason
