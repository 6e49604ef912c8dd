"""False alarms and power of the trend over thousands of simulated creators.

Bounds are 99.9 % binomial quantiles of the nominal rate.
"""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest
from scipy.stats import binom

from tests.transforms.engagement.simulated import AS_OF, World

CREATORS = 4000
NOMINAL = 0.025


def upper_bound(rate: float = NOMINAL, creators: int = CREATORS) -> float:
    return binom.ppf(0.999, creators, rate) / creators


def verdicts(made: pl.DataFrame, window_days: int) -> dict[str, float]:
    some = made.filter(measure="views", series="post", window_days=window_days)
    return dict(some["class"].value_counts(normalize=True).rows())


FLAT = World(creators=CREATORS, seed=11)
WORLDS = {
    "young videos": FLAT,
    "weekly exports": replace(FLAT, seen_every_days=7),
    "daily posts, weekdays adjusted": replace(FLAT, posts_per_week=7, creators=2000),
    "few posts": replace(FLAT, posts_per_week=1.2),
    "noisy posts": replace(FLAT, log_noise=1.2),
    "instagram": replace(FLAT, platform="instagram"),
    "shorts around the break": replace(
        FLAT, days=240, break_on=date(2025, 3, 31), duration_s=30.0, creators=2000
    ),
}


@pytest.mark.parametrize("name", WORLDS)
def test_flat_creators_are_called_moving_no_more_than_nominally(name):
    world = WORLDS[name]
    made = world.panel().trend(AS_OF)
    for window_days in (28, 90, 180):
        found = verdicts(made, window_days)
        for verdict in ("falling", "rising"):
            bound = upper_bound(creators=world.creators)
            assert found.get(verdict, 0.0) <= bound, (window_days, found)


def test_a_small_fall_in_few_posts_is_left_undecided():
    world = replace(FLAT, log_views_per_day=np.log(0.7) / 90, log_noise=0.5)
    found = verdicts(world.panel().trend(AS_OF), 90)
    assert found["insufficient_evidence"] > 0.6
    assert found.get("rising", 0.0) < 0.005


@pytest.mark.parametrize("posts_per_week", [3, 7])
def test_the_interval_covers_the_true_change(posts_per_week):
    slope = np.log(0.5) / 90
    world = replace(FLAT, log_views_per_day=slope, posts_per_week=posts_per_week, creators=2000)
    made = world.panel().trend(AS_OF).filter(measure="views", series="post", window_days=90)
    truth = pl.lit(np.exp(30 * slope) - 1)
    covered = truth.is_between("slope_share_per_30d_lo", "slope_share_per_30d_hi").mean()
    assert 0.93 < made.select(covered).item() < 0.975


def test_false_discoveries_stay_below_the_rate_among_what_q_keeps():
    flat = replace(FLAT, creators=1500)
    falling = replace(FLAT, creators=500, log_views_per_day=np.log(0.4) / 90, posts_per_week=7)
    tables = [world.panel() for world in (flat, falling)]
    prefixed = [
        (
            table.post.with_columns(
                pl.format("{}-{}", pl.lit(n), "account_id").alias("account_id"),
                pl.format("{}-{}", pl.lit(n), "post_id").alias("post_id"),
            ),
            table.post_observation.with_columns(
                pl.format("{}-{}", pl.lit(n), "post_id").alias("post_id")
            ),
        )
        for n, table in enumerate(tables)
    ]
    panel = type(tables[0])(
        pl.concat([posts for posts, _ in prefixed]), pl.concat([rows for _, rows in prefixed])
    )
    made = panel.trend(AS_OF).filter(measure="views", series="post", window_days=90)
    kept = made.filter(pl.col("q_value") < 0.05)
    false = kept.filter(pl.col("account_id").str.starts_with("0-")).height
    assert kept.height > 300
    assert false / kept.height < 0.08
