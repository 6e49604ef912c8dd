"""In which formats every cell of a column is a day, and in which a moment."""

import re
from collections.abc import Iterable

import polars as pl

from transforms.mappings.days import ORDERS, day, has_time

_TIME = re.compile(
    r"(?P<hour>\d{1,2}):\d{2}(?P<second>:\d{2})?(?P<fraction>\.\d+)?"
    r"(?P<space>\s?)(?P<half>[AaPp][Mm])?(?P<gap>\s?)(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?$"
)
_BETWEEN = re.compile(r"(?:\s+at\s+|[T,\s]+)$")
_NUMBERS = re.compile(r"^(\d{1,4})([-/. ])\d{1,2}\2(\d{1,4})$")
_NUMERIC = r"^\d{1,4}[-/. ]\s?\d{1,2}[-/. ]\s?\d{1,4}"
_NAMED = (
    "%b %d, %Y", "%B %d, %Y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y", "%b %d %Y",
    "%a, %b %d, %Y", "%a %b %d %Y", "%A, %B %d, %Y", "%d %b, %Y",
)  # fmt: skip
_FOUR_DIGITS = 4
_LONGEST = 60


def day_forms(cells: pl.Series) -> tuple[str, ...]:
    """Give the orders in which every cell is a day, else the format with a month's name.

    A year of two digits is rather the last number than the first.
    """
    if not _can_be_day(cells[0]):
        return ()
    if not cells.str.contains(_NUMERIC).all():
        return _fitting(cells, (f"{named}{_rest(cells)}" for named in _NAMED))[:1]
    frame = cells.to_frame("cell")
    fit = [
        order
        for order in ORDERS
        if frame.select(day("cell", order).value.is_not_null().all()).item()
    ]
    return tuple(sorted(fit, key=lambda order: order == "ymd" and not _starts_with_year(cells)))


def moment_formats(cells: pl.Series) -> tuple[str, ...]:
    """Give the formats in which every cell is a day and a time of day."""
    found = _TIME.search(cells[0]) if _can_be_day(cells[0]) else None
    if not found:
        return ()
    written, rest = cells[0][: found.start()], _time(found)
    bare = _BETWEEN.sub("", written)
    between = written[len(bare) :]
    numeric = _numeric(bare)
    forms = _fitting(cells, (f"{form}{between}{rest}" for form in numeric or _NAMED))
    return forms if numeric else forms[:1]


def _rest(cells: pl.Series) -> str:
    """Give what follows a day with a month's name: its time of day, where it has one."""
    found = _TIME.search(cells[0])
    if not found:
        return ""
    gap = _BETWEEN.search(cells[0][: found.start()])
    return f"{gap[0] if gap else ''}{_time(found)}"


def _numeric(written: str) -> tuple[str, ...]:
    found = _NUMBERS.match(written)
    if not found:
        return ()
    first, mark, last = found.groups()
    if len(first) == _FOUR_DIGITS:
        return (f"%Y{mark}%m{mark}%d",)
    year = "%Y" if len(last) == _FOUR_DIGITS else "%y"
    return (f"%d{mark}%m{mark}{year}", f"%m{mark}%d{mark}{year}")


def _time(found: re.Match[str]) -> str:
    hour = "%I" if found["half"] else "%H"
    seconds = ":%S" if found["second"] else ""
    fraction = "%.f" if found["fraction"] else ""
    half = f"{found['space']}%p" if found["half"] else ""
    gap = found["gap"] if found["half"] else found["space"]
    zone = found["zone"] or ""
    offset = zone if zone.isalpha() else "%z" if zone else ""
    return f"{hour}:%M{seconds}{fraction}{half}{gap if offset else ''}{offset}"


def _fitting(cells: pl.Series, formats: Iterable[str]) -> tuple[str, ...]:
    fit_first = (form for form in formats if _fits(cells.head(1), form))
    return tuple(form for form in fit_first if _fits(cells, form))


def _fits(cells: pl.Series, form: str) -> bool:
    moments = cells.str.to_datetime(form, strict=False, ambiguous="earliest")
    read = moments if has_time(form) else cells.str.to_date(form, strict=False)
    return bool(read.is_not_null().all())


def _can_be_day(cell: str) -> bool:
    return len(cell) <= _LONGEST and any(map(str.isdigit, cell))


def _starts_with_year(cells: pl.Series) -> bool:
    return bool(cells.str.contains(r"^\d{4}").all())
