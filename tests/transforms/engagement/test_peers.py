import numpy as np
import polars as pl
import pytest

from transforms.engagement.peers import above_tier_median, with_relative_slope
from transforms.engagement.settings import TrendSettings

SETTINGS = TrendSettings()


def groups(n: int, **columns) -> pl.DataFrame:
    base = {
        "group": range(n),
        "measure": "views",
        "series": "post",
        "window_days": 90,
        "platform": "youtube",
        "tier": "micro",
        "er_basis": None,
        "n_points": 20,
        "slope": [0.01 * k for k in range(n)],
        "level_median": [float(k) for k in range(n)],
    }
    return pl.DataFrame(base | columns, schema_overrides={"er_basis": pl.String})


def test_the_median_slope_of_the_peers_is_taken_off():
    made = with_relative_slope(groups(5), SETTINGS)
    expected = np.exp(30 * 0.01 * (np.arange(5) - 2)) - 1
    assert made["relative_slope_share_per_30d"].to_list() == pytest.approx(expected)
    assert made["n_peers"].to_list() == [5] * 5


def test_four_peers_are_too_few():
    made = with_relative_slope(groups(4), SETTINGS)
    assert made["relative_slope_share_per_30d"].null_count() == 4
    assert made["n_peers"].to_list() == [4] * 4


def test_accounts_without_a_slope_are_no_peers():
    slopes = [0.0, 0.01, 0.02, 0.03, None]
    made = with_relative_slope(groups(5, slope=slopes), SETTINGS)
    assert made["n_peers"].to_list() == [4] * 5


def test_other_tiers_and_unknown_ones_are_no_peers():
    tiers = ["micro"] * 5 + ["mega", None, None, None, None, None]
    made = with_relative_slope(groups(11, tier=tiers), SETTINGS)
    assert made["n_peers"].to_list() == [5] * 5 + [1] + [0] * 5
    assert made["relative_slope_share_per_30d"].null_count() == 6


def test_points_are_held_against_the_median_account():
    points = pl.DataFrame({"group": [0, 0, 4, 4], "value": [1.0, 2.5, 2.0, 9.0]})
    made = above_tier_median(groups(5), points, SETTINGS).sort("group")
    assert made["above_tier_median_share"].to_list() == [0.5, 0.5]


def test_rates_over_different_things_are_not_compared():
    bases = ["reach"] * 4 + ["followers"]
    made = above_tier_median(
        groups(5, er_basis=bases), pl.DataFrame({"group": [0], "value": [1.0]}), SETTINGS
    )
    assert made.height == 0


def test_accounts_with_few_points_do_not_set_the_median():
    counts = [20, 20, 20, 20, 7]
    made = above_tier_median(
        groups(5, n_points=counts), pl.DataFrame({"group": [0], "value": [1.0]}), SETTINGS
    )
    assert made.height == 0
