"""From a column of text to a typed expression that also tells what it could not read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import polars as pl

NOT_REPORTED = ("", "undefined", "nan", "--", "-", "\u2013", "\u2014", "n/a", "null")
"""Cells that say "no value" when they are the whole cell, in lower case."""

_PLAIN_ID = r"^(?:\d+|[A-Za-z0-9_-]{10,})$"
_PLAIN_HANDLE = r"^[a-z0-9._]+$"
_SCIENTIFIC = r"^[+-]?\d+(?:[.,]\d+[eE]\+?|[eE]\+)\d+$"
_THROUGH_FLOAT = r"^\d+\.0+$"
_DAMAGED_ID = rf"^#|{_SCIENTIFIC}|{_THROUGH_FLOAT}"
_EPOCH = r"^[0-9]{9,10}$"
_TIKTOK_ID = r"(?:^|/)(\d{15,19})(?:[/?#].*)?$"
_SEPARATORS = (",", r"\.", r"[ \x{a0}\x{2009}\x{202f}]", r"['\x{2019}]")
_GROUPS = "|".join(rf"(?:{separator}\d{{3}})+" for separator in _SEPARATORS)
_WHOLE = rf"^[+-]?(?:\d{{1,3}}(?:{_GROUPS})|\d+)(?:[.,]0{{1,2}})?$"
_GROUPED_DECIMAL = r"^[+-]?\d{1,3}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})$"
_CLOCK = r"^(?:(?<h>\d+):(?<m>[0-5]?\d)|(?<minutes>\d+)):(?<s>[0-5]\d(?:\.\d+)?)$"
_EARLIEST = date(1990, 1, 1)
_TIKTOK_EPOCH_S = (1_400_000_000, 4_000_000_000)


@dataclass(frozen=True, eq=False)
class Parsed:
    """One canonical column read from columns of text.

    Attributes
    ----------
    columns
        Text columns it reads.
    value
        Typed; null where the cell is blank or cannot be read.
    failed
        True where something stood there and could not be read.
    rule
        What it should have been, as a person says it.
    plain
        `value` of the cells that read as they stand, null elsewhere, at little cost; null where
        there is no such shortcut.
    repeats
        Whether so few cells of the one column differ that each is better read once.
    """

    columns: tuple[str, ...]
    value: pl.Expr
    failed: pl.Expr
    rule: str
    plain: pl.Expr | None = None
    repeats: bool = False

    def with_value(self, value: pl.Expr) -> "Parsed":
        """Give another value, which no longer has a shortcut."""
        return replace(self, value=value, plain=None)

    def mapped(self, change: Callable[[pl.Expr], pl.Expr]) -> "Parsed":
        """Change every value by itself, null staying null."""
        plain = None if self.plain is None else change(self.plain)
        return replace(self, value=change(self.value), plain=plain)


def text(column: str) -> Parsed:
    """Read text as it stands, null where nothing but spaces stands there."""
    cell = pl.col(column)
    value = pl.when(cell.str.strip_chars_start() != "").then(cell)
    return Parsed((column,), value, pl.lit(value=False), "text")


def identifier(column: str) -> Parsed:
    """Read an id as text, without the spaces the `'` or the `="..."` that guard it from Excel.

    Notes
    -----
    YouTube writes a space before ids that start with `-`; Excel turns long ids into
    `1.78E+16`, `17841400000000000.0` or `#NAME?`, whose digits are lost for good.
    """
    written = pl.col(column)
    plain = pl.when(written.str.contains(_PLAIN_ID)).then(written)
    rest = _cell(pl.when(plain.is_null()).then(written)).str.strip_prefix("'")
    guarded = rest.str.extract(r'^="(.*)"$', 1).str.strip_chars()
    bare = pl.coalesce(guarded, rest)
    read = pl.when(~bare.str.contains(_DAMAGED_ID)).then(bare)
    failed = rest.is_not_null() & read.is_null()
    return Parsed((column,), pl.coalesce(plain, read), failed, "an id with all its digits", plain)


def identifier_within(column: str, pattern: str, rule: str) -> Parsed:
    """Read an id out of a link or a message: the first group of `pattern`."""
    return _read(column, lambda cell: cell.str.extract(pattern, 1), rule)


def handle(column: str) -> Parsed:
    """Read a handle in lower case without @, and without the `'` that guards it from Excel."""
    written = pl.col(column)
    is_plain = written.str.contains(_PLAIN_HANDLE) & ~written.is_in(NOT_REPORTED)
    plain = pl.when(is_plain).then(written)
    rest = _cell(pl.when(plain.is_null()).then(written))
    name = rest.str.strip_prefix("'").str.strip_prefix("@").str.to_lowercase()
    read = pl.when(name.str.contains(r"^\S+$")).then(name)
    failed = rest.is_not_null() & read.is_null()
    return Parsed((column,), pl.coalesce(plain, read), failed, "a handle", plain)


def count(column: str) -> Parsed:
    """Read a whole number of at least 0.

    Thousands may be separated by comma, point, apostrophe or any space where the groups are
    regular; `1938.0` is 1938; `1.5` and `12,34` are not whole, and `1.234` is 1234.
    """
    return _number(column, pl.UInt64, "a whole number of at least 0")


def signed_count(column: str) -> Parsed:
    """Read a whole number that may be negative, written as `count` allows."""
    return _number(column, pl.Int64, "a whole number")


def decimal(column: str) -> Parsed:
    """Read a number with a decimal point; a lone comma could be either and is refused."""
    return _number(column, pl.Float64, "a number with a decimal point")


def share(column: str) -> Parsed:
    """Read a fraction of 1, `0.0627`, or a percentage with its sign, `6.27%`."""
    number, in_percent = decimal(column), percent_share(column)
    has_sign = pl.col(column).str.strip_chars().str.ends_with("%")
    return Parsed(
        (column,),
        pl.when(has_sign).then(in_percent.value).otherwise(number.value),
        pl.when(has_sign).then(in_percent.failed).otherwise(number.failed),
        "a fraction of 1 or a percentage",
    )


def percent_share(column: str) -> Parsed:
    """Read a percentage, with or without its sign, as a share of 1: `6.27` is 0.0627."""
    number = _number(column, pl.Float64, "a percentage with a decimal point", suffix=r"\s*%$")
    return number.mapped(lambda value: (value / 100).round(12))


def seconds(column: str) -> Parsed:
    """Read a number of seconds."""
    return _number(column, pl.Float64, "a number of seconds")


def hours_as_s(column: str) -> Parsed:
    """Read a number of hours as seconds."""
    number = _number(column, pl.Float64, "a number of hours")
    return number.mapped(lambda value: (value * 3600).round(6))


def duration_hms_s(column: str) -> Parsed:
    """Read `1:02:03` or `5:16` as seconds."""

    def read(cell: pl.Expr) -> pl.Expr:
        parts = cell.str.extract_groups(_CLOCK)
        hours, minutes, total_minutes, rest = (
            parts.struct.field(name).cast(pl.Float64, strict=False)
            for name in ("h", "m", "minutes", "s")
        )
        return pl.coalesce(hours * 60 + minutes, total_minutes) * 60 + rest

    within_a_day = pl.col(column).str.to_time("%H:%M:%S", strict=False)
    elapsed = within_a_day.cast(pl.Int64) // 1_000_000_000
    return _read(column, read, "a duration like 0:05:16", plain=elapsed.cast(pl.Float64))


def boolean(column: str) -> Parsed:
    """Read 0, 1, yes, no, true or false."""
    words = {"1": True, "1.0": True, "yes": True, "true": True}
    words |= {"0": False, "0.0": False, "no": False, "false": False}

    def read(cell: pl.Expr) -> pl.Expr:
        return cell.str.to_lowercase().replace_strict(
            words, default=None, return_dtype=pl.Boolean
        )  # fmt: skip

    return _read(column, read, "0 or 1, yes or no")


def one_of(column: str, names: Mapping[str, str], rule: str) -> Parsed:
    """Read a word that stands for a canonical one; `names` has its keys in lower case."""

    def read(cell: pl.Expr) -> pl.Expr:
        return cell.str.to_lowercase().replace_strict(
            dict(names), default=None, return_dtype=pl.String
        )  # fmt: skip

    return _read(column, read, rule)


def literal(value: Any, dtype: Any = None) -> Parsed:
    """Give every row the same value, which no column tells."""
    return Parsed((), pl.lit(value, dtype=dtype), pl.lit(value=False), "")


def day(column: str, format: str) -> Parsed:
    """Read a day written in `format`; a time of day in it is dropped."""
    has_time = any(directive in format for directive in ("%H", "%I", "%T", "%R"))

    def read(cell: pl.Expr) -> pl.Expr:
        if has_time:
            days = _local_time(cell, format).dt.date()
        else:
            days = cell.str.to_date(format, strict=False)
        return pl.when(days >= _EARLIEST).then(days)

    return _read(column, read, f"a day like {_example(format)}")


def english_day(column: str) -> Parsed:
    """Read `Aug 19, 2011`, which YouTube writes whatever the language of the headers."""
    return day(column, "%b %d, %Y")


def moment(column: str, format: str, time_zone: str | None) -> Parsed:
    """Read a local date-time of `time_zone` as UTC; null where the format has its own offset.

    Notes
    -----
    Of a time that occurs twice the earlier is meant. A time that never occurs, in the hour a
    clock springs forward, is read with the offset before the change.
    """

    def read(cell: pl.Expr) -> pl.Expr:
        written = _local_time(cell, format)
        return pl.when(written.dt.date() >= _EARLIEST).then(written)

    parsed = _read(column, read, f"a date and time like {_example(format)}")
    if time_zone is None:
        return parsed
    as_clocks_ran = parsed.mapped(lambda value: _as_clocks_ran(value, time_zone))
    return replace(as_clocks_ran, value=_in_utc(parsed.value, time_zone))


def moment_from_tiktok_id(column: str) -> Parsed:
    """Read the UTC second of upload out of a TikTok video id, or a link that ends in one.

    Notes
    -----
    The id's upper 32 bits are epoch seconds (measured on exported files, 2026-11-23). For a
    scheduled post that is the upload, days before publication.
    """

    def read(cell: pl.Expr) -> pl.Expr:
        second = cell.str.extract(_TIKTOK_ID, 1).cast(pl.Int64, strict=False) // 2**32
        known = pl.when(second.is_between(*_TIKTOK_EPOCH_S)).then(second)
        return (known * 1_000_000).cast(pl.Datetime("us", "UTC"))

    return _read(column, read, "a TikTok video id with all its digits")


def moment_from_epoch(column: str) -> Parsed:
    """Read a UTC second written as seconds since 1970."""

    def read(cell: pl.Expr) -> pl.Expr:
        second = pl.when(cell.str.contains(_EPOCH)).then(cell).cast(pl.Int64, strict=False)
        return (second * 1_000_000).cast(pl.Datetime("us", "UTC"))

    return _read(column, read, "a second since 1970 like 1757203200")


def is_not_reported(column: str) -> pl.Expr:
    """Tell where the cell says that there is no value."""
    return _cell(pl.col(column)).is_null()


def _cell(text: pl.Expr) -> pl.Expr:
    bare = text.str.strip_chars()
    return pl.when(~bare.str.to_lowercase().is_in(NOT_REPORTED)).then(bare)


def _read(
    column: str, read: Callable[[pl.Expr], pl.Expr], rule: str, plain: pl.Expr | None = None
) -> Parsed:
    """Read what reads as it stands; strip and look for not_data only in the rest, which is slow."""
    plain = read(pl.col(column)) if plain is None else plain
    rest = _cell(pl.when(plain.is_null()).then(pl.col(column)))
    stripped = read(rest)
    failed = rest.is_not_null() & stripped.is_null()
    return Parsed((column,), pl.coalesce(plain, stripped), failed, rule, plain)


def _number(column: str, dtype: type[pl.DataType], rule: str, *, suffix: str = "") -> Parsed:
    """Cast what casts as it stands; only the rest goes through the expressions that cost."""
    plain = pl.col(column).cast(dtype, strict=False)
    if dtype == pl.Float64:
        plain = pl.when(plain.is_finite() & ~_is_cut(pl.col(column))).then(plain)
    else:
        plain = plain.cast(pl.Int64, strict=False)
    rest = _cell(pl.when(plain.is_null()).then(pl.col(column)))
    bare = rest.str.replace("\u2212", "-", literal=True)
    bare = bare.str.replace(suffix, "") if suffix else bare
    read = _decimal(bare) if dtype == pl.Float64 else _whole(bare, dtype)
    failed = rest.is_not_null() & read.is_null()
    return Parsed((column,), pl.coalesce(plain, read), failed, rule, plain)


def _whole(cell: pl.Expr, dtype: type[pl.DataType]) -> pl.Expr:
    digits = cell.str.replace(r"[.,]0{1,2}$", "").str.replace_all(r"[^0-9+-]", "")
    number = pl.when(cell.str.contains(_WHOLE)).then(digits).cast(dtype, strict=False)
    return number.cast(pl.Int64, strict=False)


def _decimal(cell: pl.Expr) -> pl.Expr:
    is_grouped = cell.str.contains(_GROUPED_DECIMAL)
    bare = pl.when(is_grouped).then(cell.str.replace_all(",", "", literal=True)).otherwise(cell)
    value = bare.cast(pl.Float64, strict=False)
    return pl.when(value.is_finite() & ~_is_cut(cell)).then(value)


def _is_cut(cell: pl.Expr) -> pl.Expr:
    """Tell where a spreadsheet wrote `1.02E+05`, whose further digits are gone."""
    return cell.str.contains("E+", literal=True)


def _local_time(cell: pl.Expr, format: str) -> pl.Expr:
    """Read times, of which so few repeat that remembering them costs more than it saves."""
    return cell.str.to_datetime(format, strict=False, time_unit="us", cache=False)


def _as_clocks_ran(written: pl.Expr, time_zone: str) -> pl.Expr:
    """Give a local time in UTC, null where no clock showed it."""
    local = written.dt.replace_time_zone(time_zone, ambiguous="earliest", non_existent="null")
    return local.dt.convert_time_zone("UTC")


def _in_utc(written: pl.Expr, time_zone: str) -> pl.Expr:
    after_the_gap = written + pl.duration(hours=1)
    return pl.coalesce(_as_clocks_ran(written, time_zone), _as_clocks_ran(after_the_gap, time_zone))


def _example(format: str) -> str:
    return datetime(2026, 5, 26, 10, 23, tzinfo=UTC).strftime(format)
