"""Who meets a brief's limits, and in what order they stand."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from schemas.brief import Brief
from transforms.fit.accounts.targeted_reach import floats
from transforms.fit.component import Floats, Places
from transforms.fit.creators import Creators

UNCHECKED = ("tier (not known)", "engagement rate (not known)")
"""Limits that could not be checked; bit 0 is the first of them."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Limits:
    """What a brief's limits say of its creators.

    Attributes
    ----------
    ineligible_because
        Limits not met, in words; null where none is known to be broken.
    unchecked
        Bits of UNCHECKED: limits of the brief that nothing is known of.
    """

    ineligible_because: pl.Series
    unchecked: Places


@dataclass(frozen=True, kw_only=True, eq=False)
class Ranking:
    """Order of the creators of a brief.

    Attributes
    ----------
    rank
        1 the best; 0 for those without.
    order
        Creators with a rank, the best first.
    """

    rank: Places
    order: Places


def limits(brief: Brief, creators: Creators, score: Floats) -> Limits:
    """Hold the creators against the brief's limits, as far as they are known.

    Notes
    -----
    One account in a wanted tier is enough, and the best engagement rate of its accounts counts: a
    brief books accounts, and the creator offers the one that serves. An unknown tier or rate
    breaks no limit; the sentence says that it was not checked. Risk is held against nobody: no
    risk signals are measured yet, which is said of the brief and not of each creator.
    """
    tier, tier_unknown = _tier(brief, creators)
    rate, rate_unknown = _engagement_rate(brief, creators)
    because = pl.select(
        pl.concat_str(tier, rate, _fit(brief, score), separator=", ", ignore_nulls=True)
    ).to_series()
    unchecked = tier_unknown | rate_unknown << 1
    return Limits(
        ineligible_because=because.replace("", None).rename("ineligible_because"),
        unchecked=np.broadcast_to(unchecked, len(creators)),
    )


def ranking(score: Floats, is_eligible: np.ndarray) -> Ranking:
    """Order the eligible creators that have a score; of equals the lesser id stands first."""
    competing = np.flatnonzero(is_eligible & ~np.isnan(score))
    order = competing[np.argsort(-score[competing], kind="stable")]
    rank = np.zeros(len(score), dtype=np.intp)
    rank[order] = np.arange(1, len(order) + 1)
    return Ranking(rank=rank, order=order)


def _tier(brief: Brief, creators: Creators) -> tuple[pl.Series, np.ndarray]:
    if not brief.tiers:
        return _nothing(len(creators))
    tier = creators.accounts["tier"]
    is_wanted = creators.has_any(tier.is_in(brief.tiers).fill_null(value=False).to_numpy())
    is_unknown = creators.has_any(tier.is_null().to_numpy())
    words = f"no account in tier {' or '.join(brief.tiers)}"
    return _where(~is_wanted & ~is_unknown, words), ~is_wanted & is_unknown


def _engagement_rate(brief: Brief, creators: Creators) -> tuple[pl.Series, np.ndarray]:
    if brief.min_engagement_rate is None:
        return _nothing(len(creators))
    rates = floats(creators.accounts["engagement_rate"])
    best = np.fmax.reduceat(rates, creators.first)
    least = f"{100 * brief.min_engagement_rate:.4g}"
    percent = pl.Series(np.floor(1e4 * best) / 100).cast(pl.String).str.strip_suffix(".0")
    words = pl.format(f"engagement rate {{}} % below {least} %", percent)
    is_below = pl.Series(best < brief.min_engagement_rate)
    return pl.select(pl.when(is_below).then(words)).to_series(), np.isnan(best)


def _fit(brief: Brief, score: Floats) -> pl.Series:
    if brief.min_fit is None:
        return pl.repeat(None, len(score), dtype=pl.String, eager=True)
    return _where(score < brief.min_fit, f"score below {brief.min_fit:.4g}")


def _nothing(n: int) -> tuple[pl.Series, np.ndarray]:
    return pl.repeat(None, n, dtype=pl.String, eager=True), np.zeros(n, dtype=bool)


def _where(flags: np.ndarray, words: str) -> pl.Series:
    return pl.select(pl.when(pl.Series(flags)).then(pl.lit(words))).to_series()
