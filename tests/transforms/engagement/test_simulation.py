"""The trend on simulated creators: what is flat, what falls, and what only looks like it."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from tests.transforms.engagement.made_up import SETTINGS
from tests.transforms.engagement.simulated import AS_OF, World, share_of
from transforms.reference.definitions import metric_definition

NOMINAL = 0.025
AT_MOST = 0.055
"""Above the 99.9 % quantile of a binomial with 300 draws of 2.5 %."""
UNAWARE = replace(
    SETTINGS,
    maturation=tuple(
        replace(each, half_life_days=1e-6, target_age_days=1) for each in SETTINGS.maturation
    ),
)
"""Takes a counter at any age for the final one."""


def test_flat_creators_with_young_posts_are_called_falling_no_more_than_nominally():
    panel = World().panel()
    assert share_of(panel, "falling", "views", 90) <= AT_MOST
    assert share_of(panel, "rising", "views", 90) <= AT_MOST


def test_without_maturation_far_more_of_them_would_be():
    panel = World().panel()
    assert share_of(panel, "falling", "views", 90, settings=UNAWARE) > 0.25


def test_weekly_exports_around_the_target_age_give_no_false_fall():
    panel = World(seen_every_days=7, seed=2).panel()
    assert share_of(panel, "falling", "views", 90) <= AT_MOST
    assert share_of(panel, "rising", "views", 90) <= AT_MOST


def test_a_break_does_not_fool_the_segmented_test():
    world = World(
        days=240,
        posts_per_week=2,
        break_on=date(2025, 3, 31),
        duration_s=30.0,
        log_noise=0.3,
        seed=3,
    )
    unaware = metric_definition().filter(pl.col("definition_id") != "youtube-shorts-views-2")
    assert share_of(world.panel(), "falling", "engagement_rate", 180) <= AT_MOST
    assert share_of(world.panel(), "rising", "views", 180) <= AT_MOST
    assert share_of(world.panel(unaware), "falling", "engagement_rate", 180) > 0.2
    assert share_of(world.panel(unaware), "rising", "views", 180) > 0.2


@pytest.mark.parametrize("measure", ["engagement_rate", "views"])
def test_a_fall_by_half_over_90_days_is_found_with_enough_posts(measure):
    slope = np.log(0.5) / 90
    world = World(
        creators=150,
        posts_per_week=7,
        log_noise=0.35,
        log_rate_per_day=slope,
        log_views_per_day=slope,
        seed=4,
    )
    assert share_of(world.panel(), "falling", measure, 90) > 0.95


def test_the_slope_of_a_fall_is_estimated_without_bias():
    slope = np.log(0.5) / 90
    panel = World(creators=1000, log_views_per_day=slope, log_rate_per_day=slope, seed=5).panel()
    made = panel.trend(AS_OF).filter(measure="views", series="post", window_days=90)
    true_change = 0.5 ** (30 / 90) - 1
    assert made["slope_share_per_30d"].median() == pytest.approx(true_change, abs=0.01)
    covered = pl.lit(true_change).is_between("slope_share_per_30d_lo", "slope_share_per_30d_hi")
    assert 0.91 < made.select(covered.mean()).item() < 0.985
