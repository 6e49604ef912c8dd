"""Target share: how much of an account's audience is inside the target of a brief."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce

import numpy as np
import polars as pl

from schemas.brief import Brief
from schemas.columns import BASES
from transforms.fit.audience.inside import SHARE_METHODS, Inside, both, either, everyone, inside
from transforms.fit.audience.matrix import PLURALS, AudienceMatrix, as_dates, unknown_because
from transforms.fit.audience.wanted import JOINT_DIMENSION, joint_segments, wanted
from transforms.fit.component import Component, Places
from transforms.fit.labels import Bools, flag_names, percent
from transforms.fit.panel import Panel

GEOGRAPHIES = ("country", "city", "language")
"""The first of these that a brief names says where the target is; the others narrow nothing."""

PEOPLE = ("age", "gender")


def target_share(brief: Brief, panel: Panel) -> Component:
    """Estimate the share of every account's audience inside a brief's target.

    Returns
    -------
    Component
        `value` and `raw` the share; `raw_lo` and `raw_hi` with all that is hidden outside and
        inside; `known` the share of the dimensions that narrow the target which are known.

    Notes
    -----
    Inside is any segment the brief names, whatever its weight. Countries narrow the target;
    without any, cities do; without either, languages: a city lies in a country and languages are
    estimated from countries, so that a second one would count the same people out twice. Age
    and gender are taken from the file's joint table where it has one (method `joint`); all else
    is multiplied (`independent`). Hidden age and gender are spread in proportion, a place that
    is not listed counts as outside. A dimension that is not known leaves the share as it is and
    takes the lower bound to 0. No export tells interests, so that a brief which asks for one
    has no lower bound. Where a file tells no total (`of_listed`) nothing says how much it hides,
    and the bounds are those of what it lists.
    """
    names = narrowing_dimensions(brief)
    found = reduce(both, _parts(brief, names, panel.audience), everyone(panel.n_accounts))
    value = np.where(found.is_known, np.clip(found.value, found.lo, found.hi), np.nan)
    basis = flag_names(found.basis, BASES)
    unknown = _unknown(names, panel.audience)
    return Component(
        name="target_share",
        value=value,
        raw=value,
        raw_lo=np.where(found.is_known, found.lo, np.nan),
        raw_hi=np.where(found.is_known, found.hi, np.nan),
        raw_unit="1",
        known=found.n_known / max(len(names), 1),
        basis=basis,
        method=flag_names(found.method, SHARE_METHODS),
        observed_on=as_dates(found.observed_on),
        unknown_because=unknown_because(unknown, panel.n_accounts),
        evidence=_evidence(found, basis, unknown),
    )


def narrowing_dimensions(brief: Brief) -> list[str]:
    """Give the dimensions that narrow a brief's target."""
    places = [name for name in GEOGRAPHIES if wanted(brief, name)][:1]
    return places + [name for name in (*PEOPLE, "interest") if wanted(brief, name)]


def _parts(brief: Brief, names: Sequence[str], audience: AudienceMatrix) -> Iterable[Inside]:
    apart = {name: inside(audience[name], wanted(brief, name)) for name in names}
    if _asks_for_both(names):
        together = inside(audience[JOINT_DIMENSION], joint_segments(brief))
        apart["age"] = either(together, both(apart["age"], apart.pop("gender")))
    return apart.values()


def _asks_for_both(names: Sequence[str]) -> bool:
    return set(PEOPLE) <= set(names)


def _unknown(names: Sequence[str], audience: AudienceMatrix) -> Mapping[str, Bools]:
    """Tell of each dimension which accounts do not know it, apart or together."""
    is_joint = audience[JOINT_DIMENSION].is_known & _asks_for_both(names)
    return {name: ~(audience[name].is_known | (is_joint & (name in PEOPLE))) for name in names}


def _evidence(
    found: Inside, basis: pl.Series, unknown: Mapping[str, Bools]
) -> Callable[[Places], pl.Series]:
    def words(place: int) -> str | None:
        if not found.is_known[place]:
            return None
        said = f"{percent(found.value[place])} of {basis[place].replace('+', ' and ')}"
        ends = [f"{100 * end[place]:.0f}" for end in (found.lo, found.hi)]
        if ends[0] != ends[1]:
            said += f" (between {ends[0]} and {ends[1]})"
        missing = (PLURALS[name] for name in unknown if unknown[name][place])
        return "; ".join([said, *(f"{plural} not known" for plural in missing)])

    return lambda places: pl.Series([words(int(place)) for place in places], dtype=pl.String)
