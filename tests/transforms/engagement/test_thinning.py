"""An account of very many posts is tested on an even sample, and on all of them below that."""

import math
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from transforms.engagement.settings import TrendSettings
from transforms.engagement.slopes import trends
from transforms.engagement.thinning import thinned

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
SIZES = st.lists(st.integers(1, 30), min_size=1, max_size=4)


def groups_of(sizes: list[int]) -> pl.DataFrame:
    return pl.DataFrame(
        [(group, float(place)) for group, size in enumerate(sizes) for place in range(size)],
        schema=["group", "time_days"],
        orient="row",
    )


@given(SIZES, st.integers(1, 12), st.randoms())
def test_no_group_keeps_more_than_the_most_and_none_below_it_loses_a_point(sizes, most, luck):
    points = groups_of(sizes)
    shuffled = points.sample(fraction=1, shuffle=True, seed=luck.randrange(100))
    found = thinned(shuffled, most, ("time_days",))
    left = dict(found.group_by("group").len().iter_rows())
    for group, size in enumerate(sizes):
        assert left[group] == (size if size <= most else len(range(0, size, -(-size // most))))
        assert left[group] <= most
    assert found.sort("group", "time_days").equals(thinned(points, most, ("time_days",)))


def test_a_long_series_has_the_slope_it_was_made_with():
    luck = random.Random(7)
    points = pl.DataFrame(
        {
            "group": [0] * 3_000,
            "segment": [0] * 3_000,
            "time_days": [place * 0.03 for place in range(3_000)],
            "at": [BEGAN + timedelta(days=place * 0.03) for place in range(3_000)],
            "adjusted": [0.01 * place * 0.03 + luck.gauss(0, 0.1) for place in range(3_000)],
            "absorbed": [0.0] * 3_000,
            "is_weekday_adjusted": [False] * 3_000,
            "is_format_adjusted": [False] * 3_000,
        }
    )
    settings = TrendSettings()
    (whole,) = trends(points, settings).to_dicts()
    (sampled,) = trends(points, replace(settings, max_tested_points=300)).to_dicts()
    assert math.isclose(whole["slope"], 0.01, rel_tol=0.05)
    assert math.isclose(sampled["slope"], whole["slope"], rel_tol=0.1)
    assert sampled["slope_lo"] < whole["slope_lo"] < whole["slope_hi"] < sampled["slope_hi"]
