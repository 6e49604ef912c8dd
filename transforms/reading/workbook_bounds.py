"""How large a workbook becomes once its cells are laid out, told before anything lays them out.

A sheet names the place of each cell and a text by its number, so that a file of a kilobyte can
ask for 17 thousand million cells, or for the same long text in each of them: the reader of
workbooks would ask for that memory, and the process would end. A few regular expressions over the
packed XML tell both; a place that is written in no such way the reader refuses itself.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from transforms.reading.compound_file import MAGIC
from transforms.reading.content import head, opened, size_bytes, whole
from transforms.reading.errors import ReadingError
from transforms.reading.limits import Limits, check_rewriting
from transforms.reading.xls_bounds import check_xls

_CHUNK_BYTES = 8 * 1024 * 1024
_LONGEST_TAG = 64 * 1024
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")
_SHARED = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?\bt\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v>\s*(\d{1,9})"""
)
_TEXT = re.compile(rb"<(?:\w+:)?si\b.*?</(?:\w+:)?si\s*>", re.DOTALL)
_TEXT_BEGINS = re.compile(rb"<(?:\w+:)?si[\s/>]")
_OTHER_FORMS = ("xl/workbook.bin", "content.xml")
_BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError,
           zlib.error)  # fmt: skip


@dataclass
class _Bounds:
    """Corners of what is filled in one sheet, and the bytes of the texts it shares."""

    rows: tuple[int, int] | None = None
    columns: tuple[int, int] | None = None
    shared_bytes: int = 0

    @property
    def cells(self) -> int:
        if self.rows is None or self.columns is None:
            return 0
        return (self.rows[1] - self.rows[0] + 1) * (self.columns[1] - self.columns[0] + 1)


def check_bounds(content: bytes | Path, name: str, limits: Limits) -> None:
    """Refuse a workbook whose sheets, laid out, are larger than the limits; pass a broken zip.

    Raises
    ------
    ReadingError
        Naming what is too large; for a binary or OpenDocument workbook, which have other bounds.
    """
    if head(content, len(MAGIC)) == MAGIC:
        check_rewriting(
            size_bytes(content), name, "is an .xls workbook", limits, "max_unpacked_bytes"
        )
        check_xls(whole(content), name, limits)
        return
    try:
        with opened(content) as file, zipfile.ZipFile(file) as archive:
            _check(archive, name, limits)
    except ReadingError:
        raise
    except _BROKEN:
        return


def _check(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    names = archive.namelist()
    if any(member.lower() in _OTHER_FORMS for member in names):
        raise ReadingError(f"{name} is a workbook of another form than xlsx: save it as xlsx")
    lengths = _shared_texts(archive, names, limits, name)
    cells = shared = 0
    for member in names:
        bounds = _bounds(pieces(archive, member), lengths)
        cells, shared = cells + bounds.cells, shared + bounds.shared_bytes
    if cells > limits.max_workbook_cells:
        raise ReadingError(
            f"{name} spans {cells:,} cells, {limits.more_than('max_workbook_cells')}: a cell far "
            "below or beside the table stretches it; export it as CSV"
        )
    if shared > limits.max_unpacked_bytes:
        raise ReadingError(
            f"{name} repeats its texts to {shared:,} bytes, "
            f"{limits.more_than('max_unpacked_bytes')}: export it as CSV"
        )


def _shared_texts(
    archive: zipfile.ZipFile, names: list[str], limits: Limits, name: str
) -> np.ndarray:
    """Give the bytes of every shared text; all the longest where the XML may number them oddly."""
    found: list[np.ndarray] = []
    for member in names:
        if not member.lower().endswith("sharedstrings.xml"):
            continue
        content = archive.read(member)
        texts = sum(1 for _ in _TEXT_BEGINS.finditer(content))
        if texts > limits.max_workbook_cells:
            raise ReadingError(
                f"{name} lists {texts:,} texts, {limits.more_than('max_workbook_cells', 'cells')}: "
                "export it as CSV"
            )
        lengths = np.fromiter((len(text.group()) for text in _TEXT.finditer(content)), np.int64)
        if len(lengths) != texts or b"<!" in content:
            lengths = np.full(texts, lengths.max(initial=0), np.int64)
        found.append(lengths)
    return np.concatenate([np.zeros(0, np.int64), *found])


def pieces(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """Give the XML in pieces that end where a tag of a cell or a row begins."""
    with archive.open(member) as stream:
        rest = b""
        while chunk := stream.read(_CHUNK_BYTES):
            piece = rest + chunk
            cut = max(piece.rfind(b"<c "), piece.rfind(b"<row"), len(piece) - _LONGEST_TAG, 1)
            yield piece[:cut]
            rest = piece[cut:]
        yield rest


def _bounds(pieces: Iterator[bytes], lengths: np.ndarray) -> _Bounds:
    bounds = _Bounds()
    for piece in pieces:
        places = _PLACE.findall(piece)
        if places:
            letters, digits = zip(*places, strict=True)
            rows = np.array(digits).astype(np.int64)
            columns = {column_number(text) for text in set(letters)}
            bounds.rows = _wider(bounds.rows, int(rows.min()), int(rows.max()))
            bounds.columns = _wider(bounds.columns, min(columns), max(columns))
        if len(lengths) and (found := _SHARED.findall(piece)):
            numbers = np.array(found).astype(np.int64)
            bounds.shared_bytes += int(lengths[numbers[numbers < len(lengths)]].sum())
    return bounds


def _wider(span: tuple[int, int] | None, least: int, most: int) -> tuple[int, int]:
    return (least, most) if span is None else (min(span[0], least), max(span[1], most))


def column_number(letters: bytes) -> int:
    """Give the number of a column from its letters: `A` is 1, `AA` is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
