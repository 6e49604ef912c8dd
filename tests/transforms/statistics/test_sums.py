import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.statistics.sums import exact_sum, exactly

SHARES = st.lists(st.floats(0, 1), max_size=200)


def summed(shares, engine="in-memory"):
    rows = pl.LazyFrame(
        {"key": ["a"] * len(shares), "share": shares}, schema_overrides={"share": pl.Float64}
    )
    found = rows.group_by("key").agg(exact_sum(pl.col("share"))).collect(engine=engine)
    return found["share"].to_list()


@given(SHARES, st.randoms())
def test_the_order_of_the_rows_changes_no_bit(shares, random):
    shuffled = random.sample(shares, len(shares))
    assert summed(shares) == summed(shuffled)
    assert summed(shares, "streaming") == summed(shuffled, "streaming")


@given(SHARES.filter(len))
def test_it_is_the_sum(shares):
    assert summed(shares) == [pytest.approx(sum(shares), abs=1e-13)]


def test_decimals_stay_the_decimals_they_are():
    assert summed([0.1, 0.2, 0.333]) == [0.633]


def test_a_sum_that_no_float_holds_is_infinite():
    assert exactly([1e308, 1e308]) == math.inf
    assert exactly([0.1] * 10) == 1.0
