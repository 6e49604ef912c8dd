from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from transforms.engagement.settings import TrendSettings
from transforms.engagement.slopes import change_per_30_days, trends, with_q

SETTINGS = TrendSettings()
START = datetime(2024, 1, 1, tzinfo=UTC)


def points(n: int, absorbed: float = 0.0, slope: float = 0.0, seed: int = 1) -> pl.DataFrame:
    value = slope * np.arange(n) + np.random.default_rng(seed).normal(size=n)
    return pl.DataFrame(
        {
            "group": pl.Series([5] * n, dtype=pl.UInt32),
            "segment": [0] * n,
            "at": [START + timedelta(days=k) for k in range(n)],
            "time_days": [float(k) for k in range(n)],
            "adjusted": value,
            "absorbed": [absorbed / n] * n,
            "is_weekday_adjusted": [absorbed > 0] * n,
            "is_format_adjusted": [False] * n,
        }
    )


def test_what_was_taken_out_weakens_the_evidence():
    plain = trends(points(28, slope=0.05), SETTINGS).row(0, named=True)
    freed = trends(points(28, absorbed=6, slope=0.05), SETTINGS).row(0, named=True)
    assert freed["slope"] == plain["slope"]
    assert freed["p_value"] > plain["p_value"]
    assert freed["slope_lo"] < plain["slope_lo"]


def test_the_extent_of_a_group_is_told_even_where_it_is_not_tested():
    made = trends(points(5), SETTINGS).row(0, named=True)
    assert made["group"] == 5
    assert (made["first_point_on"], made["last_point_on"]) == (
        START.date(),
        START.date() + timedelta(days=4),
    )
    assert made["span_days"] == 4
    assert made["slope"] is None


def test_a_slope_is_a_relative_change_per_30_days():
    frame = pl.DataFrame({"slope": [np.log(2) / 30, 0.0, -np.log(2) / 30, 1e9, None]})
    made = frame.select(change_per_30_days(pl.col("slope"))).to_series().to_list()
    assert made[:3] == pytest.approx([1.0, 0.0, -0.5])
    assert made[3] == pytest.approx(1e6)
    assert made[4] is None


def test_q_is_taken_over_measure_series_and_window():
    frame = pl.DataFrame(
        {
            "measure": ["views"] * 4,
            "series": ["post"] * 4,
            "window_days": [28, 28, 90, 90],
            "p_value": [0.01, 0.04, 0.04, None],
            "slope": [0.0] * 4,
            "slope_lo": [0.0] * 4,
            "slope_hi": [0.0] * 4,
        }
    )
    assert with_q(frame)["q_value"].to_list() == [
        pytest.approx(0.02),
        pytest.approx(0.04),
        pytest.approx(0.04),
        None,
    ]
