"""From the bytes of a file to its tables of text."""

from dataclasses import dataclass, field
from pathlib import Path

from transforms.reading.content import kind, size_bytes, whole
from transforms.reading.delimited import first_delimited, read_delimited
from transforms.reading.encoding import to_utf8
from transforms.reading.errors import ReadingError
from transforms.reading.json_tables import read_json
from transforms.reading.limits import DEFAULT_LIMITS, Limits
from transforms.reading.table import TextTable
from transforms.reading.workbook import first_of_sheets, read_workbook

__all__ = ["Limits", "Preview", "ReadingError", "TextTable", "read_tables", "records"]

_READ_AT_ONCE_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Preview:
    """The first records of one table, as written, before any is taken for a header."""

    sheet: str | None
    records: list[tuple[str, ...]] = field(repr=False)


def read_tables(
    content: bytes | Path, name: str, limits: Limits = DEFAULT_LIMITS
) -> list[TextTable]:
    """Read every table of a file: of delimited text, of JSON, of each sheet of a workbook.

    Parameters
    ----------
    content
        The bytes, or a local file that holds them.
    name
        What to call the file in messages; it decides nothing.

    Raises
    ------
    ReadingError
        For what holds no table or cannot be read truthfully.
    """
    _check_size(content, name, limits)
    if size_bytes(content) <= _READ_AT_ONCE_BYTES:
        content = whole(content)
    match kind(content, name):
        case "workbook":
            return read_workbook(content, name, limits)
        case "json":
            return read_json(content, name, limits)
    return read_delimited(to_utf8(content, name, limits), name, limits)


def records(
    content: bytes | Path,
    name: str,
    limits: Limits = DEFAULT_LIMITS,
    count: int = 20,
) -> list[Preview]:
    """Give the first records of every table, for looking at.

    Raises
    ------
    ReadingError
        As `read_tables`.
    """
    _check_size(content, name, limits)
    if (found := kind(content, name)) == "json":
        return [_preview(table, count) for table in read_json(content, name, limits)]
    if found == "workbook":
        sheets = first_of_sheets(content, name, limits, count)
        return [Preview(sheet, found) for sheet, found in sheets]
    return [Preview(None, first_delimited(to_utf8(content, name, limits), name, limits, count))]


def _preview(table: TextTable, count: int) -> Preview:
    cells = table.rows.head(count - 1).drop("row_number", "surplus").fill_null("")
    return Preview(table.sheet, [table.header, *cells.iter_rows()])


def _check_size(content: bytes | Path, name: str, limits: Limits) -> None:
    size = size_bytes(content)
    if size > limits.max_file_bytes:
        raise ReadingError(
            f"{name} has {size:,} bytes, {limits.more_than('max_file_bytes')}: "
            "export a shorter period"
        )
