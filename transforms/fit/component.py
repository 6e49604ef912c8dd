"""One component of the fit over a panel of accounts: numbers first, words when asked."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

Floats = np.ndarray[tuple[int], np.dtype[np.float64]]
Places = np.ndarray[tuple[int], np.dtype[np.intp]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Component:
    """What one component says of every account of a panel, in the panel's order.

    Attributes
    ----------
    value
        0..1; NaN where it is not known.
    raw, raw_lo, raw_hi
        The figure behind it and its bounds, in `raw_unit`; NaN where there is none.
    known
        Share of what it needs that was known, 0..1; 0 where the value is NaN.
    n
        Observations it rests on; NaN where that means nothing.
    basis, method, observed_on
        Series of String, String and Date, null where they mean nothing; null for none at all.
    unknown_because
        String series: why the value is NaN, or part of what it needs is not known; else null.
    evidence
        Words for the accounts at these places of the panel; computed for those shown.
    part_of
        Component that it explains; null for one that enters the score.
    """

    name: str
    value: Floats
    raw: Floats
    raw_unit: str
    known: Floats
    unknown_because: pl.Series
    raw_lo: Floats | None = None
    raw_hi: Floats | None = None
    n: Floats | None = None
    basis: pl.Series | None = None
    method: pl.Series | None = None
    observed_on: pl.Series | None = None
    evidence: Callable[[Places], pl.Series] | None = None
    part_of: str | None = None
