"""Shares of an audience: what one export says of a distribution, made to sum to 1.

A platform tells an audience as one record per segment, with a share or a count. What the
records leave out becomes a segment of its own, so that nobody takes a list of the ten largest
for the whole. A distribution is that of the whole export: it does not depend on how its records
were ordered, repeated or cut into files.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypedDict

import polars as pl

from schemas.audience import UNREPORTED
from schemas.columns import BASES, DIMENSIONS, WORK_DIMENSIONS
from transforms.apportion import Apportioned, apportion
from transforms.cells import parse
from transforms.cells.parse import Parsed
from transforms.export import Clues, ExportError, NotData, Part

_LISTS = ("city", "country", "location", *WORK_DIMENSIONS)
"""Dimensions with so many segments that no export lists all; it may name the rest `others`."""

REFUSED = (
    "figures that are no parts of one audience: shares that sum to more than rounding can make of "
    "1, a segment told twice with two figures, Total rows that differ"
)

Hook = Callable[[pl.DataFrame, Clues], pl.DataFrame]


@dataclass(frozen=True)
class Figure:
    """How the records of a distribution tell how large a segment is.

    Attributes
    ----------
    reading
        A share of 1, or a count.
    places
        Decimal places of the share that the cell prints; null where it is a count.
    """

    reading: Parsed
    places: pl.Expr | None = None


def share(column: str) -> Figure:
    """Read fractions of 1, `0.37`, or percentages with their sign, `37%`."""
    has_sign = pl.col(column).str.contains("%", literal=True)
    places = _decimals(column) + pl.when(has_sign).then(2).otherwise(0)
    return Figure(_not_negative(parse.share(column)), places)


def percentage(column: str) -> Figure:
    """Read percentages, with or without their sign."""
    return Figure(_not_negative(parse.percent_share(column)), _decimals(column) + 2)


def count(column: str) -> Figure:
    """Read counts, which the Total row turns into shares."""
    return Figure(parse.count(column))


def _with_decimal_point(column: str) -> pl.Expr:
    """Write `79,54`, `0,381` and `2,5 %`, as spreadsheets do, with a decimal point.

    None of these can be thousands: those have groups of three digits and begin with no 0.
    """
    cell = pl.col(column).str.replace(r"^(\s*\d{1,3}),(\d{1,2}\s*%?\s*)$", "${1}.${2}")
    return cell.str.replace(r"^(\s*0),(\d+\s*%?\s*)$", "${1}.${2}").alias(column)


def _decimals(column: str) -> pl.Expr:
    printed = pl.col(column).str.extract(r"[.,](\d+)\s*%?\s*$", 1).str.len_chars()
    return printed.cast(pl.Int64).fill_null(0)


def _not_negative(reading: Parsed) -> Parsed:
    value = pl.when(reading.value >= 0).then(reading.value)
    failed = reading.failed | (reading.value < 0).fill_null(value=False)
    rule = f"{reading.rule}, at least 0"
    return replace(reading.with_value(value), failed=failed, rule=rule)


class Fields(TypedDict):
    """What a distribution fills of an export's declaration."""

    tables: tuple[str, ...]
    columns: dict[str, Parsed]
    not_data: tuple[NotData, ...]
    derive: Hook
    refusal: Callable[[pl.DataFrame], str | None]
    refuses: str
    complete: Callable[[pl.DataFrame, pl.DataFrame], pl.DataFrame]
    remarks: Callable[[pl.DataFrame], tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """An audience parted by one dimension, one record per segment.

    Attributes
    ----------
    basis, dimension
        Whom the shares are of, and what parts them, as schemas.columns lists both.
    segment
        Reading of the segment. `unreported` is for what the platform itself calls unknown.
    figure
        Reading of its share or count.
    identity
        Text columns that tell one record from another; null means those of the segment. Two
        records of one segment, such as two cities of one name, are added.
    not_data
        What else in the file is no data: a Total row, a footer.
    prepare
        Adds the columns that only the whole file tells and that `segment` reads.
    """

    basis: str
    dimension: str
    segment: Parsed
    figure: Figure
    identity: tuple[str, ...] | None = None
    not_data: tuple[NotData, ...] = ()
    prepare: Hook | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Hold the declaration to the names of the contract."""
        if self.basis not in BASES or self.dimension not in DIMENSIONS:
            raise ExportError(f"no audience of {self.basis} by {self.dimension} is declared")

    def fields(self) -> Fields:
        """Give what an export takes: `Export(name=..., **distribution.fields())`."""
        figure = self.figure.reading
        return Fields(
            tables=("audience",),
            columns={
                "basis": parse.literal(self.basis),
                "dimension": parse.literal(self.dimension),
                "segment": self.segment,
                "share": figure.with_value(pl.col("_share")),
                "distribution_id": _derived("_distribution"),
                "is_share_of_listed": _derived("_is_of_listed"),
            },
            not_data=(*self.not_data, _without_figure(figure)),
            derive=self._derive,
            refusal=_refusal,
            refuses=REFUSED,
            complete=_complete,
            remarks=_remarks,
        )

    def _derive(self, data: pl.DataFrame, clues: Clues) -> pl.DataFrame:
        """Add what the whole distribution says of each record."""
        parts = clues.parts or (Part(data, data.clear()),)
        found = self._apportion(parts, clues)
        own = found.records.filter(pl.col("part") == clues.own).drop("part")
        refusal = found.refusal or self._unread(parts)
        return (
            self._prepared(data, clues)
            .join(own, on="row_number", how="left", validate="1:1", maintain_order="left")
            .with_columns(
                pl.lit(found.distribution_id).alias("_distribution"),
                pl.lit(found.is_of_listed).alias("_is_of_listed"),
                pl.lit(refusal, pl.String).alias("_refusal"),
                pl.lit("\n".join(found.remarks)).alias("_remarks"),
            )
        )

    def _apportion(self, parts: Sequence[Part], clues: Clues) -> Apportioned:
        key = ("figures", clues.newest_possible, clues.first_day)
        if key not in clues.memo:
            clues.memo[key] = self._figures(parts, clues)
        records, totals = clues.memo[key]
        return apportion(
            records,
            totals,
            own=clues.own,
            are_counts=self.figure.places is None,
            is_list=self.dimension in _LISTS,
        )

    def _figures(self, parts: Sequence[Part], clues: Clues) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Give the figures of all parts, and those of their Total rows."""
        figure = self.figure.reading.value.cast(pl.Float64).alias("figure")
        records = [
            self._prepared(part.data, clues).select(_place(i), "row_number", *self._readings())
            for i, part in enumerate(parts)
        ]
        totals = [part.totals.select(_place(i), figure) for i, part in enumerate(parts)]
        return pl.concat(records), pl.concat(totals)

    def _unread(self, parts: Sequence[Part]) -> str | None:
        """Say that a count that cannot be read makes all shares unknown, or nothing."""
        if self.figure.places is not None:
            return None
        figure = self.figure.reading
        column = figure.columns[0]
        unread = pl.col(column).filter(figure.failed.fill_null(value=False))
        totals = pl.concat([part.totals for part in parts])
        for rows, what in ((totals, "Total"), (pl.concat([part.data for part in parts]), "count")):
            if totals.height and rows is not totals:
                break
            if (cell := rows.select(unread.first()).item()) is not None:
                return f"its {what} {cell!r} cannot be read, so that no share of it is known"
        return None

    def _prepared(self, data: pl.DataFrame, clues: Clues) -> pl.DataFrame:
        if self.figure.places is not None:
            data = data.with_columns(map(_with_decimal_point, self.figure.reading.columns))
        return self.prepare(data, clues) if self.prepare else data

    def _readings(self) -> list[pl.Expr]:
        figure, segment = self.figure.reading, self.segment
        is_sound = (
            segment.value.is_not_null()
            & ~segment.failed.fill_null(value=False)
            & figure.value.is_not_null()
            & pl.col("surplus").is_null()
        )
        written = self.identity or segment.columns
        identity = pl.concat_str(written, separator=" | ", ignore_nulls=True).replace("", None)
        places = pl.lit(0, pl.Int64) if self.figure.places is None else self.figure.places
        return [
            identity.alias("identity"),
            segment.value.alias("segment"),
            figure.value.cast(pl.Float64).alias("figure"),
            places.alias("places"),
            is_sound.alias("is_sound"),
        ]


def _place(part: int) -> pl.Expr:
    return pl.lit(part, pl.UInt32).alias("part")


def _derived(column: str) -> Parsed:
    return Parsed((), pl.col(column), pl.lit(value=False), "")


def _without_figure(figure: Parsed) -> NotData:
    """Recognise a record that names a segment and reports nothing of it."""
    blank = [parse.is_not_reported(column) for column in figure.columns]
    rows = pl.all_horizontal(*blank, pl.col("surplus").is_null())
    return NotData(reason="nothing reported", rows=rows)


def _refusal(data: pl.DataFrame) -> str | None:
    return _first(data, "_refusal")


def _remarks(data: pl.DataFrame) -> tuple[str, ...]:
    return tuple((_first(data, "_remarks") or "").splitlines())


def _first(data: pl.DataFrame, column: str) -> str | None:
    said: str | None = next(iter(data.get_column(column)), None)
    return said


def _complete(good: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """Give one row per segment, and the row of what is not reported.

    That row stands under the record that carries it; it is none of the file's own.
    """
    first = records.filter("_is_first").select("row_number", "_rest")
    rows = good.join(first, on="row_number", validate="1:1", maintain_order="left")
    rest = rows.filter(pl.col("_rest").is_not_null()).with_columns(
        pl.lit(UNREPORTED).alias("segment"), pl.col("_rest").alias("share")
    )
    return pl.concat([rows, rest]).drop("_rest")
