"""Audience match: how alike an account's audience and a brief's are."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from schemas.brief import Brief
from schemas.columns import BASES
from transforms.fit.audience.matrix import (
    LAST_DAY,
    METHODS,
    OF_LISTED,
    PLURALS,
    AudienceDimension,
    Days,
    as_dates,
    unknown_because,
)
from transforms.fit.audience.spoken import FROM_COUNTRIES
from transforms.fit.audience.wanted import wanted, wanted_dimensions
from transforms.fit.component import Component, Floats, Places
from transforms.fit.labels import flag_names, percent
from transforms.fit.panel import Panel

SHOWN_SEGMENTS = 4
"""Segments of the target that the evidence names."""

_CAVEATS = {FROM_COUNTRIES: "from countries", OF_LISTED: "of what is listed"}


def audience_match(brief: Brief, panel: Panel) -> tuple[Component, tuple[Component, ...]]:
    """Compare the audience of every account with the one a brief wants.

    Returns
    -------
    tuple
        The geometric mean of the dimensions known, `known` their share of those asked for, `raw`
        the mean before the plateau; and a part for each dimension asked for, `raw` its
        divergence in bits.

    Notes
    -----
    A zero in one dimension makes the match zero. At and above the plateau more match earns
    nothing, since fit has an inverted-U effect: Leung, Gu, Li, Zhang and Palmatier (2022),
    Influencer Marketing Effectiveness, Journal of Marketing 86(6).
    """
    names = wanted_dimensions(brief)
    parts = tuple(_part(wanted(brief, name), panel.audience[name]) for name in names)
    n_known = np.zeros(panel.n_accounts)
    matched = np.ones(panel.n_accounts)
    for part in parts:
        n_known += part.known
        matched *= np.where(part.known > 0, part.value, 1.0)
    match = np.where(n_known > 0, matched ** (1 / np.maximum(n_known, 1)), np.nan)
    told = [panel.audience[name] for name in names]
    return (
        Component(
            name="audience_match",
            value=match if brief.plateau is None else np.minimum(match / brief.plateau, 1.0),
            raw=match,
            raw_unit="1",
            known=n_known / max(len(parts), 1),
            basis=flag_names(_united([d.basis * d.is_known for d in told], panel), BASES),
            method=flag_names(_united([d.method * d.is_known for d in told], panel), METHODS),
            observed_on=as_dates(_oldest(told, panel)),
            unknown_because=unknown_because({d.name: ~d.is_known for d in told}, panel.n_accounts),
            evidence=lambda places: _evidence(parts, names, places),
        ),
        parts,
    )


def similarity(dimension: AudienceDimension, target: dict[str, float]) -> Floats:
    """Compute 1 less the Jensen-Shannon divergence in base 2, account by account.

    Parameters
    ----------
    target
        Segment to share, all above 0, summing to 1. All else an audience consists of, what is
        hidden included, has the share 0 in it.

    Notes
    -----
    With p the audience and q the target, and both summing to 1, one less the divergence of Lin
    (1991), Divergence measures based on the Shannon entropy, is half the sum of
    `p log2((p + q) / p) + q log2((p + q) / q)`, whose terms vanish outside the target: the other
    segments need not be looked at, and an audience wholly outside has exactly 0.
    """
    total = np.zeros(len(dimension.listed))
    for segment, q in target.items():
        p = dimension.share(segment)
        log_p = np.log2(p, out=np.zeros_like(p), where=p > 0)
        total += (p + q) * np.log1p(p / q) / np.log(2) + p * (np.log2(q) - log_p)
    return np.clip(total / 2, 0.0, 1.0)


def _part(target: dict[str, float], dimension: AudienceDimension) -> Component:
    is_known = dimension.is_known
    value = np.where(is_known, similarity(dimension, target), np.nan)
    return Component(
        name=f"audience_match_{dimension.name}",
        part_of="audience_match",
        value=value,
        raw=1 - value,
        raw_unit="bit",
        known=is_known.astype(np.float64),
        n=dimension.n_listed,
        basis=flag_names(dimension.basis, BASES),
        method=flag_names(dimension.method, METHODS),
        observed_on=as_dates(dimension.observed_on),
        unknown_because=dimension.unknown_because(),
        evidence=lambda places: _described(dimension, target, places),
    )


def _united(flags: Sequence[np.ndarray], panel: Panel) -> np.ndarray:
    return np.bitwise_or.reduce([np.zeros(panel.n_accounts, np.uint8), *flags])


def _oldest(told: Sequence[AudienceDimension], panel: Panel) -> Days:
    days = [np.where(d.is_known, d.observed_on, LAST_DAY) for d in told]
    return np.minimum.reduce([np.full(panel.n_accounts, LAST_DAY, np.int32), *days])


def _described(dimension: AudienceDimension, target: dict[str, float], places: Places) -> pl.Series:
    return pl.Series([_words(dimension, target, int(place)) for place in places], dtype=pl.String)


def _words(dimension: AudienceDimension, target: dict[str, float], place: int) -> str | None:
    if not dimension.is_known[place]:
        return None
    shares = {segment: dimension.share(segment)[place] for segment in target}
    shown = sorted(shares, key=lambda segment: (-shares[segment], segment))[:SHOWN_SEGMENTS]
    clauses = [", ".join(f"{segment} {percent(shares[segment])}" for segment in shown)]
    if dimension.hidden[place] > 0:
        clauses.append(f"not told {percent(dimension.hidden[place])}")
    clauses += [words for name, words in _CAVEATS.items() if dimension.has(name)[place]]
    return "; ".join(clauses)


def _evidence(parts: Sequence[Component], names: Sequence[str], places: Places) -> pl.Series:
    """Join what the parts say; null where none says anything."""
    said = [part.evidence(places) for part in parts if part.evidence]
    lines = [
        " | ".join(
            f"{PLURALS[name]} {words}" for name, words in zip(names, row, strict=True) if words
        )
        for row in zip(*said, strict=True)
    ]
    return pl.Series([line or None for line in lines or [""] * len(places)], dtype=pl.String)
