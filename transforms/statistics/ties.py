"""The variance of Kendall's score, with what ties take from it."""

from dataclasses import dataclass

import numpy as np

from transforms.statistics.points import Floats, Integers, Points, order_within


@dataclass(frozen=True)
class ScoreVariance:
    """Variance of the Kendall score of each (group, segment) unit.

    Attributes
    ----------
    sen
        Equation 2.6 of Sen (1968), the one `scipy.stats.theilslopes` bounds its interval with.
    kendall
        Kendall (1975), exact under permutation also where both coordinates have ties.
    pairs
        Pairs of points that differ in time.
    """

    sen: Floats
    kendall: Floats
    pairs: Integers


def score_variance(points: Points) -> ScoreVariance:
    """Compute the variance of each unit's score from its ties.

    Notes
    -----
    Sen, P.K. (1968), J. Am. Stat. Assoc. 63, 1379-1389; Kendall, M.G. (1975), Rank Correlation
    Methods, chapter 4. Without ties in time the two are equal, and equal to Mann-Kendall's.
    """
    units = len(points.unit_offsets) - 1
    n = np.diff(points.unit_offsets).astype(float)
    by_time = _tie_sums(points.unit, points.time, units)
    order = order_within(points.value, points.unit_offsets)
    by_value = _tie_sums(points.unit, points.value[order], units)
    whole = n * (n - 1) * (2 * n + 5)
    sen = (whole - by_time[2] - by_value[2]) / 18
    twos, threes = n * (n - 1), n * (n - 1) * (n - 2)
    both = np.divide(by_time[0] * by_value[0], 2 * twos, out=np.zeros(units), where=twos > 0)
    both += np.divide(by_time[1] * by_value[1], 9 * threes, out=np.zeros(units), where=threes > 0)
    pairs = ((twos - by_time[0]) / 2).astype(np.int64)
    return ScoreVariance(sen=sen, kendall=sen + both, pairs=pairs)


def runs(unit: Integers, ordered: Floats) -> Integers:
    """Count off the runs of equal values within a unit, over values sorted by unit."""
    if not len(ordered):
        return np.zeros(0, np.int64)
    starts = (np.diff(unit) != 0) | (np.diff(ordered) != 0)
    return np.concatenate([[0], np.cumsum(starts)])


def _tie_sums(unit: Integers, ordered: Floats, units: int) -> tuple[Floats, Floats, Floats]:
    """Sum t(t-1), t(t-1)(t-2) and t(t-1)(2t+5) over the ties of each unit."""
    run = runs(unit, ordered)
    size = np.bincount(run).astype(float)
    owner = np.zeros(len(size), np.int64)
    owner[run] = unit
    twos = size * (size - 1)
    return (
        np.bincount(owner, twos, units).astype(np.float64),
        np.bincount(owner, twos * (size - 2), units).astype(np.float64),
        np.bincount(owner, twos * (2 * size + 5), units).astype(np.float64),
    )
