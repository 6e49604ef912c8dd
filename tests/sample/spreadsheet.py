"""A workbook as TikTok and LinkedIn write one: every cell text, no shared strings."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from xml.sax.saxutils import escape

from tests.sample.archive import pack

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def workbook(sheet: str, rows: Sequence[Sequence[str]], at: datetime) -> bytes:
    """Write one sheet of text cells."""
    return sheets({sheet: rows}, at)


def sheets(tables: Mapping[str, Sequence[Sequence[str]]], at: datetime) -> bytes:
    """Write several sheets of text cells; an empty cell is none."""
    named = [(f"sheet{number}.xml", f"rId{number}") for number in range(1, len(tables) + 1)]
    listed = "".join(
        f'<sheet name="{escape(sheet)}" sheetId="{number}" r:id="{named[number - 1][1]}"/>'
        for number, sheet in enumerate(tables, start=1)
    )
    return pack(
        {
            "[Content_Types].xml": _content_types([file for file, _ in named]),
            "_rels/.rels": _relations([(f"{_OFFICE}/officeDocument", "xl/workbook.xml", "rId1")]),
            "xl/_rels/workbook.xml.rels": _relations(
                [(f"{_OFFICE}/worksheet", f"worksheets/{file}", name) for file, name in named]
            ),
            "xl/workbook.xml": (
                f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets>'
                "</workbook>"
            ).encode(),
            **{
                f"xl/worksheets/{file}": _worksheet(rows)
                for (file, _), rows in zip(named, tables.values(), strict=True)
            },
        },
        at,
    )


def _worksheet(rows: Sequence[Sequence[str]]) -> bytes:
    lines = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{chr(65 + place)}{number}" t="str"><v>{escape(value)}</v></c>'
            for place, value in enumerate(row)
            if value
        )
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    corner = f"{chr(64 + max(map(len, rows)))}{len(rows)}"
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><dimension ref="A1:{corner}"/>'
        f'<sheetViews><sheetView workbookViewId="0"/></sheetViews>'
        f"<sheetData>{lines}</sheetData></worksheet>"
    ).encode()


def _relations(relations: Sequence[tuple[str, str, str]]) -> bytes:
    listed = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'
        for kind, target, name in relations
    )
    return (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'
    ).encode()


def _content_types(files: Sequence[str]) -> bytes:
    parts = "".join(
        f'<Override PartName="/xl/worksheets/{file}" ContentType="{_SHEET_TYPE}.worksheet+xml"/>'
        for file in files
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>'
        f"{parts}</Types>"
    ).encode()
