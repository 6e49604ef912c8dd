"""How large an `.xls` workbook becomes once its cells are laid out, told before anything does it.

A record says the place of a cell and shares its text by number, as in xlsx, so that a file of few
bytes can ask for thousands of millions of cells. Records as in MS-XLS (read 2026-11-23).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from transforms.reading.compound_file import CompoundFile, CompoundFileError
from transforms.reading.errors import ReadingError
from transforms.reading.limits import Limits

_STREAMS = ("Workbook", "Book")
_END, _CONTINUE, _SHEET, _TEXTS = 0x0A, 0x3C, 0x85, 0xFC
_SIZE, _SHARED_TEXT, _NUMBERS = 0x200, 0xFD, 0xBD
_CELLS = frozenset(
    (0x02, 0x03, 0x04, 0x05, 0x06, 0x203, 0x204, 0x205, 0x206, 0x27E, 0x406, 0xD6,
     _SHARED_TEXT, _NUMBERS)
)  # fmt: skip
_MOST_CELLS_OF_A_SHEET = 65_536 * 256
_BYTES_PER_CHARACTER = 3


@dataclass
class _Extent:
    """Corners of the filled cells of one sheet, and the bytes of the texts they share."""

    rows: tuple[int, int] = (1, 0)
    columns: tuple[int, int] = (1, 0)
    shared_bytes: int = 0

    @property
    def cells(self) -> int:
        return (self.rows[1] - self.rows[0] + 1) * (self.columns[1] - self.columns[0] + 1)

    def add(self, row: int, first: int, last: int) -> None:
        """Take in the cells of one row from one column to another."""
        if not self.cells:
            self.rows, self.columns = (row, row), (first, last)
        self.rows = min(self.rows[0], row), max(self.rows[1], row)
        self.columns = min(self.columns[0], first), max(self.columns[1], last)


def check_xls(content: bytes, name: str, limits: Limits) -> None:
    """Refuse an `.xls` workbook whose sheets, laid out, are larger than the limits.

    Raises
    ------
    ReadingError
        Naming what is too large, or where it is damaged.
    """
    try:
        file = CompoundFile(content)
        for stream in (stream for own in _STREAMS for stream in file.streams(own)):
            _check(stream, name, limits)
    except (CompoundFileError, struct.error) as error:
        raise ReadingError(
            f"{name} is a damaged .xls workbook ({error}): save it as xlsx, or export it as CSV"
        ) from error


def _check(stream: bytes, name: str, limits: Limits) -> None:
    sheets: list[int] = []
    texts: list[bytes] = []
    last = 0
    for kind, data in _records(stream, 0):
        if kind == _SHEET:
            sheets.append(struct.unpack_from("<I", data)[0])
        if kind == _TEXTS or (kind == _CONTINUE and last == _TEXTS):
            texts.append(data)
        last = last if kind == _CONTINUE else kind
    if len(sheets) > limits.max_sheets:
        raise ReadingError(
            f"{name} has {len(sheets)} sheets, {limits.more_than('max_sheets')}: no export has"
        )
    lengths = list(_lengths(texts))
    cells = shared = 0
    for begin in sheets:
        extent = _extent(stream, begin, lengths, name, limits)
        cells, shared = cells + extent.cells, shared + extent.shared_bytes
        _check_sums(cells, shared, name, limits)


def _extent(stream: bytes, begin: int, lengths: list[int], name: str, limits: Limits) -> _Extent:
    extent = _Extent()
    seen = 0
    for kind, data in _records(stream, begin):
        if kind == _SIZE:
            _check_claim(data, name, limits)
        if kind not in _CELLS or len(data) < 4:
            continue
        row, column = struct.unpack_from("<HH", data)
        is_several = kind == _NUMBERS and len(data) >= 6
        extent.add(
            row, column, struct.unpack_from("<H", data, len(data) - 2)[0] if is_several else column
        )
        if kind == _SHARED_TEXT and len(data) >= 10:
            number = struct.unpack_from("<I", data, 6)[0]
            extent.shared_bytes += lengths[number] if number < len(lengths) else 0
        seen += 1
        if seen > limits.max_workbook_cells:
            _check_sums(seen, 0, name, limits)
    return extent


def _check_claim(data: bytes, name: str, limits: Limits) -> None:
    """Refuse a sheet that says it has more cells than a sheet can: room is made for them."""
    if len(data) < 12:
        return
    first, end, left, right = struct.unpack_from("<IIHH", data)
    claimed = max(end - first, 0) * max(right - left, 0)
    if claimed > _MOST_CELLS_OF_A_SHEET:
        raise ReadingError(
            f"{name} says one of its sheets has {claimed:,} cells, more than an .xls can hold: "
            "save it as xlsx, or export it as CSV"
        )


def _check_sums(cells: int, shared: int, name: str, limits: Limits) -> None:
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


def _records(stream: bytes, begin: int) -> Iterator[tuple[int, bytes]]:
    """Give the records up to the one that ends the part of the stream."""
    while begin + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, begin)
        if kind == _END:
            return
        yield kind, stream[begin + 4 : begin + 4 + length]
        begin += 4 + length


def _lengths(parts: list[bytes]) -> Iterator[int]:
    """Give the bytes of every shared text, at most; one can go on in the next part."""
    place, position = 0, 8
    while place < len(parts):
        part = parts[place]
        if position + 3 > len(part):
            place, position = place + 1, 0
            continue
        characters, flags = struct.unpack_from("<HB", part, position)
        yield characters * _BYTES_PER_CHARACTER
        position += 3
        skipped = 0
        if flags & 0x08 and position + 2 <= len(part):
            skipped += 4 * struct.unpack_from("<H", part, position)[0]
            position += 2
        if flags & 0x04 and position + 4 <= len(part):
            skipped += struct.unpack_from("<I", part, position)[0]
            position += 4
        place, position = _after_characters(parts, place, position, characters, flags)
        place, position = _after_bytes(parts, place, position, skipped)


def _after_characters(
    parts: list[bytes], place: int, position: int, characters: int, flags: int
) -> tuple[int, int]:
    while characters and place < len(parts):
        width = 1 + (flags & 1)
        taken = min(characters, max(len(parts[place]) - position, 0) // width)
        characters, position = characters - taken, position + taken * width
        if characters:
            place, position = place + 1, 1
            flags = parts[place][0] if place < len(parts) and parts[place] else 0
    return place, position


def _after_bytes(parts: list[bytes], place: int, position: int, count: int) -> tuple[int, int]:
    while count and place < len(parts):
        taken = min(count, max(len(parts[place]) - position, 0))
        count, position = count - taken, position + taken
        if count:
            place, position = place + 1, 0
    return place, position
