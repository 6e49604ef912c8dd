"""A table of text, before anything is known of what it means."""

from collections import Counter
from dataclasses import dataclass, field

import polars as pl

from transforms.reading.errors import ReadingError
from transforms.reading.limits import Limits


@dataclass(frozen=True)
class TextTable:
    """One table of a file.

    Attributes
    ----------
    header
        Cells of the first record, as written; a name can stand twice.
    rows
        Columns `0`, `1`, ...: text, null where the cell is empty. `row_number` counts the
        records of the file from 1, the header and a `sep=` line among them; a record all of
        whose cells are empty is none. `surplus`: what stands beyond the header, null where
        nothing does; of a record with damaged quotes that no reading fits and that is too short,
        the whole text, its cells being empty.
    sheet
        Sheet of a workbook; of a titled table also its title, with a number where that stands
        again.
    encoding, delimiter
        As found; `xlsx` and `` for a workbook.
    notes
        What was noticed on the way.
    title
        What stands alone above the header; null for an ordinary table.
    tab
        Name of the sheet alone; null where the file has none.
    above
        Cells of the records above the header that are neither a title nor data.
    """

    header: tuple[str, ...]
    rows: pl.DataFrame = field(repr=False)
    sheet: str | None
    encoding: str
    delimiter: str
    notes: tuple[str, ...] = ()
    title: str | None = None
    tab: str | None = None
    above: tuple[tuple[str, ...], ...] = ()


def repeated_headers(header: tuple[str, ...]) -> list[str]:
    """Say which names stand more than once in the header."""
    counts = Counter(name for name in header if name.strip())
    words = {2: "twice", 3: "three times"}
    return [
        f"header {name!r} stands {words.get(count, f'{count} times')}"
        for name, count in counts.items()
        if count > 1
    ]


def check_columns(columns: int, name: str, limits: Limits) -> None:
    """Refuse a header with more cells than any export has."""
    if columns > limits.max_columns:
        raise ReadingError(
            f"{name} has {columns:,} columns, {limits.more_than('max_columns')}: it is no export"
        )
