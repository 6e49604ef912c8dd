"""What is not known of a creator, in words: short for the sentence, with reasons for the column."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from schemas.brief import COMPONENTS
from transforms.fit.audience.matrix import PLURALS
from transforms.fit.facts import Facts

NAMES = {name: name.replace("_", " ") for name in COMPONENTS}
"""Component to what a sentence calls it."""

_OF_AUDIENCE = ("audience_match", "target_share", "targeted_reach")
_WHOLE = 0.995


@dataclass(frozen=True, kw_only=True, eq=False)
class Missing:
    """What is not known of each creator and lowers its coverage.

    Attributes
    ----------
    short
        `cities, consistency`; empty where all is known.
    long
        `cities (the export lists no cities); consistency (3 posts, 8 needed)`; null there.
    """

    short: pl.Series
    long: pl.Series


@dataclass(frozen=True, eq=False)
class _Gap:
    name: str
    is_missing: np.ndarray
    words: pl.Expr


def missing(known: Facts) -> Missing:
    """Name what is not known, with the reason of the creator's heaviest account.

    Notes
    -----
    A component that the brief gives no weight lowers nothing and is not named. Where dimensions
    of the audience are not known they are named themselves, and the components that rest on the
    audience are not named a second time for knowing a part only.
    """
    candidates = (*_whole_gaps(known), *_dimension_gaps(known), *_partial_gaps(known))
    gaps = [gap for gap in candidates if gap.is_missing.any()]
    words = [pl.when(pl.Series(gap.is_missing)).then(gap.words) for gap in gaps]
    nothing = pl.repeat(None, known.values.shape[1], dtype=pl.String)
    long = pl.concat_str(nothing, *words, separator="; ", ignore_nulls=True)
    return Missing(
        short=listed([gap.name for gap in gaps], [gap.is_missing for gap in gaps], ", ", nothing),
        long=pl.select(pl.when(long != "").then(long).alias("missing")).to_series(),
    )


def listed(
    names: Sequence[str], flags: Sequence[np.ndarray], separator: str, nothing: pl.Expr
) -> pl.Series:
    """List the names whose flags are set, of each creator; empty where none is."""
    if not names:
        return pl.select(nothing.fill_null("")).to_series()
    bits = np.sum([flag.astype(np.int64) << bit for bit, flag in enumerate(flags)], axis=0)
    found, at = np.unique(bits, return_inverse=True)
    texts = [
        separator.join(name for bit, name in enumerate(names) if mask >> bit & 1) for mask in found
    ]
    return pl.Series(texts, dtype=pl.String).gather(at)


def _whole_gaps(known: Facts) -> Iterator[_Gap]:
    for name, weight, values in zip(known.names, known.weights, known.values, strict=True):
        if weight > 0:
            yield _Gap(NAMES[name], np.isnan(values), _because(NAMES[name], known.reasons[name]))


def _dimension_gaps(known: Facts) -> Iterator[_Gap]:
    has_match = ~np.isnan(known.value("audience_match"))
    for dimension, values in known.parts.items():
        name = PLURALS[dimension]
        words = _because(name, known.reasons[dimension])
        yield _Gap(name, has_match & np.isnan(values), words)


def _partial_gaps(known: Facts) -> Iterator[_Gap]:
    is_named = np.zeros(known.values.shape[1], dtype=bool)
    for values in known.parts.values():
        is_named |= np.isnan(values)
    columns = zip(known.names, known.weights, known.values, known.known, strict=True)
    for name, weight, values, share in columns:
        is_partial = ~np.isnan(values) & (share < _WHOLE) & (weight > 0)
        words = f"{NAMES[name]} of some accounts"
        if name in _OF_AUDIENCE:
            is_partial &= ~is_named
            is_named |= is_partial
        if name in _OF_AUDIENCE[:2]:
            words = "part of the audience"
        percent = pl.Series(np.floor(100 * share)).cast(pl.Int64)
        yield _Gap(words, is_partial, pl.format(f"{words} ({{}} % known)", percent))


def _because(name: str, reason: pl.Series) -> pl.Expr:
    return pl.coalesce(pl.format(f"{name} ({{}})", reason), pl.lit(name))
