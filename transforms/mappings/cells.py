"""How a mapping says that a column is written, and the reading that follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from schemas.columns import FORMATS, PLATFORMS
from schemas.contract import Column
from transforms.cells import parse
from transforms.cells.compact_numbers import compact
from transforms.cells.parse import Parsed
from transforms.cells.profile_links import profile
from transforms.cells.published import published
from transforms.cells.segments import country
from transforms.cells.shown_names import shown_name
from transforms.cells.written_numbers import Decimal, is_rounded, number
from transforms.mappings.days import ORDERS, day, has_time, has_zone, is_format

COMPACT = "suffixed"
"""How `as` says that numbers can be cut short."""

LINK, SHOWN = "link", "name"
"""How `as` says that an account is told by a link to it, or in a list by its shown name."""

MULTIPLES = {"thousands": 1e3, "millions": 1e6}
DURATIONS = {"ms": 1e-3, "seconds": 1.0, "minutes": 60.0, "hours": 3600.0}
WORDED: dict[str, tuple[str, ...]] = {"format": FORMATS, "platform": PLATFORMS}
"""Columns whose cells are words for ours, and what ours are."""

COUNTRY = "audience_country"
"""Column whose cells are names of countries."""

_HANDLES = ("account_ref", "account_handle", "exported_by")
_IDS = ("post_id",)


@dataclass(frozen=True, kw_only=True)
class Cells:
    """One column as a mapping declares it.

    Attributes
    ----------
    headers
        How the file spells its header.
    written
        Unit or format its cells have (`as`); null for the plain one.
    currency
        ISO 4217 code of its money.
    words
        The file's word, in lower case, to ours.
    optional
        Whether the file can lack it.
    """

    headers: tuple[str, ...]
    written: str | None = None
    currency: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    optional: bool = False


def forms(column: Column) -> tuple[str, ...]:
    """List what `as` can say of a contract column, beside a format of its own."""
    if column.name == "account_ref":
        return ("handle", "id", LINK, SHOWN)
    if column.name in _HANDLES:
        return ("handle", "id", LINK)
    if column.name in _IDS:
        return ("handle", "id")
    if _is_day(column):
        return (*ORDERS, "a strptime format")
    if column.dtype.is_integer():
        return (COMPACT, *MULTIPLES)
    if column.dtype.is_float():
        return (*_float_forms(column),)
    return ()


def is_form(column: Column, written: str) -> bool:
    """Say whether `as` can say this of the column."""
    return is_format(written) if _is_day(column) else written in forms(column)


def is_money(column: Column) -> bool:
    """Say whether the column is an amount of money."""
    return column.unit == "money"


def readings(
    column: Column, cells: Cells, *, decimal: Decimal, time_zone: str | None
) -> dict[str, Parsed]:
    """Give the reading of a column, and of those that go with it: a source, a currency."""
    name = column.name
    if name == "published_at":
        return _published(name, cells, time_zone)
    if _is_day(column):
        return {name: day(name, cells.written or "ymd")}
    if column.dtype == pl.Boolean:
        return {name: parse.boolean(name)}
    if cells.written == SHOWN:
        return {name: shown_name(name), "account_name": parse.text(name)}
    if column.dtype == pl.String:
        return {name: _text(name, cells)}
    read = _number(column, cells, decimal)
    if is_money(column) and cells.currency:
        code = pl.when(read.value.is_not_null()).then(pl.lit(cells.currency))
        return {name: read, "currency": Parsed(read.columns, code, pl.lit(value=False), "")}
    if name == "followers":
        rounded = pl.lit(value=True) if cells.written in MULTIPLES else is_rounded(name)
        told = pl.when(read.value.is_not_null()).then(rounded)
        return {name: read, "is_rounded": Parsed((name,), told, pl.lit(value=False), "")}
    return {name: read}


def _is_day(column: Column) -> bool:
    return column.dtype == pl.Date or column.name == "published_at"


def _float_forms(column: Column) -> tuple[str, ...]:
    if column.unit == "1":
        return ("percent", "fraction")
    if column.unit == "s":
        return (*DURATIONS, "clock")
    return (COMPACT, *MULTIPLES)


def _published(name: str, cells: Cells, time_zone: str | None) -> dict[str, Parsed]:
    written = cells.written or "ymd"
    if not has_time(written):
        return published("file_day", day(name, written))
    zone = None if has_zone(written) else time_zone
    return published("file_datetime", parse.moment(name, written, zone))


def _text(name: str, cells: Cells) -> Parsed:
    if name in WORDED:
        ours = {word: word for word in WORDED[name]} | dict(cells.words)
        return parse.one_of(name, ours, f"a word for one of {', '.join(WORDED[name])}")
    if name in _IDS or cells.written == "id":
        return parse.identifier(name)
    if name == COUNTRY:
        return country(name)
    if cells.written == LINK:
        return profile(name)
    return _handle(name) if name in _HANDLES else parse.text(name)


def _handle(name: str) -> Parsed:
    """Read a handle, and no link to it."""
    told, is_link = parse.handle(name), pl.col(name).str.contains("://", literal=True)
    return replace(
        told.with_value(pl.when(~is_link).then(told.value)),
        failed=told.failed | is_link.fill_null(value=False),
        rule='a handle; of a link to the account, as = "link" reads it',
    )


def _number(column: Column, cells: Cells, decimal: Decimal) -> Parsed:
    written = cells.written
    if written == "clock":
        return parse.duration_hms_s(column.name)
    if written == COMPACT:
        return compact(column.name, decimal=decimal, is_whole=column.dtype.is_integer())
    return number(
        column.name,
        decimal=decimal,
        factor=(MULTIPLES | DURATIONS).get(written or "", 1.0),
        is_percent=written == "percent",
        is_money=is_money(column),
        is_whole=column.dtype.is_integer(),
    )
