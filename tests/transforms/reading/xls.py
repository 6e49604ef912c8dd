"""A workbook in the binary form of Excel 97, byte by byte: as little as readers ask for."""

import struct
from collections.abc import Sequence

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR = 512
Cell = tuple[int, int, str | float]


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def xls(
    cells: Sequence[Cell], texts: Sequence[str] = (), more: bytes = b"", sheets: int = 1
) -> bytes:
    """Write sheets that share their records: numbers, and texts by their number in `texts`.

    Parameters
    ----------
    more
        Records before the cells.
    """
    body = b"".join(_cell(row, column, value, texts) for row, column, value in cells)
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6)) + more
    shared = b"".join(struct.pack("<HB", len(text), 1) + text.encode("utf-16-le") for text in texts)
    opening = record(0x809, struct.pack("<HHHHII", 0x600, 0x05, 0, 0, 0, 6))
    opening += record(0x42, struct.pack("<H", 1200))
    closing = record(0xFC, struct.pack("<II", len(texts), len(texts)) + shared) + record(0x0A)
    names = [f"S{number}".encode() for number in range(sheets)]
    size = sum(12 + len(name) for name in names)
    place = len(opening) + size + len(closing)
    listed = b"".join(
        record(0x85, struct.pack("<IBBBB", place, 0, 0, len(name), 0) + name) for name in names
    )
    return compound(opening + listed + closing + begin + body + record(0x0A))


def compound(stream: bytes, name: str = "Workbook") -> bytes:
    """Write a compound file of one stream."""
    stream = stream.ljust(4096, b"\0")
    count = -(-len(stream) // SECTOR)
    fats = 1
    while fats * 128 < count + 1 + fats:
        fats += 1
    chain = [*range(1, count), END, END, *[FAT] * fats]
    table = struct.pack(f"<{fats * 128}I", *chain, *[FREE] * (fats * 128 - len(chain)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIIII", 0, fats, count, 0, 4096, END, 0, END, 0, count + 1)
    header += struct.pack("<108I", *range(count + 2, count + 1 + fats), *[FREE] * (109 - fats))
    root = _entry("Root Entry", 5, END, 0, child=1)
    own = _entry(name, 2, 0, len(stream))
    directory = (root + own).ljust(SECTOR, b"\0")
    return header + stream.ljust(count * SECTOR, b"\0") + directory + table


def _cell(row: int, column: int, value: str | float, texts: Sequence[str]) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        return record(0xFD, place + struct.pack("<I", texts.index(value)))
    return record(0x203, place + struct.pack("<d", value))


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(encoded), kind, 1, FREE, FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
