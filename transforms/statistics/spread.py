"""Order statistics of many groups at once."""

import numpy as np

from transforms.statistics.points import Floats, Integers, order_within


def quantile(values: Floats, offsets: Integers, share: float) -> Floats:
    """Interpolate one quantile per group, as `numpy.quantile` does; NaN for an empty group."""
    return _quantile_of_sorted(values[order_within(values, offsets)], offsets, share)


def interquartile_range(values: Floats, offsets: Integers) -> Floats:
    """Give the distance between the quartiles of each group."""
    ordered = values[order_within(values, offsets)]
    high = _quantile_of_sorted(ordered, offsets, 0.75)
    return high - _quantile_of_sorted(ordered, offsets, 0.25)


def median_absolute_deviation(values: Floats, offsets: Integers) -> Floats:
    """Give the median distance from the median of each group, without a scale factor."""
    centre = np.repeat(quantile(values, offsets, 0.5), np.diff(offsets))
    return quantile(np.abs(values - centre), offsets, 0.5)


def top_share(values: Floats, offsets: Integers, share: float) -> Floats:
    """Give the part of each group's sum that its largest values have; NaN where the sum is 0.

    The largest are `share` of the group's values, rounded up.
    """
    ordered = values[order_within(values, offsets)]
    total = np.concatenate([[0.0], np.cumsum(ordered)])
    sizes = np.diff(offsets)
    tops = np.ceil(sizes * share - 1e-9).astype(np.int64)
    whole = total[offsets[1:]] - total[offsets[:-1]]
    largest = total[offsets[1:]] - total[offsets[1:] - tops]
    result = np.full(len(sizes), np.nan)
    np.divide(largest, whole, out=result, where=whole > 0)
    return np.clip(result, 0.0, 1.0)


def _quantile_of_sorted(ordered: Floats, offsets: Integers, share: float) -> Floats:
    sizes = np.diff(offsets)
    result = np.full(len(sizes), np.nan)
    filled = sizes > 0
    position = (sizes[filled] - 1) * share
    below = np.floor(position).astype(np.int64)
    above = np.minimum(below + 1, sizes[filled] - 1)
    first = offsets[:-1][filled]
    low, high = ordered[first + below], ordered[first + above]
    result[filled] = low + (high - low) * (position - below)
    return result
