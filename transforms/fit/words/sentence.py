"""The reason of a fit: one sentence per creator, for every row at once.

Numbers and names are looked up in small tables of words and the pieces joined in polars, so that
a million sentences cost seconds.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from schemas.brief import AGE_BANDS, Brief
from transforms.fit.audience.wanted import wanted
from transforms.fit.component import Floats, Places
from transforms.fit.facts import Facts
from transforms.fit.rank import UNCHECKED, Limits, Ranking
from transforms.fit.score import Scores
from transforms.fit.words.missing import NAMES, listed
from transforms.places.languages import language_name

SHOWN_SEGMENTS = 3
"""Segments of the target that a sentence names."""

_INSIDE = {
    "country": "in {}",
    "city": "in {}",
    "age": "aged {}",
    "gender": "{}",
    "language": "in countries that speak {}",
    "interest": "interested in {}",
}
_EVERYBODY = {"gender": {"female", "male"}, "age": {*AGE_BANDS}}
"""Segments of a dimension that leave nobody out, or next to nobody."""

_NUMBERS = pl.Series(
    ["0", *(f"{n / 1000:.3f}" for n in range(1, 100)), *(f"{n / 100:.2f}" for n in range(10, 101))]
)
"""What a sentence writes: thousandths below 0.1, hundredths from there on."""

_PERCENTS = pl.Series([str(percent) for percent in range(101)])
_NOTHING = pl.lit(None, dtype=pl.String)
_TINY = 1e-9


@dataclass(frozen=True, kw_only=True, eq=False)
class Standing:
    """All that the sentences of one brief tell; `missing` is what is not known, listed."""

    brief: Brief
    facts: Facts
    scores: Scores
    limits: Limits
    ranking: Ranking
    missing: pl.Series

    @property
    def has_score(self) -> np.ndarray:
        """Say of whom there is a score."""
        return ~np.isnan(self.scores.score)


def sentences(standing: Standing) -> pl.Series:
    """Say of each creator why it stands where it stands.

    Returns
    -------
    Series
        `reason`: place and score, what helps and what costs most, what sets it apart from the
        one ranked above (the first: from the second), what is not known, and which limits could
        not be checked.
    """
    pieces = [
        _head(standing),
        *_explanation(standing),
        *_difference(standing),
        *_unknown(standing),
        pl.lit("."),
    ]
    return pl.select(pl.concat_str(pieces, ignore_nulls=True).alias("reason")).to_series()


def _head(standing: Standing) -> pl.Expr:
    n = len(standing.ranking.order)
    score, coverage = _number(standing.scores.score), _percent(standing.scores.coverage)
    because, rank = standing.limits.ineligible_because, standing.ranking.rank
    place = pl.format(f"{{}} of {n} with {{}}", _ordinals(rank), score)
    nothing = pl.Series(standing.scores.coverage < _TINY)
    no_score = (
        pl.when(nothing)
        .then(pl.lit("No score, as nothing that counts is known"))
        .otherwise(pl.format("No score, as only {} % of what counts is known", coverage))
    )
    return (
        pl.when(pl.Series(rank > 0))
        .then(pl.format("The only one ranked, with {}", score) if n == 1 else place)
        .when(pl.Series(standing.has_score))
        .then(pl.format("Not ranked with {}, as not eligible ({})", score, because))
        .when(because.is_not_null())
        .then(pl.format("{}; not eligible either ({})", no_score, because))
        .otherwise(no_score)
    )


def _explanation(standing: Standing) -> list[pl.Expr]:
    zeros = _zeros(standing)
    has_zero = (zeros != "").to_numpy()
    contribution = np.where(has_zero, np.nan, standing.scores.contribution)
    is_alone = standing.has_score & ~has_zero & np.isnan(contribution).all(axis=0)
    sole = np.where(is_alone, _counts(standing).argmax(axis=0), -1)
    helping, costing = _greatest(contribution), _greatest(-contribution)
    joined = pl.Series(np.where(helping >= 0, ", ", ": "))
    return [
        pl.when(zeros != "").then(pl.format(": nothing makes up for {} of 0", zeros)),
        *_clause(standing, sole, pl.lit(": "), " is all that it rests on", extreme="best"),
        *_clause(standing, helping, pl.lit(": "), " helps most", extreme="best"),
        *_clause(standing, costing, joined, " costs most", extreme="worst"),
    ]


def _clause(
    standing: Standing, which: Places, before: pl.Expr | pl.Series, after: str, *, extreme: str
) -> list[pl.Expr]:
    if not (which >= 0).any():
        return []
    at = np.maximum(which, 0)
    value = standing.facts.values[at, np.arange(len(at))]
    pieces = (before, _names(standing).gather(at), pl.lit(" "), _number(value), pl.lit(after))
    return [
        *(pl.when(pl.Series(which >= 0)).then(piece) for piece in pieces),
        _of_audience(standing, which, extreme),
        _of_people(standing, which),
    ]


def _of_audience(standing: Standing, which: Places, extreme: str) -> pl.Expr:
    """Tell the share of the audience in the dimension that matches best or worst."""
    is_told = _is_about(standing, which, "audience_match")
    names = [
        name
        for name in standing.facts.parts
        if name in standing.facts.inside and _parts_people(standing.brief, name)
    ]
    if not is_told.any() or not names:
        return _NOTHING
    values = np.stack([standing.facts.parts[name] for name in names])
    at = _greatest(values if extreme == "best" else -values, floor=-np.inf)
    inside = np.stack([standing.facts.inside[name] for name in names])
    share = _percent(inside[np.maximum(at, 0), np.arange(len(at))])
    segments = pl.Series([_segments(standing.brief, name) for name in names])
    words = pl.format(" ({} % {})", share, segments.gather(np.maximum(at, 0)))
    return pl.when(pl.Series(is_told & (at >= 0))).then(words)


def _parts_people(brief: Brief, dimension: str) -> bool:
    """Say whether a dimension of the target leaves anybody out: both genders do not."""
    everybody = _EVERYBODY.get(dimension)
    return everybody is None or not everybody <= set(wanted(brief, dimension))


def _segments(brief: Brief, dimension: str) -> str:
    target = wanted(brief, dimension)
    names = sorted(target, key=lambda name: (-target[name], name))
    shown = [_segment(dimension, name) for name in names[:SHOWN_SEGMENTS]]
    if len(names) > SHOWN_SEGMENTS:
        shown.append(f"{len(names) - SHOWN_SEGMENTS} more")
    listed_names = " or ".join([", ".join(shown[:-1]), shown[-1]] if shown[1:] else shown)
    return _INSIDE[dimension].format(listed_names)


def _segment(dimension: str, name: str) -> str:
    if dimension == "language":
        return language_name(name)
    return name.partition(":")[2] or name


def _of_people(standing: Standing, which: Places) -> pl.Expr:
    """Tell the targeted reach of a post, to two digits so that few texts serve all."""
    is_told = _is_about(standing, which, "targeted_reach")
    if not is_told.any():
        return _NOTHING
    people = np.where(is_told, standing.facts.people, 0.0)
    step = 10.0 ** np.maximum(np.floor(np.log10(np.maximum(people, 1.0))) - 1, 0)
    found, at = np.unique(np.round(people / step) * step, return_inverse=True)
    words = pl.Series([f" (about {count:,.0f} per post)" for count in found])
    return pl.when(pl.Series(is_told)).then(words.gather(at))


def _difference(standing: Standing) -> list[pl.Expr]:
    """Compare with the next above, the first with the second."""
    rank, order = standing.ranking.rank, standing.ranking.order
    if len(order) < 2:
        return []
    own = np.arange(len(rank))
    other = own.copy()
    other[order[1:]], other[order[0]] = order[:-1], order[1]
    values, score = standing.facts.values, standing.scores.score
    which = _apart(standing, other)
    is_level = np.abs(score[other] - score) < _TINY
    is_close = ~is_level & (_number(score) == _number(score[other])).to_numpy()
    opening = _opening(rank == 1, is_level, is_close)
    is_ranked, at = rank > 0, np.maximum(which, 0)
    named = (
        pl.lit(", above all in "),
        _names(standing).gather(at),
        pl.lit(" ("),
        _number(values[at, own]),
        pl.lit(" against "),
        _number(values[at, other]),
        pl.lit(")"),
    )
    unnamed = pl.lit(" by what is known of only one of them")
    is_explained = is_ranked & ~is_level & ~is_close
    is_named = pl.Series(is_explained & (which >= 0))
    return [
        *(pl.when(pl.Series(is_ranked)).then(piece) for piece in (opening, _ordinals(rank[other]))),
        *(pl.when(is_named).then(piece) for piece in named),
        pl.when(pl.Series(is_explained & (which < 0))).then(unnamed),
    ]


def _opening(is_first: np.ndarray, is_level: np.ndarray, is_close: np.ndarray) -> pl.Series:
    words = pl.Series(
        [f"; {close}{side} the " for side in ("behind", "ahead of") for close in ("", "just ")]
        + ["; level with the "]
    )
    return words.gather(np.where(is_level, 4, 2 * is_first + is_close))


def _apart(standing: Standing, other: Places) -> Places:
    """Find the component with the greatest weighted gap in the log, known of both."""
    logs = np.log(np.maximum(standing.facts.values, _TINY))
    sign = np.where(standing.ranking.rank == 1, -1.0, 1.0)
    return _greatest(standing.facts.weights[:, None] * (logs[:, other] - logs) * sign)


def _unknown(standing: Standing) -> list[pl.Expr]:
    is_missing = standing.missing != ""
    unchecked = standing.limits.unchecked
    coverage = pl.format(" ({} % of what counts is known)", _percent(standing.scores.coverage))
    flags = [(unchecked >> bit & 1) for bit in range(len(UNCHECKED))]
    limits = listed(UNCHECKED, flags, ", ", _NOTHING)
    return [
        pl.when(is_missing).then(pl.lit("; not known: ")),
        pl.when(is_missing).then(standing.missing),
        pl.when(is_missing & pl.Series(standing.has_score)).then(coverage),
        pl.when(limits != "").then(pl.format("; limits not checked: {}", limits)),
    ]


def _zeros(standing: Standing) -> pl.Series:
    """List the components that make a score zero; empty for other scores."""
    facts = standing.facts
    flags = list((facts.values == 0) & _counts(standing) & standing.has_score)
    return listed(_names(standing).to_list(), flags, " and ", _NOTHING)


def _counts(standing: Standing) -> np.ndarray:
    """Say which components a score rests on: those known that weigh anything."""
    facts = standing.facts
    return (facts.weights[:, None] > 0) & (facts.known > 0) & ~np.isnan(facts.values)


def _greatest(figures: np.ndarray, floor: float = _TINY) -> Places:
    """Give the row of the greatest figure of each column, -1 where none is above the floor."""
    filled = np.where(np.isnan(figures), -np.inf, figures)
    at = filled.argmax(axis=0)
    return np.where(filled[at, np.arange(len(at))] > floor, at, -1)


def _is_about(standing: Standing, which: Places, component: str) -> np.ndarray:
    names = standing.facts.names
    return which == (names.index(component) if component in names else len(names))


def _names(standing: Standing) -> pl.Series:
    return pl.Series([NAMES[name] for name in standing.facts.names])


def _number(values: Floats) -> pl.Series:
    known = np.nan_to_num(values)
    thousandths, hundredths = np.round(1000 * known), np.round(100 * known)
    return _NUMBERS.gather(
        np.where(thousandths < 100, thousandths, hundredths + 90).astype(np.intp)
    )


def _percent(shares: Floats) -> pl.Series:
    return _PERCENTS.gather(np.floor(100 * np.nan_to_num(shares) + _TINY).astype(np.intp))


def _ordinals(places: Places) -> pl.Series:
    """Write places, `1st`."""
    endings = pl.Series(["th", "st", "nd", "rd", *["th"] * 6])
    is_teen = places % 100 // 10 == 1
    number = pl.Series(places).cast(pl.String)
    return number + endings.gather(np.where(is_teen, 0, places % 10))
