"""From the figures of one distribution to shares that sum to 1, with what they leave out."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from schemas.audience import OTHERS, UNREPORTED
from transforms.statistics.sums import exactly

PRECISION = 1e-9
"""The shares of a distribution sum to 1 within this."""

_SLACK = 2
"""How many times what rounding can add a sum may exceed 1: the 7 countries of one Instagram export
of 2024 sum to 100.4 %, where rounding adds 0.35 at most (one follower of 563 stood in two)."""

_FEWEST_PLACES = 2
"""No platform prints shares coarser than hundredths; `1` and `0` are 1.00 and 0.00."""


@dataclass(frozen=True, kw_only=True)
class Apportioned:
    """What the figures of one distribution come to.

    Attributes
    ----------
    records
        Grain (part, row_number): `_share`, that of the segment on its first record and of the
        record itself on every other; `_is_first`; `_rest`, the share of `unreported` where no
        record has that segment, on one record alone.
    distribution_id
        The same for the same segments and shares.
    is_of_listed
        Whether counts came without a total.
    refusal
        Why the figures are no distribution.
    """

    records: pl.DataFrame = field(repr=False)
    distribution_id: str
    is_of_listed: bool
    refusal: str | None
    remarks: tuple[str, ...]


def apportion(
    records: pl.DataFrame, totals: pl.DataFrame, *, own: int, are_counts: bool, is_list: bool
) -> Apportioned:
    """Turn the figures of one distribution into shares.

    Counts are divided by the Total row, or by their sum where that is larger or there is no
    Total. Shares that miss 1 by no more than rounding can do, half a unit of the last printed
    place for each, are scaled; those of a mere list only where they sum to more. What is then
    missing to 1 is `unreported`, and so is what records that name no segment hold.

    Parameters
    ----------
    records
        Grain (part, row_number), with `identity`, `segment`, `figure`, `places`, `is_sound`.
        One that repeats the identity and the figure of another adds nothing.
    totals
        Grain (part, Total row), with `figure`.
    own
        Part that is asked for. Parts that contradict each other, or that repeat each other and
        sum to too much, are several exports: each is a distribution of its own.
    is_list
        Whether the segments are some of many, such as countries; with `others` among them they
        are all.
    """
    figures = _Figures(records, totals, are_counts, is_list)
    if figures.contradiction or (figures.excess and figures.repeats):
        figures = _Figures(
            records.filter(pl.col("part") == own),
            totals.filter(pl.col("part") == own),
            are_counts,
            is_list,
        )
    return Apportioned(
        records=_spread(figures),
        distribution_id=_hash(figures.shares),
        is_of_listed=are_counts and figures.total is None,
        refusal=figures.contradiction or figures.excess,
        remarks=tuple(_remarks(figures)),
    )


@dataclass(frozen=True)
class _Figures:
    """The figures of one distribution, whatever the order of their records."""

    records: pl.DataFrame
    totals: pl.DataFrame
    are_counts: bool
    is_list: bool

    @cached_property
    def contradiction(self) -> str | None:
        """Name a record that stands twice with different figures, or Totals that differ."""
        if self.are_counts and len(self._totals) > 1:
            return f"has Total rows of {_listed(self._totals)}: one of them must go"
        told = self.records.filter(pl.col("identity").is_not_null(), pl.col("figure").is_not_null())
        repeated = (
            told.group_by("identity")
            .agg(pl.col("figure").unique().sort())
            .filter(pl.col("figure").list.len() > 1)
        )
        if repeated.is_empty():
            return None
        identity, figures = repeated.sort("identity").row(0)
        return f"says {identity!r} more than once, with {_listed(figures)}: one of them must go"

    @cached_property
    def excess(self) -> str | None:
        """Say that shares sum to more than rounding can make of 1, or nothing."""
        if self.are_counts or self.sum <= 1 + _SLACK * self._rounding:
            return None
        return (
            f"its {self.once.height} shares sum to {self.sum:.6g}, which rounding cannot make of "
            "1: they are not parts of one audience"
        )

    @cached_property
    def once(self) -> pl.DataFrame:
        """Records with a figure, each once, in an order of their own."""
        ordered = self.records.filter(pl.col("figure").is_not_null()).sort(
            "segment", "figure", "identity", ~pl.col("is_sound"), "part", "row_number"
        )
        is_first = pl.struct("identity", "figure").is_first_distinct()
        return ordered.filter(pl.col("identity").is_null() | is_first)

    @cached_property
    def repeats(self) -> int:
        """Records with a figure that repeat another."""
        return self.records["figure"].count() - self.once.height

    @cached_property
    def sum(self) -> float:
        """Sum of the figures; `fsum` gives the same in whatever order."""
        return exactly(self.once["figure"])

    @cached_property
    def total(self) -> float | None:
        """What the Total row says."""
        return max(self._totals, default=None) if self.are_counts else None

    @cached_property
    def whole(self) -> float:
        """What a figure is divided by to be a share."""
        if self.are_counts:
            return max(self.sum, self.total or 0.0) or 1.0
        is_open = self.is_list and OTHERS not in self.once["segment"]
        is_rounded = self.sum > 0 and not is_open and 1 - self.sum <= self._rounding
        return self.sum if is_rounded or self.sum > 1 else 1.0

    @cached_property
    def shares(self) -> Mapping[str, float]:
        """Segment to share, `unreported` included; they sum to 1, or there are none."""
        figures: dict[str, list[float]] = defaultdict(list)
        for segment, figure in self.once.filter("is_sound").select("segment", "figure").rows():
            figures[segment].append(figure)
        shares = {segment: exactly(own) / self.whole for segment, own in figures.items()}
        rest = 1.0 - exactly(shares.values())
        if shares and rest > PRECISION:
            shares[UNREPORTED] = shares.get(UNREPORTED, 0.0) + rest
        return shares

    @cached_property
    def _totals(self) -> list[float]:
        return sorted(set(self.totals["figure"].drop_nulls()))

    @cached_property
    def _rounding(self) -> float:
        """What rounding can add to the sum of shares or take from it."""
        places: int = max([_FEWEST_PLACES, *self.once["places"]])
        return float(0.5 * 10.0**-places * self.once.height) + PRECISION


def _listed(figures: list[float]) -> str:
    return " and ".join(f"{figure:.12g}" for figure in figures)


def _spread(figures: _Figures) -> pl.DataFrame:
    """Give each record its share, and the first of a segment that of the segment."""
    shares = figures.shares
    first = figures.once.filter(pl.col("is_sound")).filter(pl.col("segment").is_first_distinct())
    rest = None if UNREPORTED in first["segment"] else shares.get(UNREPORTED)
    told = first.select(
        "part",
        "row_number",
        pl.col("segment").replace_strict(shares, return_dtype=pl.Float64).alias("told"),
        pl.when(pl.int_range(pl.len()) == 0).then(pl.lit(rest, pl.Float64)).alias("_rest"),
    )
    return figures.records.join(
        told, on=["part", "row_number"], how="left", validate="1:1", maintain_order="left"
    ).select(
        "part",
        "row_number",
        pl.coalesce("told", pl.col("figure") / figures.whole).alias("_share"),
        pl.col("told").is_not_null().alias("_is_first"),
        "_rest",
    )


def _hash(shares: Mapping[str, float]) -> str:
    pairs = [[segment, f"{share:.12f}"] for segment, share in sorted(shares.items())]
    return hashlib.sha256(json.dumps(pairs).encode()).hexdigest()[:16]


def _remarks(figures: _Figures) -> Iterator[str]:
    if figures.repeats:
        yield f"{figures.repeats} of its records repeat another: each is counted once"
    if figures.are_counts and figures.total is None:
        yield "has no Total row: its shares are of what it lists"
    elif figures.total is not None and figures.total < figures.sum:
        yield (
            f"its Total row says {figures.total:.12g}, its records sum to {figures.sum:.12g}: its "
            "shares are of the sum"
        )
