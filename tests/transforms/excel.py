"""What a spreadsheet makes of a file that was opened in it and saved again."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from xml.sax.saxutils import escape

from tests.sample.archive import pack

_SAVED = datetime(2026, 1, 1, tzinfo=UTC)
_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_STYLES = (0, 14, 10, 21, 22, 16)
"""Numbers of Excel's own formats: general, day, percent, clock, day and clock, day and month."""

Grid = list[list[str]]


def cells_of(content: bytes) -> Grid:
    """Part delimited text into cells."""
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    text = content.decode(encoding).removeprefix("sep=,\n")
    delimiter = "\t" if "\t" in text.partition("\n")[0] else ","
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def written(grid: Grid, delimiter: str = ",", end: str = "\r\n") -> str:
    """Write cells as Excel does: quotes only where they are needed."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(grid)
    return out.getvalue()


_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?|[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PERCENT = re.compile(r"[-+]?\d+(?:\.\d+)?%")
_CLOCK = re.compile(r"(\d{1,3}):(\d{2}):(\d{2})")
_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%m/%d/%Y", "%b %d, %Y", "%Y-%m-%d %H:%M:%S",
            "%Y/%m/%d %H:%M:%S", "%m/%d/%Y %H:%M", "%Y-%m-%dT%H:%M:%S")  # fmt: skip
_LABELS = ("%Y %B %d", "%Y %d %B", "%Y %b %d", "%Y %d %b")


def number_of(cell: str, year: int = 2026) -> tuple[str, int] | None:
    """Give the number Excel keeps of a cell of text and the format it shows it in."""
    if _NUMBER.fullmatch(cell):
        digits = cell.replace(",", "").lstrip("+")
        return (digits if len(digits) < 16 else repr(float(f"{float(digits):.14E}")), 0)
    if _PERCENT.fullmatch(cell):
        return repr(round(float(cell[:-1]) / 100, 15)), 2
    if match := _CLOCK.fullmatch(cell):
        hours, minutes, seconds = map(int, match.groups())
        return repr((hours * 3600 + minutes * 60 + seconds) / 86400), 3
    if (moment := moment_of(cell)) is not None:
        days = (moment - _ZERO) / timedelta(days=1)
        return repr(days), 1 if moment.time() == time() else 4
    if (labelled := _parsed(f"{year} {cell}", _LABELS)) is not None:
        return repr((labelled - _ZERO) / timedelta(days=1)), 5
    return None


def moment_of(cell: str) -> datetime | None:
    """Give the day or moment a cell writes with its year."""
    return _parsed(cell, _FORMATS)


def _parsed(cell: str, formats: Sequence[str]) -> datetime | None:
    for form in formats:
        try:
            return datetime.strptime(cell, form)  # noqa: DTZ007
        except ValueError:
            continue
    return None


def workbook(tables: dict[str, Grid], year: int = 2026) -> bytes:
    """Save sheets as Excel does: days, clocks and percentages are numbers with a format."""
    sheets = {f"sheet{number}.xml": _sheet(grid, year)
              for number, grid in enumerate(tables.values(), start=1)}  # fmt: skip
    names = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(tables, start=1)
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/{file}"/>'
        for number, file in enumerate(sheets, start=1)
    )
    formats = "".join(f'<xf numFmtId="{number}" applyNumberFormat="1"/>' for number in _STYLES)
    return pack(
        {
            "_rels/.rels": _relations(
                f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
                'Target="xl/workbook.xml"/>'
            ),
            "xl/_rels/workbook.xml.rels": _relations(
                f'{relations}<Relationship Id="style" Type="{_OFFICE}/styles" Target="styles.xml"/>'
            ),
            "xl/workbook.xml": (
                f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{names}</sheets></workbook>'
            ).encode(),
            "xl/styles.xml": (
                f'<styleSheet xmlns="{_MAIN}"><cellXfs>{formats}</cellXfs></styleSheet>'
            ).encode(),
            **{f"xl/worksheets/{file}": sheet for file, sheet in sheets.items()},
        },
        _SAVED,
    )


def _relations(relations: str) -> bytes:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'.encode()


def _sheet(grid: Grid, year: int) -> bytes:
    rows = "".join(
        f'<row r="{number}">'
        + "".join(_cell(cell, f"{_letters(place)}{number}", year)
                  for place, cell in enumerate(record) if cell)
        + "</row>"
        for number, record in enumerate(grid, start=1)
    )  # fmt: skip
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def _cell(cell: str, place: str, year: int) -> str:
    if (number := number_of(cell, year)) is not None:
        return f'<c r="{place}" s="{number[1]}"><v>{number[0]}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'


def _letters(place: int) -> str:
    return (chr(64 + place // 26) if place >= 26 else "") + chr(65 + place % 26)
