"""Streams of an OLE compound file, which an `.xls` workbook is (MS-CFB, read 2026-11-23)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER_BYTES = 512
_DIFAT_IN_HEADER = 109
_ENTRY_BYTES = 128
_ROOT = 5
_MOST_SECTOR_SHIFT = 12
_LAST_SECTOR = 0xFFFFFFFA


class CompoundFileError(ValueError):
    """The bytes are no whole compound file."""


@dataclass(frozen=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


class CompoundFile:
    """A compound file in memory."""

    def __init__(self, content: bytes) -> None:
        if len(content) < _HEADER_BYTES or not content.startswith(MAGIC):
            raise CompoundFileError("it is no compound file")
        self._content = content
        self._shift, self._mini_shift = struct.unpack_from("<HH", content, 30)
        if not 7 <= self._shift <= _MOST_SECTOR_SHIFT or self._mini_shift > self._shift:
            raise CompoundFileError("its sectors have no size that there is")
        self._directory, _, self._cutoff, self._mini_fat_start = struct.unpack_from(
            "<IIII", content, 48
        )

    def streams(self, name: str) -> Iterator[bytes]:
        """Give every stream of that name, whatever its case."""
        for entry in self._entries:
            if entry.name.lower() == name.lower() and entry.kind != _ROOT:
                yield self._stream(entry)

    @cached_property
    def _entries(self) -> list[_Entry]:
        data = b"".join(self._chain(self._directory))
        return [_entry(data, at) for at in range(0, len(data) - _ENTRY_BYTES + 1, _ENTRY_BYTES)]

    def _stream(self, entry: _Entry) -> bytes:
        if entry.size >= self._cutoff:
            return b"".join(self._chain(entry.start))[: entry.size]
        size = 1 << self._mini_shift
        held, places = self._mini_stream, self._walk(entry.start, self._mini_fat)
        return b"".join(held[place * size : (place + 1) * size] for place in places)[: entry.size]

    @cached_property
    def _mini_stream(self) -> bytes:
        root = next((entry for entry in self._entries if entry.kind == _ROOT), None)
        return b"".join(self._chain(root.start)) if root else b""

    @cached_property
    def _mini_fat(self) -> np.ndarray:
        return _numbers(b"".join(self._chain(self._mini_fat_start)))

    @cached_property
    def _fat(self) -> np.ndarray:
        return _numbers(b"".join(self._sector(place) for place in self._fat_sectors()))

    def _fat_sectors(self) -> Iterator[int]:
        yield from self._used(_numbers(self._content[76 : 76 + 4 * _DIFAT_IN_HEADER]))
        (place,) = struct.unpack_from("<I", self._content, 68)
        for _ in range(len(self._content) >> self._shift):
            if place >= _LAST_SECTOR:
                return
            *numbers, place = _numbers(self._sector(place)).tolist()
            yield from self._used(numbers)

    def _used(self, numbers: "np.ndarray | list[int]") -> Iterator[int]:
        return (int(number) for number in numbers if number < _LAST_SECTOR)

    def _chain(self, start: int) -> Iterator[bytes]:
        return (self._sector(place) for place in self._walk(start, self._fat))

    def _walk(self, start: int, table: np.ndarray) -> Iterator[int]:
        """Follow a chain of sectors to its end; one that has more than there are is a circle."""
        place = start
        for _ in range(len(table) + 1):
            if place >= _LAST_SECTOR:
                return
            if place >= len(table):
                raise CompoundFileError(f"sector {place} is beyond its end")
            yield place
            place = int(table[place])
        raise CompoundFileError("its sectors form a circle")

    def _sector(self, place: int) -> bytes:
        begin = (place + 1) << self._shift
        sector = self._content[begin : begin + (1 << self._shift)]
        if not sector:
            raise CompoundFileError(f"sector {place} is beyond its end")
        return sector


def _entry(data: bytes, at: int) -> _Entry:
    length, kind = struct.unpack_from("<HB", data, at + 64)
    start, size = struct.unpack_from("<IQ", data, at + 116)
    name = data[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
    return _Entry(name, kind, start, size & 0xFFFFFFFF)


def _numbers(data: bytes) -> np.ndarray:
    return np.frombuffer(data[: len(data) // 4 * 4], dtype="<u4")
