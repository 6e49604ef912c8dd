"""Workbooks: every sheet a table of text."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import python_calamine as calamine

from transforms.reading.content import opened, unpacked_bytes
from transforms.reading.errors import ReadingError
from transforms.reading.limits import Limits
from transforms.reading.preamble import preamble
from transforms.reading.stacked import blocks, sheet_names
from transforms.reading.table import TextTable, check_columns, repeated_headers
from transforms.reading.workbook_bounds import check_bounds
from transforms.reading.workbook_formats import Cells, Shown, shown_cells

_EXACT_DIGITS = 1e15
_PERCENT_TO = 10
"""Decimals kept: 0.07 times 100 is 7.000000000000001 before."""

_FAILURES = (
    calamine.CalamineError, calamine.PasswordError, calamine.XmlError, calamine.ZipError,
    calamine.WorksheetNotFound, OSError, ValueError, RuntimeError,
)  # fmt: skip

Record = tuple[str | None, ...]
Sheet = tuple[str, list[Record]]


def read_workbook(content: bytes | Path, name: str, limits: Limits) -> list[TextTable]:
    """Read every sheet that has a cell, and each of the tables stacked in one under titles.

    Raises
    ------
    ReadingError
        For a workbook that is broken, protected, empty or beyond the limits.
    """
    return [
        table
        for sheet, records in _sheets(content, name, limits)
        for table in _tables(sheet, records, name, limits)
    ]


def first_of_sheets(
    content: bytes | Path, name: str, limits: Limits, count: int
) -> list[tuple[str, list[tuple[str, ...]]]]:
    """Give the cells of the first records of every sheet."""
    return [
        (sheet, [tuple(cell or "" for cell in record) for record in _filled(records)[:count]])
        for sheet, records in _sheets(content, name, limits)
    ]


def _sheets(content: bytes | Path, name: str, limits: Limits) -> list[Sheet]:
    if unpacked_bytes(content) > limits.max_unpacked_bytes:
        raise ReadingError(
            f"{name} unpacks to {limits.more_than('max_unpacked_bytes', 'bytes')}: export it as CSV"
        )
    check_bounds(content, name, limits)
    shown = shown_cells(content)
    sheets = [
        (sheet, _records(values, start, shown.get(sheet, {})))
        for sheet, start, values in _values(content, name, limits)
    ]
    filled = [(sheet, records) for sheet, records in sheets if _filled(records)]
    if not filled:
        raise ReadingError(f"{name} is a workbook without a single cell: download it again")
    return filled


def _values(
    content: bytes | Path, name: str, limits: Limits
) -> list[tuple[str, tuple[int, int], list[list[Any]]]]:
    """Give each sheet, the place of its first filled corner and its cells from there."""
    try:
        with opened(content) as file:
            workbook = calamine.CalamineWorkbook.from_filelike(file)
            names = [
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.typ == calamine.SheetTypeEnum.WorkSheet
            ]
            if len(names) > limits.max_sheets:
                raise ReadingError(
                    f"{name} has {len(names)} sheets, {limits.more_than('max_sheets')}: "
                    "no export has"
                )
            read = [(sheet, workbook.get_sheet_by_name(sheet)) for sheet in names]
            return [(sheet, cells.start or (0, 0), cells.to_python()) for sheet, cells in read]
    except ReadingError:
        raise
    except calamine.PasswordError as error:
        raise ReadingError(f"{name} is protected by a password: save it without one") from error
    except _FAILURES as error:
        raise ReadingError(
            f"{name} is no workbook that can be read ({error}): export it as CSV"
        ) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise ReadingError(f"{name} is a damaged workbook: export it as CSV") from error


def _records(values: list[list[Any]], start: tuple[int, int], shown: Cells) -> list[Record]:
    if not shown:
        return [tuple(_text(value) for value in row) for row in values]
    return [
        tuple(
            _shown(value, shown[row, column]) if (row, column) in shown else _text(value)
            for column, value in enumerate(cells, start=start[1])
        )
        for row, cells in enumerate(values, start=start[0])
    ]


def _shown(value: Any, shown: Shown) -> str | None:
    """Write a cell as the sheet shows it, where that says more than what it keeps."""
    match value:
        case int() | float() if shown == "percent":
            return f"{_number_text(round(float(value) * 100, _PERCENT_TO))}%"
        case date() if shown == "day":
            return f"{value:%d-%b}"
        case date() if shown == "month":
            return f"{value:%b-%y}"
    return _text(value)


def _filled(records: Sequence[Record]) -> list[Record]:
    return [record for record in records if any(cell is not None for cell in record)]


def _tables(
    sheet: str, records: Sequence[Record], name: str, limits: Limits
) -> Iterator[TextTable]:
    found = blocks(records, is_declared=False)
    if len(found) > limits.max_sheets:
        raise ReadingError(
            f"{name} has {len(found)} titled tables, {limits.more_than('max_sheets')}: "
            "no export has"
        )
    if not found:
        above, start = preamble(records)
        table = _table(sheet, _filled(records[start:]), len(above), name, limits)
        yield replace(table, tab=sheet, above=above)
    before = 0
    for block, title in zip(found, sheet_names(found), strict=True):
        own = [records[place] for place in block.places]
        table = _table(f"{sheet}: {title}", own or [()], before + 1, name, limits)
        yield replace(table, title=block.title, tab=sheet)
        before += 1 + len(own)


def _table(
    sheet: str, records: Sequence[Record], before: int, name: str, limits: Limits
) -> TextTable:
    """Make a table of a header and its records, which so many others stand before."""
    first = records[0]
    columns = max(
        (place for place, cell in enumerate(first, start=1) if cell is not None), default=0
    )
    check_columns(columns, name, limits)
    header = tuple(cell or "" for cell in first[:columns])
    rows = pl.DataFrame(
        {
            **{str(number): [row[number] for row in records[1:]] for number in range(columns)},
            "row_number": range(before + 2, before + len(records) + 1),
            "surplus": [" ".join(filter(None, row[columns:])) or None for row in records[1:]],
        },
        schema={
            **{str(number): pl.String for number in range(columns)},
            "row_number": pl.UInt32,
            "surplus": pl.String,
        },
    )
    return TextTable(header, rows, sheet, "workbook", "", tuple(repeated_headers(header)))


def _text(value: Any) -> str | None:
    match value:
        case None | "":
            return None
        case bool():
            return str(value).upper()
        case int() | float():
            return _number_text(float(value))
        case datetime():
            is_day = value.time() == time()
            return value.date().isoformat() if is_day else value.isoformat(sep=" ")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
    return str(value)


def _number_text(number: float) -> str:
    """Write a number out, unless it has more digits than Excel keeps: an id is lost by then."""
    if not number.is_integer():
        return repr(number)
    return f"{number:.0f}" if abs(number) < _EXACT_DIGITS else f"{number:.14E}"
