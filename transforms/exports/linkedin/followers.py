"""LinkedIn member, analytics export, sheet FOLLOWERS: new followers per day, and their number.

The first record says the number on the last day, `Total followers on 10/9/2026`; it is the level of
that day. New followers are gross: those who left are not taken off.
"""

import re

import polars as pl

from transforms.cells import parse
from transforms.cells.days import DAY, day_of
from transforms.export import Export
from transforms.exports.linkedin.conventions import MEMBER_EXPORT, MEMBER_SOURCE, dated
from transforms.layout import Layout, LayoutError
from transforms.reading.table import TextTable
from transforms.vocabulary import Vocabulary, read_vocabulary

COLUMNS = ("date", "new_followers", "followers")

_DAY = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})")


def _lay_out(table: TextTable, about: str, names: Vocabulary) -> Layout:
    """Give one record per day, with the number of followers on the day that has it."""
    matches = [names.match(name) for name in table.header]
    places = {match.column: place for place, match in enumerate(matches) if match}
    if missing := {"date", "new_followers"} - set(places):
        wanted = " and ".join(repr(names.spell(column, "en")) for column in sorted(missing))
        raise LayoutError(f"under {table.tab!r} {wanted} is expected, not {list(table.header)}")
    rows = table.rows.select(
        pl.col(str(places["date"])).alias("0"),
        pl.col(str(places["new_followers"])).alias("1"),
        "row_number",
        "surplus",
    )
    header = (table.header[places["date"]], table.header[places["new_followers"]], _label(table))
    laid = TextTable(
        header, _with_level(rows, table), table.sheet, table.encoding, table.delimiter, table.notes
    )
    return Layout(laid, COLUMNS)


def _label(table: TextTable) -> str:
    return next((cells[0] for cells in _levels(table)), "")


def _levels(table: TextTable) -> list[tuple[str, ...]]:
    return [cells for cells in table.above if len(cells) == 2 and _DAY.search(cells[0])]


def _with_level(rows: pl.DataFrame, table: TextTable) -> pl.DataFrame:
    """Put the number of followers beside its day, or into a record of its own."""
    bare = rows.with_columns(pl.lit(None, pl.String).alias("2"))
    ordered = bare.select("0", "1", "2", "row_number", "surplus")
    for label, number in _levels(table):
        day = _written_day(label)
        is_day = [_written_day(cell) == day for cell in rows["0"]]
        if any(is_day):
            told = pl.when(pl.Series(is_day)).then(pl.lit(number)).otherwise("2")
            ordered = ordered.with_columns(told.alias("2"))
        else:
            cell = ".".join(map(str, day or ()))
            own = {"0": cell.replace(".", "/"), "2": number, "row_number": 1}
            ordered = pl.concat([ordered, _one(own, ordered.schema)])
    return ordered


def _one(cells: dict[str, object], schema: pl.Schema) -> pl.DataFrame:
    return pl.DataFrame([dict.fromkeys(schema) | cells], schema=schema)


def _written_day(text: str | None) -> tuple[int, ...] | None:
    found = _DAY.search(text or "")
    return tuple(map(int, found.groups())) if found else None


EXPORT = Export(
    name="linkedin_followers",
    platform="linkedin",
    title="LinkedIn member analytics, FOLLOWERS, daily",
    vocabulary=read_vocabulary(__name__),
    tables=("account_day",),
    columns={
        "day": day_of("date"),
        "gross_follows": parse.count("new_followers"),
        "followers": parse.count("followers"),
    },
    key="date",
    titles=frozenset({"followers"}),
    is_sheet=True,
    layout=_lay_out,
    derive=dated,
    days_inside=pl.col(DAY),
    days_covered=pl.col(DAY),
    source=MEMBER_SOURCE,
    where=MEMBER_EXPORT,
)
