"""Tiers that do not flap: a pure fold over a series of levels."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl


@dataclass(frozen=True, kw_only=True)
class Hysteresis:
    """When an edge counts as crossed.

    Attributes
    ----------
    margin_share
        At once, this share beyond the edge.
    dwell_days, dwell_observations
        Otherwise after so many days past the edge, in which so many levels were told, the
        first one included.
    """

    margin_share: float = 0.05
    dwell_days: int = 14
    dwell_observations: int = 2

    def __post_init__(self) -> None:
        """Refuse a dwell that would end on the day it begins: that is no dwell."""
        if self.dwell_days < 1:
            raise ValueError(f"dwell_days {self.dwell_days} must be at least 1")


FOLDED = pl.Schema(
    {
        "series": pl.UInt32,
        "tier_index": pl.Int64,
        "previous_index": pl.Int64,
        "since": pl.Int32,
        "n_observations": pl.Int64,
    }
)


def fold_tiers(
    levels: pl.DataFrame, edges: Sequence[int], until: int, hysteresis: Hysteresis
) -> pl.DataFrame:
    """Walk every series of levels up to a day and say where it stands.

    Parameters
    ----------
    levels
        series (any number), day (days since 1970), level; grain (series, day).
    edges
        Greatest level of each tier but the last.
    until
        Last day that counts, days since 1970; a dwell that ends by then has crossed.

    Returns
    -------
    DataFrame
        Grain series: tier_index, previous_index (null where it never changed), since (day of
        the crossing, or the first), n_observations.

    Notes
    -----
    The state of a series is its tier and, while the level stands past an edge without
    having crossed, the day that began and the levels told since. Between levels nothing
    happens but the end of a dwell. A series that keeps to one side of every edge needs no
    walk. The others take their n-th step together, longest first, so that those still walking
    are a prefix: cost is the longest series times a few operations on arrays.
    """
    seen = levels.filter(pl.col("day") <= until)
    plain = pl.sum_horizontal(
        pl.lit(0, pl.Int64), *((pl.col("level") > edge).cast(pl.Int64) for edge in edges)
    )
    summary = (
        seen.lazy()
        .group_by("series")
        .agg(
            tier_index=plain.min(),
            previous_index=pl.lit(None, pl.Int64),
            is_still=plain.min() == plain.max(),
            since=pl.col("day").min(),
            n_observations=pl.len(),
        )
        .collect()
    )
    moving = seen.join(summary.filter(~pl.col("is_still")), on="series", how="semi")
    return pl.concat(
        [
            summary.filter("is_still").select(*FOLDED).cast(FOLDED),
            _walk(moving.sort("series", "day"), edges, until, hysteresis),
        ]
    )


def _walk(
    ordered: pl.DataFrame, edges: Sequence[int], until: int, hysteresis: Hysteresis
) -> pl.DataFrame:
    lengths = ordered.group_by("series", maintain_order=True).len()
    length = lengths["len"].to_numpy().astype(np.int64)
    start = np.cumsum(length) - length
    longest_first = np.argsort(-length, kind="stable")
    length, start = length[longest_first], start[longest_first]
    day = ordered["day"].to_numpy().astype(np.int64)
    level = ordered["level"].to_numpy().astype(np.float64)
    walk = _Walk(len(length), np.asarray(edges, dtype=np.float64), hysteresis)
    for step in range(int(length[0]) if len(length) else 0):
        walking = int(np.searchsorted(-length, -step, side="left"))
        at = start[:walking] + step
        walk.take(day[at], level[at], is_first=step == 0)
    walk.settle(np.full(len(length), until + 1, dtype=np.int64))
    return pl.DataFrame(
        {
            "series": lengths["series"].gather(longest_first),
            "tier_index": walk.tier,
            "previous_index": pl.Series(walk.previous).replace(-1, None),
            "since": walk.since,
            "n_observations": length,
        }
    ).cast(FOLDED)


class _Walk:
    """State of all series; `take` moves the first ones by one level, `settle` ends dwells."""

    def __init__(self, n: int, edges: np.ndarray, hysteresis: Hysteresis) -> None:
        self.rule = hysteresis
        self.edges = edges
        self.at_once_above = np.round(edges * (1 + hysteresis.margin_share), 6)
        self.at_once_below = np.round(edges * (1 - hysteresis.margin_share), 6)
        self.tier = np.zeros(n, dtype=np.int64)
        self.previous = np.full(n, -1, dtype=np.int64)
        self.since = np.zeros(n, dtype=np.int64)
        self.plain = np.zeros(n, dtype=np.int64)  # tier the level alone would give
        self.past_since = np.zeros(n, dtype=np.int64)
        self.past_count = np.zeros(n, dtype=np.int64)  # 0: not past an edge
        self.enough_on = np.zeros(n, dtype=np.int64)  # day of the level that made it enough

    def take(self, day: np.ndarray, level: np.ndarray, *, is_first: bool) -> None:
        """Apply one level to each of the first `len(day)` series."""
        n = len(day)
        plain = np.searchsorted(self.edges, level, side="left")
        if is_first:
            self.tier[:n], self.since[:n], self.plain[:n] = plain, day, plain
            return
        self.settle(day)
        before = self.tier[:n].copy()
        side = np.sign(self.plain[:n] - before)
        up = np.minimum(np.searchsorted(self.at_once_above, level, side="right"), plain)
        down = np.maximum(np.searchsorted(self.at_once_below, level, side="left"), plain)
        self._cross(np.minimum(np.maximum(before, up), down), day)
        self.plain[:n] = plain
        tier = self.tier[:n]
        is_past = plain != tier
        continues = is_past & (tier == before) & (np.sign(plain - tier) == side)
        count = np.where(is_past, np.where(continues, self.past_count[:n], 0) + 1, 0)
        self.past_since[:n] = np.where(continues, self.past_since[:n], day)
        is_enough = count == self.rule.dwell_observations
        self.enough_on[:n] = np.where(is_enough, day, self.enough_on[:n])
        self.past_count[:n] = count
        self.settle(day + 1)

    def settle(self, before: np.ndarray) -> None:
        """Cross where a dwell ended before the given day."""
        n = len(before)
        count = self.past_count[:n]
        due = np.maximum(self.past_since[:n] + self.rule.dwell_days, self.enough_on[:n])
        has_dwelt = (count > 0) & (count >= self.rule.dwell_observations) & (due < before)
        if has_dwelt.any():
            self._cross(np.where(has_dwelt, self.plain[:n], self.tier[:n]), due)
            count[has_dwelt] = 0

    def _cross(self, to: np.ndarray, day: np.ndarray) -> None:
        n = len(to)
        is_moved = to != self.tier[:n]
        self.previous[:n] = np.where(is_moved, self.tier[:n], self.previous[:n])
        self.since[:n] = np.where(is_moved, day, self.since[:n])
        self.tier[:n] = to
