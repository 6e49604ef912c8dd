"""Sums that are the same whatever the order of the rows."""

import math
from collections.abc import Iterable

import polars as pl

_UNIT = 1e15
"""Parts of one that shares are counted in; sums up to 9,000 fit."""


def exact_sum(share: pl.Expr) -> pl.Expr:
    """Sum shares of a group as whole numbers of 1e-15.

    Notes
    -----
    Floats that are added in another order differ in the last bits, and neither a sort within the
    aggregation nor one before it holds in polars' streaming group_by. Nulls count as nothing.
    """
    return (share * _UNIT).round().cast(pl.Int64).sum() / _UNIT


def exactly(figures: Iterable[float]) -> float:
    """Sum figures of at least 0 exactly; infinite where a float cannot hold the sum."""
    try:
        return math.fsum(figures)
    except OverflowError:
        return math.inf
