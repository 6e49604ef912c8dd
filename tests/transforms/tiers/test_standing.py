import math
from datetime import UTC, date, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from transforms.tiers.standing import (
    StandingSettings,
    _student_975,
    follower_trend,
    kernel_percentile,
    mature_views,
    percentiles,
)

AS_OF = date(2026, 6, 30)
SETTINGS = StandingSettings()


def trend(levels):
    """Days before AS_OF to followers."""
    frame = pl.LazyFrame(
        [(0, AS_OF - timedelta(ago), followers) for ago, followers in levels.items()],
        schema={"series": pl.UInt32, "day": pl.Date, "followers": pl.Int64},
        orient="row",
    )
    return follower_trend(frame, AS_OF, SETTINGS).collect()


def test_a_steady_rise_is_found_with_an_interval_around_it():
    levels = {
        ago: round(100_000 * math.exp(-0.002 * ago + 0.001 * (-1) ** ago)) for ago in range(90)
    }
    row = trend(levels).row(0, named=True)
    assert row["followers_trend_30d_share"] == pytest.approx(math.exp(0.06) - 1, abs=0.002)
    assert row["slope_lo"] < row["slope"] < row["slope_hi"]
    assert row["slope_lo"] > 0


def test_the_interval_is_that_of_a_random_walk_with_drift():
    walk = np.cumsum(np.random.default_rng(4).normal(0.01, 0.02, 13))
    levels = {7 * (12 - i): round(1e7 * math.exp(x)) for i, x in enumerate(walk)}
    steps = np.diff(np.log([levels[7 * (12 - i)] for i in range(13)])) / 7
    low, high = stats.t.interval(0.95, 11, loc=steps.mean(), scale=stats.sem(steps))
    row = trend(levels).row(0, named=True)
    assert row["slope"] == pytest.approx(steps.mean())
    assert row["slope_lo"] == pytest.approx(low, rel=2e-3)
    assert row["slope_hi"] == pytest.approx(high, rel=2e-3)


def test_too_few_weeks_or_levels_older_than_the_window_give_no_trend():
    assert trend({0: 100, 7: 101, 14: 99, 21: 98}).is_empty()
    assert trend({ago: 1000 - ago for ago in range(91, 200)}).is_empty()


@pytest.mark.parametrize("freedom", range(3, 60))
def test_the_quantile_agrees_with_scipy(freedom):
    value = pl.select(_student_975(pl.lit(float(freedom)))).item()
    assert value == pytest.approx(stats.t.ppf(0.975, freedom), rel=2e-3)


def views(posts, observations):
    post = pl.LazyFrame(
        [
            (
                platform,
                post_id,
                "a",
                catalogue,
                datetime.combine(AS_OF - timedelta(ago), datetime.min.time(), UTC),
            )
            for post_id, (platform, ago, catalogue) in posts.items()
        ],
        schema={
            "platform": pl.String,
            "post_id": pl.String,
            "account_id": pl.String,
            "catalogue": pl.String,
            "published_at": pl.Datetime("us", "UTC"),
        },
        orient="row",
    )
    observed = pl.LazyFrame(
        [
            (posts[post_id][0], post_id, AS_OF - timedelta(posts[post_id][1] - age), count)
            for post_id, age, count in observations
        ],
        schema={
            "platform": pl.String,
            "post_id": pl.String,
            "observed_on": pl.Date,
            "views": pl.Int64,
        },
        orient="row",
    )
    found = mature_views(post, observed, AS_OF, SETTINGS).collect()
    return found.select("median_views", "n_mature_posts", "views_catalogue").rows()


def test_views_count_from_the_target_age_on_and_nearest_to_it():
    posts = {"p": ("tiktok", 40, "complete"), "q": ("tiktok", 30, "complete")}
    seen = [("p", 6, 1), ("p", 8, 100), ("p", 30, 999), ("q", 7, 300), ("q", 9, None)]
    assert views(posts, seen) == [(200.0, 2, "complete")]


def test_posts_too_young_too_old_or_never_seen_mature_do_not_count():
    posts = {
        "young": ("tiktok", 6, "complete"),
        "old": ("tiktok", 366, "complete"),
        "unseen": ("tiktok", 50, "complete"),
        "young on youtube": ("youtube", 27, "complete"),
    }
    seen = [("young", 8, 5), ("old", 8, 5), ("unseen", 3, 5), ("young on youtube", 29, 5)]
    assert views(posts, seen) == []


def test_best_posts_count_only_where_there_is_no_catalogue():
    top = {"p": ("tiktok", 40, "top"), "q": ("tiktok", 30, "top")}
    seen = [("p", 8, 100), ("q", 7, 300)]
    assert views(top, seen) == [(200.0, 2, "top")]
    assert views(top | {"q": ("tiktok", 30, "complete")}, seen) == [(300.0, 1, "complete")]


POINTS = st.lists(st.tuples(st.floats(0, 3), st.integers(0, 5)), min_size=1, max_size=30)


@settings(max_examples=80, deadline=None)
@given(POINTS)
def test_the_kernel_percentile_agrees_with_all_pairs(points):
    place, value = (np.array(column, dtype=float) for column in zip(*points, strict=True))
    share, weight = kernel_percentile(place, value, 0.25)
    bins = np.floor(place / (0.25 / 8))
    apart = bins[:, None] - bins[None, :]
    kernel = np.where(abs(apart) <= 24, np.exp(-0.5 * (apart / 8) ** 2), 0)
    smaller = (value[None, :] < value[:, None]) + 0.5 * (value[None, :] == value[:, None])
    np.testing.assert_allclose(weight, kernel.sum(1))
    np.testing.assert_allclose(share, (kernel * smaller).sum(1) / kernel.sum(1))


def test_an_account_is_compared_with_those_near_it_on_its_platform():
    near = [("tiktok", 1000 + i, float(1000 * i)) for i in range(10)]
    far = [("tiktok", 900_000, 9e9), ("youtube", 1004, 9e9), ("tiktok", 1004, None)]
    frame = pl.LazyFrame(
        [*near, *far],
        schema={"platform": pl.String, "followers": pl.Int64, "median_views": pl.Float64},
        orient="row",
    )
    placed = percentiles(frame, SETTINGS).collect()
    share = placed["views_per_follower_percentile"]
    assert share[:10].to_list() == pytest.approx([0.05 + i / 10 for i in range(10)], abs=0.01)
    assert share[10:].to_list() == [None, None, None]
    assert placed["comparable_accounts"][0] == pytest.approx(10, abs=0.1)
    assert placed["comparable_accounts"][10:].to_list() == [1.0, 1.0, None]
    assert placed["followers_percentile"][10] == pytest.approx(11.5 / 12)
    assert placed["followers_percentile"][11] == 0.5
