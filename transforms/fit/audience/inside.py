"""The share of every audience inside part of a target, and how such shares combine."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

import numpy as np

from transforms.fit.audience.matrix import LAST_DAY, OF_LISTED, AudienceDimension, Days
from transforms.fit.audience.spoken import FROM_COUNTRIES
from transforms.fit.audience.wanted import JOINT_DIMENSION
from transforms.fit.component import Floats
from transforms.fit.labels import Bools, Flags, flag

JOINT, INDEPENDENT = "joint", "independent"
SHARE_METHODS = (JOINT, INDEPENDENT, FROM_COUNTRIES, OF_LISTED)

_SPREAD = ("age", "gender", JOINT_DIMENSION)
"""Dimensions whose hidden people are taken to be like the others; a hidden place is not."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Inside:
    """Share of each audience inside part of a target.

    Where it is not known the share is 1, between 0 and 1, which changes nothing that it is
    multiplied with but the lower bound.

    Attributes
    ----------
    value, lo, hi
        0..1.
    n_known
        Dimensions known.
    basis, method
        Bits of schemas.columns.BASES and of SHARE_METHODS.
    observed_on
        The oldest of the dimensions known, as in `AudienceDimension`.
    """

    value: Floats
    lo: Floats
    hi: Floats
    n_known: Floats
    basis: Flags
    method: Flags
    observed_on: Days

    @property
    def is_known(self) -> Bools:
        """Tell of which accounts any dimension is known."""
        return self.n_known > 0


def everyone(n: int) -> Inside:
    """Put everyone inside the target, before anything narrows it."""
    return Inside(
        value=np.ones(n),
        lo=np.ones(n),
        hi=np.ones(n),
        n_known=np.zeros(n),
        basis=np.zeros(n, np.uint8),
        method=np.zeros(n, np.uint8),
        observed_on=np.full(n, LAST_DAY, np.int32),
    )


def inside(dimension: AudienceDimension, segments: Iterable[str]) -> Inside:
    """Add up the shares in some segments of one dimension."""
    is_known, is_joint = dimension.is_known, dimension.name == JOINT_DIMENSION
    listed = np.where(is_known & (dimension.name in _SPREAD), dimension.listed, 1.0)
    lo = np.minimum(dimension.inside(segments), 1.0)
    methods = {JOINT: is_known & is_joint} | {
        name: dimension.has(name) for name in (FROM_COUNTRIES, OF_LISTED)
    }
    return Inside(
        value=np.where(is_known, np.minimum(lo / listed, 1.0), 1.0),
        lo=lo,
        hi=np.where(is_known, np.minimum(lo + dimension.hidden, 1.0), 1.0),
        n_known=np.where(is_known, 2.0 if is_joint else 1.0, 0.0),
        basis=dimension.basis * is_known,
        method=_flags(methods) * is_known,
        observed_on=np.where(is_known, dimension.observed_on, np.int32(LAST_DAY)),
    )


def both(one: Inside, other: Inside) -> Inside:
    """Take two parts of a target for independent."""
    is_several = (one.n_known > 0) & (other.n_known > 0)
    return Inside(
        value=one.value * other.value,
        lo=one.lo * other.lo,
        hi=one.hi * other.hi,
        n_known=one.n_known + other.n_known,
        basis=one.basis | other.basis,
        method=one.method | other.method | _flags({INDEPENDENT: is_several}),
        observed_on=np.minimum(one.observed_on, other.observed_on),
    )


def either(preferred: Inside, other: Inside) -> Inside:
    """Take the preferred share where it is known, else the other."""
    pairs = ((f.name, getattr(preferred, f.name), getattr(other, f.name)) for f in fields(Inside))
    return Inside(**{name: np.where(preferred.is_known, one, two) for name, one, two in pairs})


def _flags(methods: dict[str, Bools]) -> Flags:
    bits = [np.uint8(flag(SHARE_METHODS, name)) * holds for name, holds in methods.items()]
    return np.bitwise_or.reduce(bits)
