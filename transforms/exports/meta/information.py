"""What the insights of Instagram's "Download your information" have in common.

A file has one root, the root one entry, and the entry every figure under its label. Days are a
span without a year, `Feb 6 - May 6`, English in every language seen; lists are one cell,
`Nigeria: 60.1%, India: 4.2%`, whose comma can also be the decimal one.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import polars as pl

from transforms.cells import parse
from transforms.cells.calendar_labels import read_day_labels
from transforms.cells.parse import Parsed
from transforms.export import Clues
from transforms.layout import Layout, LayoutError
from transforms.reading.table import TextTable
from transforms.vocabulary import read_vocabulary

NAMES = read_vocabulary("transforms.exports.meta.instagram_information")

SOURCE = (
    "Real export of 2025, read 2026-11-23; labels in French and Portuguese, and in other cases, "
    "from public programs that read such files, read that day"
)
WHERE = (
    "Instagram > Accounts Centre > Your information and permissions > Download your information > "
    "Logged information > Past Instagram insights, JSON; keep the zip's name"
)

RANGE = "date_range"

_FIRST, _LAST = "_first_day", "_last_day"
_ITEM = re.compile(
    r"\s*(?P<name>[^:%]{1,200}?)\s{0,3}:\s{0,3}"
    r"(?:%\s?(?P<led>\d{1,3}(?:[.,]\d{1,4})?)|(?P<figure>\d{1,3}(?:[.,]\d{1,4})?)\s?%)"
    r"\s*(?:[,;\u060c\u3001]|$)"
)
_DASH = re.compile(r"\s+[-\u2013\u2014]\s+")
_TIME_ZONES_EAST_OF_UTC = timedelta(days=1)
_YEARS_BACK = 8

FIRST_AND_LAST: pl.Expr = pl.concat_list(_FIRST, _LAST).explode()
"""First and last day of the range, of each record."""


def cells(table: TextTable) -> dict[str, str | None]:
    """Give what the one entry says under each label we know; null where it reports nothing.

    Raises
    ------
    LayoutError
        For several entries, and for a label that stands twice with different values.
    """
    if table.rows.height > 1:
        raise LayoutError(
            f"{table.title!r} has {table.rows.height} entries where one is expected: nothing "
            "tells them apart. Download the information again"
        )
    if table.rows.is_empty():
        return {}
    found: dict[str, str | None] = {}
    for label, cell in zip(table.header, table.rows.row(0), strict=False):
        match = NAMES.match(label)
        if match is None:
            continue
        said = None if (cell or "").strip().lower() in parse.NOT_REPORTED else cell
        if found.setdefault(match.column, said) != said:
            raise stands_twice(label, found[match.column], said)
    return found


def stands_twice(label: str, one: str | None, other: str | None) -> LayoutError:
    """Say that a label has two values."""
    return LayoutError(
        f"{label!r} stands twice, with {one!r} and {other!r}: nothing tells which is meant"
    )


def items(cell: str) -> list[tuple[str, str]]:
    """Cut a list into names and percentages, these with a decimal point and without their sign.

    Raises
    ------
    LayoutError
        Where the cell is no such list.
    """
    found = []
    place = 0
    while place < len(cell):
        item = _ITEM.match(cell, place)
        if item is None:
            raise LayoutError(
                f"{cell[place : place + 60]!r} is no list like 'Nigeria: 60.1%, India: 4.2%'"
            )
        found.append((item["name"], (item["led"] or item["figure"]).replace(",", ".")))
        place = item.end()
    return found


def lay_out_records(
    table: TextTable, columns: Sequence[str], records: Sequence[Sequence[str | None]]
) -> Layout:
    """Give a table of our own records, each with the range of days last."""
    span = cells(table).get(RANGE)
    names = (*columns, RANGE)
    rows = pl.DataFrame(
        [(*record, span) for record in records],
        schema={str(place): pl.String for place in range(len(names))},
        orient="row",
    ).with_columns(
        pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).alias("row_number"),
        pl.lit(None, pl.String).alias("surplus"),
    )
    spelled = _spelled(table)
    laid = TextTable(
        header=tuple(spelled.get(name) or NAMES.spell(name, "en") for name in names),
        rows=rows,
        sheet=table.sheet,
        encoding=table.encoding,
        delimiter=table.delimiter,
        notes=table.notes,
        title=table.title,
    )
    return Layout(laid, names)


def _spelled(table: TextTable) -> Mapping[str, str]:
    matches = ((NAMES.match(label), label) for label in table.header)
    return {match.column: label for match, label in matches if match}


def with_range(data: pl.DataFrame, clues: Clues) -> pl.DataFrame:
    """Add the first and the last day of the range, null where they cannot be told.

    The year is the newest in which the range ends no later than the day of observation; a day
    more is allowed, since the range is in the account's time zone and may be a day ahead.
    """
    texts = data.get_column(RANGE).drop_nulls().unique().to_list()
    spans = {text: _span(text, clues.newest_possible + _TIME_ZONES_EAST_OF_UTC) for text in texts}
    told = {text: span for text, span in spans.items() if span}
    places = {_FIRST: 0, _LAST: 1}
    return data.with_columns(
        pl.col(RANGE)
        .replace_strict(
            list(told), [span[place] for span in told.values()], default=None, return_dtype=pl.Date
        )
        .alias(name)
        for name, place in places.items()
    ).with_columns(_seen=pl.min_horizontal(_LAST, pl.lit(clues.newest_possible)))


NEWEST_DAY: pl.Expr = pl.col("_seen")
"""Last day of the range, or the newest that can be where the account's zone is a day ahead."""


def _span(text: str, newest: date) -> tuple[date, date] | None:
    parts = _DASH.split(text.strip())
    if len(parts) != 2:
        return None
    read = read_day_labels(pl.Series(parts, dtype=pl.String))
    if None in read.get_column("day").to_list():
        return None
    first_label, last_label = read.rows()
    last = _newest(last_label, newest)
    first = _newest(first_label, last) if last else None
    return (first, last) if first and last else None


def _newest(label: tuple[int | None, int, int], latest: date) -> date | None:
    """Give the newest such day that is not after `latest`; February 29 is not in every year."""
    year, month, day = label
    years = [year] if year else range(latest.year, latest.year - _YEARS_BACK - 1, -1)
    days = (_day(candidate, month, day) for candidate in years)
    return next((found for found in days if found and found <= latest), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


RANGE_CHECK = Parsed(
    (RANGE,),
    pl.col(_LAST),
    pl.col(RANGE).is_not_null() & pl.col(_LAST).is_null(),
    "a span of days like Feb 6 - May 6",
)
