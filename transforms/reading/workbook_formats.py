"""What a workbook shows where it keeps something else: percentages, and days without a year.

A spreadsheet that opens `1.39%` keeps 0.0139, and of `April 12` the twelfth of April of the year
in which it was opened; only the format of the cell tells. The reader of workbooks gives what is
kept, so that the formats are read here, and the cells are written as the sheet shows them.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path, PurePosixPath
from typing import Literal

from transforms.reading.content import opened
from transforms.reading.workbook_bounds import column_number, pieces

Shown = Literal["percent", "day", "month"]
Cells = Mapping[tuple[int, int], Shown]
"""Row and column of a cell, both from 0, to how it is shown."""

_BUILT_IN: dict[int, Shown] = {9: "percent", 10: "percent", 16: "day", 17: "month"}
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s([^>]*)>")
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs\s*>", re.DOTALL)
_STYLE = re.compile(rb"<(?:\w+:)?xf\s([^>]*)>")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_PLACE = re.compile(rb"([A-Za-z]{1,3})(\d{1,7})")
_NO_FORMAT = re.compile(r'"[^"]*"|&quot;.*?&quot;|\[[^\]]*\]|\\.|[_*].')
_BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, KeyError, ValueError, OSError,
           EOFError, zlib.error)  # fmt: skip


def shown_cells(content: bytes | Path) -> dict[str, Cells]:
    """Find the cells of each sheet that show a percentage, a day without its year or a month.

    Returns
    -------
    dict
        Only the sheets that have such cells, by name; nothing for what is no zip of XML, which
        the reader of workbooks refuses itself.
    """
    try:
        with opened(content) as file, zipfile.ZipFile(file) as archive:
            styles = _styles(archive)
            if not styles:
                return {}
            found = {
                sheet: dict(_cells(archive, member, styles)) for sheet, member in _sheets(archive)
            }
    except _BROKEN:
        return {}
    return {sheet: cells for sheet, cells in found.items() if cells}


def _styles(archive: zipfile.ZipFile) -> dict[int, Shown]:
    """Give the number of each style that shows one of the three."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    xml = archive.read("xl/styles.xml")
    formats = dict(_BUILT_IN)
    for attributes in map(_attributes, _FORMAT.findall(xml)):
        if shown := _shown(attributes.get("formatCode", "")):
            formats[int(attributes["numFmtId"])] = shown
    listed = _STYLES.search(xml)
    styles = map(_attributes, _STYLE.findall(listed.group() if listed else b""))
    numbers = (int(style.get("numFmtId", "0")) for style in styles)
    return {place: formats[number] for place, number in enumerate(numbers) if number in formats}


def _shown(code: str) -> Shown | None:
    """Read a format of the user's own, such as `0.0%` and `[$-409]mmm-yy;@`."""
    bare = _NO_FORMAT.sub("", code.partition(";")[0]).lower()
    if "%" in bare:
        return "percent"
    if not {"m"} <= set(bare) or {"h", "s"} & set(bare):
        return None
    if "d" in bare:
        return None if "y" in bare else "day"
    return "month" if "y" in bare else None


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Give the name of each sheet and the member that holds it."""
    relations = {
        relation["Id"]: relation["Target"]
        for relation in map(
            _attributes, _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels"))
        )
    }
    for sheet in map(_attributes, _SHEET.findall(archive.read("xl/workbook.xml"))):
        target = relations.get(sheet.get("r:id", ""), "")
        member = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
        if member in archive.namelist():
            yield sheet["name"], member


def _cells(
    archive: zipfile.ZipFile, member: str, styles: Mapping[int, Shown]
) -> Iterator[tuple[tuple[int, int], Shown]]:
    for piece in pieces(archive, member):
        for cell in map(_attributes, _CELL.findall(piece)):
            shown = styles.get(int(cell.get("s", "0")))
            place = _PLACE.fullmatch(cell.get("r", "").encode())
            if shown and place:
                yield (int(place.group(2)) - 1, column_number(place.group(1)) - 1), shown


def _attributes(text: bytes) -> dict[str, str]:
    return {
        name.decode(): unescape((one or two).decode("utf-8", "replace"))
        for name, one, two in _ATTRIBUTE.findall(text)
    }
