"""A workbook as TikTok writes one: a single sheet, every cell text, no shared strings."""

from collections.abc import Sequence
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
    return pack(
        {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _relation(f"{_OFFICE}/officeDocument", "xl/workbook.xml"),
            "xl/_rels/workbook.xml.rels": _relation(
                f"{_OFFICE}/worksheet", "worksheets/sheet1.xml"
            ),
            "xl/workbook.xml": (
                f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
                f'<sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>'
            ).encode(),
            "xl/worksheets/sheet1.xml": _worksheet(rows),
        },
        at,
    )


def _worksheet(rows: Sequence[Sequence[str]]) -> bytes:
    lines = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{chr(65 + place)}{number}" t="str"><v>{escape(value)}</v></c>'
            for place, value in enumerate(row)
        )
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    corner = f"{chr(64 + len(rows[0]))}{len(rows)}"
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><dimension ref="A1:{corner}"/>'
        f'<sheetViews><sheetView workbookViewId="0"/></sheetViews>'
        f"<sheetData>{lines}</sheetData></worksheet>"
    ).encode()


def _relation(kind: str, target: str) -> bytes:
    return (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="{target}"/></Relationships>'
    ).encode()


def _content_types() -> bytes:
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" '
        f'ContentType="{_SHEET_TYPE}.worksheet+xml"/></Types>'
    ).encode()
