from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from transforms.engagement.adjustment import without_weekday_and_format
from transforms.engagement.settings import TrendSettings
from transforms.engagement.slopes import trends

SETTINGS = TrendSettings()
START = datetime(2024, 1, 1, 12, tzinfo=UTC)


def posts(values: list[float], days: list[int], formats: list[str | None], segment=0):
    frame = pl.DataFrame(
        {
            "group": 0,
            "segment": segment,
            "series": "post",
            "at": [START + timedelta(days=d) for d in days],
            "format": formats,
            "value": values,
        },
        schema_overrides={"format": pl.String},
    )
    return without_weekday_and_format(frame, SETTINGS)


def test_a_weekday_pattern_is_taken_out():
    days = list(range(28))
    made = posts([10.0 if d % 7 < 5 else 40.0 for d in days], days, [None] * 28)
    assert made["is_weekday_adjusted"].all()
    assert made["adjusted"].to_list() == pytest.approx([0.0] * 28)
    assert made["absorbed"].sum() == pytest.approx(6)
    assert not made["is_format_adjusted"].any()


def test_one_weekday_with_three_posts_keeps_them_all():
    days = list(range(27))
    made = posts([1.0 + d for d in days], days, [None] * 27)
    assert not made["is_weekday_adjusted"].any()
    assert made["absorbed"].sum() == 0
    assert made["adjusted"].to_list() == made["log_value"].to_list()


def test_format_medians_are_taken_out():
    days = [7 * k for k in range(10)]
    formats = ["reel", "image"] * 5
    values = [8.0 if each == "reel" else 2.0 for each in formats]
    made = posts(values, days, formats)
    assert made["is_format_adjusted"].all()
    assert not made["is_weekday_adjusted"].any()
    assert made["adjusted"].to_list() == pytest.approx([0.0] * 10)


def test_a_rare_format_keeps_them_all():
    days = [7 * k for k in range(10)]
    made = posts([1.0] * 9 + [5.0], days, ["reel"] * 9 + ["story"])
    assert not made["is_format_adjusted"].any()


def test_posts_of_unknown_format_are_a_cell_of_their_own():
    days = [7 * k for k in range(10)]
    made = posts([2.0, 8.0] * 5, days, ["reel", None] * 5)
    assert made["is_format_adjusted"].all()
    assert made["adjusted"].to_list() == pytest.approx([0.0] * 10)


def test_cells_are_counted_within_a_segment():
    days = [7 * k for k in range(12)]
    formats = (["reel"] * 4 + ["image"] * 2) * 2
    made = posts([1.0] * 12, days, formats, segment=[0] * 6 + [1] * 6)
    assert not made["is_format_adjusted"].any()


def test_one_format_and_one_weekday_leave_nothing_to_adjust():
    rng = np.random.default_rng(1)
    made = posts(list(rng.uniform(1, 2, 20)), [7 * k for k in range(20)], ["reel"] * 20)
    assert not made["is_format_adjusted"].any()
    assert not made["is_weekday_adjusted"].any()
    assert made["adjusted"].to_list() == made["log_value"].to_list()


def test_a_trend_is_not_taken_for_a_weekday_or_a_format():
    random = np.random.default_rng(5)
    days = list(range(70))
    formats = [("reel", "image")[d % 2] for d in days]
    weekday = [0.3 if d % 7 > 4 else 0.0 for d in days]
    noise = random.normal(0, 0.05, 70)
    truth = -0.0144
    logs = [truth * d + weekday[d] + noise[d] for d in days]
    made = posts([float(np.exp(each)) for each in logs], days, formats)
    assert made["is_weekday_adjusted"].all()
    assert made["is_format_adjusted"].all()
    adjusted = made.sort("at")["adjusted"].to_numpy()
    assert np.polyfit(days, adjusted, 1)[0] == pytest.approx(truth, rel=0.06)


def test_flat_daily_posts_freed_of_weekdays_are_called_a_trend_one_time_in_twenty():
    creators, days = 3000, 90
    random = np.random.default_rng(8)
    frame = pl.DataFrame(
        {
            "group": np.repeat(np.arange(creators), days),
            "segment": np.zeros(creators * days, dtype=np.int64),
            "series": "post",
            "at": [START + timedelta(days=d) for d in range(days)] * creators,
            "format": pl.Series([None] * creators * days, dtype=pl.String),
            "value": np.exp(random.normal(0, 0.5, creators * days)),
            "time_days": np.tile(np.arange(days, dtype=np.float64), creators),
        }
    )
    tested = trends(without_weekday_and_format(frame, SETTINGS), SETTINGS)
    assert tested["is_weekday_adjusted"].all()
    assert 0.038 < (tested["p_value"] < 0.05).mean() < 0.058
