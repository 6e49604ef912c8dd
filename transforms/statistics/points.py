"""Many small time series side by side in flat arrays, and how to walk over them in batches."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

PAIRS_PER_BATCH = 2_000_000
"""Pairs held at once, 16 MB of slopes; a single larger group is a batch of its own."""


@dataclass(frozen=True)
class Points:
    """Points of many groups, sorted by (group, segment, time, value).

    Attributes
    ----------
    offsets
        Group g owns the points offsets[g]..offsets[g + 1]; one entry more than groups.
    time, value
        Finite coordinates; time in any unit, the slopes are per that unit.
    segment
        Points of one group are only ever compared within one segment.

    Raises
    ------
    ValueError
        Lengths disagree, a coordinate is not finite, or the points are not sorted.
    """

    offsets: Integers
    time: Floats
    value: Floats
    segment: Integers

    def __post_init__(self) -> None:
        """Hold the arrays to the order the kernels lean on."""
        n = len(self.time)
        if len(self.value) != n or len(self.segment) != n:
            raise ValueError("time, value and segment differ in length")
        if self.offsets[0] != 0 or self.offsets[-1] != n or (np.diff(self.offsets) < 0).any():
            raise ValueError(f"offsets do not run from 0 to the {n} points")
        if not (np.isfinite(self.time).all() and np.isfinite(self.value).all()):
            raise ValueError("time and value must be finite; leave out what is not reported")
        if not self._is_sorted():
            raise ValueError("points are not sorted by group, segment, time, value")

    def _is_sorted(self) -> bool:
        group, segment, time, value = self.group, self.segment, self.time, self.value
        same_group = group[1:] == group[:-1]
        same_segment = same_group & (segment[1:] == segment[:-1])
        falls = same_group & (segment[1:] < segment[:-1])
        falls |= same_segment & (time[1:] < time[:-1])
        falls |= same_segment & (time[1:] == time[:-1]) & (value[1:] < value[:-1])
        return not falls.any()

    @property
    def groups(self) -> int:
        """Count the groups, empty ones included."""
        return len(self.offsets) - 1

    @cached_property
    def sizes(self) -> Integers:
        """Count the points of each group."""
        return np.diff(self.offsets)

    @cached_property
    def group(self) -> Integers:
        """Give the group of each point."""
        return np.repeat(np.arange(self.groups), self.sizes)

    @cached_property
    def unit(self) -> Integers:
        """Number the (group, segment) of each point from 0, in order."""
        if not len(self.time):
            return np.zeros(0, np.int64)
        starts = (np.diff(self.group) != 0) | (np.diff(self.segment) != 0)
        return np.concatenate([[0], np.cumsum(starts)])

    @cached_property
    def unit_offsets(self) -> Integers:
        """Bound the (group, segment) units in the points."""
        return np.concatenate([[0], np.cumsum(np.bincount(self.unit))]).astype(np.int64)

    @cached_property
    def unit_group(self) -> Integers:
        """Give the group of each (group, segment) unit."""
        return self.group[self.unit_offsets[:-1]]

    def by_group(self, of_units: NDArray[Any]) -> Floats:
        """Sum what each (group, segment) unit has over the units of its group."""
        return np.bincount(self.unit_group, of_units, self.groups).astype(np.float64)


def single_segment(offsets: Integers, time: Floats, value: Floats) -> Points:
    """Make points whose groups are not divided."""
    return Points(offsets, time, value, np.zeros(len(time), np.int64))


def batches(sizes: Integers, *, pairwise: bool = True) -> Iterator[tuple[Integers, int]]:
    """Divide groups into batches of near-equal size that fit in memory.

    Parameters
    ----------
    sizes
        Points of each group.
    pairwise
        Whether a group costs its pairs of points or only its points.

    Yields
    ------
    tuple
        Groups with two points or more, and the length their rows are padded to: at most a
        sixteenth above the smallest of them.
    """
    order = np.argsort(sizes, kind="stable")
    order = order[sizes[order] >= 2]
    ordered = sizes[order]
    first = 0
    while first < len(order):
        smallest = int(ordered[first])
        length = smallest + smallest // 16
        alike = int(np.searchsorted(ordered, length, side="right"))
        cost = length * (length - 1) // 2 if pairwise else length
        last = min(alike, first + max(1, PAIRS_PER_BATCH // cost))
        yield order[first:last], int(ordered[last - 1])
        first = last


def rows_of(offsets: Integers, groups: Integers, length: int) -> tuple[Integers, Flags]:
    """Lay groups out as rows of one length: the place of each point, and which are padding."""
    steps = np.arange(length)
    starts = offsets[groups][:, None]
    inside = steps < (offsets[groups + 1][:, None] - starts)
    return np.where(inside, starts + steps, starts), inside


def order_within(values: Floats, offsets: Integers) -> Integers:
    """Give the order that sorts the values of each group; equal values in any order."""
    order = np.arange(len(values))
    for groups, length in batches(np.diff(offsets), pairwise=False):
        place, inside = rows_of(offsets, groups, length)
        rank = np.argsort(np.where(inside, values[place], np.inf), axis=1)
        order[place[inside]] = (offsets[groups][:, None] + rank)[inside]
    return order
