"""What is wrong with what arrived, as a person reads it: the data-quality page."""

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any

import polars as pl

from flows.reports.markup import more, table
from warehouse.published.quality import Quality

Row = Mapping[str, Any]
Columns = Mapping[str, Callable[[Row], object]]
"""Title of a column to what writes its cell."""

_NUMBERS = "records row said found files"

_QUARANTINE = """\
Each record broke a rule and is counted nowhere. Correct the file and lay it into the inbox again, \
or leave it out; `creator-metrics quarantine` lists every record whole."""
_LEFT = """\
Nothing of these files was loaded. `creator-metrics inspect FILE` says what a file lacks; a list \
that no platform exports is read after `creator-metrics map FILE`."""
_SUMS = """\
The file says one figure twice and the two differ, for no reason known. Its rows are loaded: \
compare the file with the platform's own page, and withdraw it if it is damaged."""
_DRIFT = """\
The platform renamed, added or dropped a header. A column with a question mark is a guess, and \
is not read until the export's header names have it."""


def quality_markdown(found: Quality) -> str:
    """Write the data-quality page: quarantine, files left, sums unexplained, headers changed."""
    text = [
        "# Data quality",
        "",
        "Of everything in the warehouse, the newest first.",
        *_part("Records in quarantine", _QUARANTINE, found.quarantined, _RECORDS),
        *_part("Files refused or not recognised", _LEFT, found.left, _FILES),
        *_part("Sums unexplained", _SUMS, found.unexplained, _CHECKS),
        *_part("Headers changed", _DRIFT, found.drift, _HEADERS),
    ]
    return "\n".join(text)


def _part(title: str, advice: str, rows: pl.DataFrame, columns: Columns) -> list[str]:
    if rows.is_empty():
        return ["", f"## {title}", "", "None."]
    cells = [[write(row) for write in columns.values()] for row in rows.to_dicts()]
    text = ["", f"## {title}", "", advice, "", *table(tuple(columns), cells, _NUMBERS)]
    return text + more(rows["of_all"][0] - rows.height, "rows like these, older ones")


def _file(row: Row) -> str:
    name = f"{row['path']}!{row['member']}" if row["member"] else str(row["path"])
    return f"{name}, sheet {row['sheet']}" if row["sheet"] else name


def _column(row: Row) -> str:
    return f"{row['suggestion']}?" if row["suggestion"] else row["canonical"]


def _figure(name: str) -> Callable[[Row], object]:
    return lambda row: f"{row[name]:,.10g}"


_RECORDS: Columns = {
    "file": _file,
    "column": itemgetter("column"),
    "rule": itemgetter("rule"),
    "records": itemgetter("records"),
    "row": itemgetter("first_row"),
    "value": itemgetter("example"),
}
_FILES: Columns = {
    "file": _file,
    "status": itemgetter("status"),
    "why": itemgetter("reason"),
}
_CHECKS: Columns = {
    "file": _file,
    "check": itemgetter("check"),
    "figure": itemgetter("metric"),
    "said": _figure("said"),
    "found": _figure("found"),
    "records": itemgetter("records"),
}
_HEADERS: Columns = {
    "export": itemgetter("export"),
    "header": lambda row: f"{row['kind']}: {row['header']}",
    "column": _column,
    "files": itemgetter("files"),
    "last seen in": itemgetter("path"),
}
