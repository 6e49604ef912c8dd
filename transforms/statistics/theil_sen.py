"""Theil-Sen slopes of many groups at once."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from transforms.statistics.points import Floats, Integers, Points, batches, rows_of
from transforms.statistics.ties import score_variance


@dataclass(frozen=True)
class Slopes:
    """One slope per group, per unit of time.

    Attributes
    ----------
    slope, low, high
        Median of the pair slopes and its interval; NaN where no pair differs in time.
    score
        Mann-Kendall's S: rising pairs less falling pairs.
    pairs
        Pairs compared.
    """

    slope: Floats
    low: Floats
    high: Floats
    score: Integers
    pairs: Integers


def theil_sen(
    points: Points, *, variance: Floats | None = None, confidence: float = 0.95
) -> Slopes:
    """Take the median slope over the pairs of points of each group, within segments only.

    Parameters
    ----------
    points
        Any number of groups; memory is bounded by batches, not by their number.
    variance
        Of the score of each group; by default Sen's, summed over the group's segments. Give
        an inflated one to widen the interval where points are autocorrelated.
    confidence
        Of the two-sided interval.

    Notes
    -----
    Slope and interval are those of `scipy.stats.theilslopes`: Sen, P.K. (1968), J. Am. Stat.
    Assoc. 63, 1379-1389. Over segments the pair slopes are pooled and the variances summed,
    the seasonal Kendall slope with its confidence limits: Gilbert, R.O. (1987), Statistical
    Methods for Environmental Pollution Monitoring, sections 16.4 and 17.3-17.4.
    """
    if variance is None:
        variance = points.by_group(score_variance(points).sen)
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    reach: Floats = z * np.sqrt(np.where(variance >= 0, variance, np.nan))
    slope, low, high = (np.full(points.groups, np.nan) for _ in range(3))
    score, pairs = (np.zeros(points.groups, np.int64) for _ in range(2))
    for groups, length in batches(points.sizes):
        ordered = np.sort(_pair_slopes(points, groups, length), axis=1)
        count = (~np.isnan(ordered)).sum(axis=1)
        pairs[groups] = count
        score[groups] = (ordered > 0).sum(axis=1) - (ordered < 0).sum(axis=1)
        slope[groups] = (_pick(ordered, (count - 1) // 2) + _pick(ordered, count // 2)) / 2
        low[groups], high[groups] = _interval(ordered, count, reach[groups])
    return Slopes(slope, low, high, score, pairs)


def _pair_slopes(points: Points, groups: Integers, length: int) -> Floats:
    """Lay out the pair slopes of groups of similar size, one row each, NaN where none."""
    place, inside = rows_of(points.offsets, groups, length)
    time, segment = points.time[place], points.segment[place]
    value = np.where(inside, points.value[place], np.nan)
    is_divided = bool((segment != segment[:, :1]).any())
    slopes = np.empty((len(groups), length * (length - 1) // 2))
    filled = 0
    with np.errstate(divide="ignore", invalid="ignore"):
        for lag in range(1, length):
            run = slopes[:, filled : filled + length - lag]
            step = time[:, lag:] - time[:, :-lag]
            np.divide(value[:, lag:] - value[:, :-lag], step, out=run)
            if is_divided:
                run[segment[:, lag:] != segment[:, :-lag]] = np.nan
            if not step.all():
                run[step == 0] = np.nan
            filled += length - lag
    return slopes


def _pick(ordered: Floats, rank: Integers) -> Floats:
    """Take one order statistic per row; NaN where the row has none."""
    return ordered[np.arange(len(ordered)), np.clip(rank, 0, ordered.shape[1] - 1)]


def _interval(ordered: Floats, count: Integers, reach: Floats) -> tuple[Floats, Floats]:
    known = np.isfinite(reach) & (count > 0)
    reach = np.where(known, reach, 0.0)
    lower = np.maximum(np.round((count - reach) / 2).astype(np.int64) - 1, 0)
    upper = np.minimum(np.round((count + reach) / 2).astype(np.int64), count - 1)
    low, high = _pick(ordered, lower), _pick(ordered, upper)
    return np.where(known, low, np.nan), np.where(known, high, np.nan)
