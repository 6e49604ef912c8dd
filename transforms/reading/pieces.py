"""A large delimited file, read piece by piece: what lies in memory is one piece."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import polars as pl

from transforms.reading.ahead import made_beside, one_ahead
from transforms.reading.content import kind, size_bytes
from transforms.reading.damaged import Dialect
from transforms.reading.delimited import opening
from transforms.reading.encoding import to_utf8
from transforms.reading.limits import Limits
from transforms.reading.quoting import count_quotes, is_regular
from transforms.reading.rows import check_cells, parse_records, parse_some
from transforms.reading.table import TextTable, repeated_headers

_BOM = b"\xef\xbb\xbf"


class NotCleanError(Exception):
    """A file cannot be cut into pieces that mean what the whole means."""


@dataclass(frozen=True)
class Pieces:
    """A delimited file that can be read again and again, each time in the same pieces.

    Attributes
    ----------
    header_number
        Number of the header among the records.
    ends
        Where each piece ends, known once all were read: their quotes are then known to be regular.
    """

    path: Path
    name: str
    encoding: str
    dialect: Dialect
    header_number: int
    header: tuple[str, ...]
    limits: Limits = field(repr=False)
    ends: list[int] = field(default_factory=list, repr=False)

    def tables(self, some: Sequence[str] | None = None) -> Iterator[TextTable]:
        """Give the file as tables of some records each; `row_number` counts through all.

        Parameters
        ----------
        some
            Columns that must be there; others can then be left out. All when null.

        Raises
        ------
        NotCleanError
            Where quotes are damaged, a record is too long or the content is not UTF-8.
        ReadingError
            For a cell beyond the limits.
        """
        before = 0
        pieces = one_ahead(self._again() if self.ends else self._checked())
        for rows in made_beside(lambda piece: self._parse(piece, some), _without_mark(pieces)):
            own = rows.slice(max(0, self.header_number - before))
            own = own.with_columns(pl.col("row_number") + before)
            before += rows.height
            check_cells(own, self.name, self.limits)
            yield TextTable(
                header=self.header,
                rows=own,
                sheet=None,
                encoding=self.encoding,
                delimiter=self.dialect.delimiter,
                notes=tuple(repeated_headers(self.header)),
            )

    def _checked(self) -> Iterator[bytes]:
        ends = []
        for piece, end in _cut(self.path, self.limits):
            if not is_regular(piece, self.dialect.delimiter):
                raise NotCleanError
            ends.append(end)
            yield bytes(piece)
        self.ends.extend(ends)

    def _again(self) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            for begin, end in pairwise((0, *self.ends)):
                yield file.read(end - begin)

    def _parse(self, piece: bytes, some: Sequence[str] | None) -> pl.DataFrame:
        delimiter, columns = self.dialect.delimiter, len(self.header)
        try:
            if some and _has_short_records(piece, self.limits.max_record_bytes):
                return parse_some(piece, delimiter, columns, some)
            return parse_records(piece, delimiter, columns)
        except pl.exceptions.PolarsError as error:
            raise NotCleanError from error


def open_pieces(content: bytes | Path, name: str, limits: Limits) -> Pieces | None:
    """Open a file for reading in pieces; nothing where it is small or is no table of text.

    Raises
    ------
    ReadingError
        As `read_tables`.
    """
    if not isinstance(content, Path):
        return None
    if not limits.max_whole_bytes < size_bytes(content) <= limits.max_file_bytes:
        return None
    if kind(content, name) != "delimited":
        return None
    encoded = to_utf8(content, name, limits)
    if encoded.content is not content:
        return None
    opened = opening(encoded, name, limits)
    if not opened.is_plain:
        return None
    return Pieces(
        path=content,
        name=name,
        encoding=encoded.encoding,
        dialect=opened.dialect,
        header_number=opened.header_number,
        header=opened.header,
        limits=limits,
    )


def _cut(path: Path, limits: Limits) -> Iterator[tuple[memoryview, int]]:
    """Cut the bytes after the last record that ends in each piece; give where that is as well.

    A piece is good until the next is asked for: all are read into the same memory.
    """
    begin, block = 0, bytearray(limits.piece_bytes)
    with path.open("rb") as file:
        while read := file.readinto(block):
            is_last = read < len(block)
            end = read if is_last else _end_of_records(block)
            if end:
                begin += end
                yield memoryview(block)[:end], begin
            elif len(block) > limits.max_line_bytes:
                raise NotCleanError
            block = _of_size(block, limits.piece_bytes if end else len(block) + limits.piece_bytes)
            file.seek(begin)


def _without_mark(pieces: Iterable[bytes]) -> Iterator[bytes]:
    return (
        piece.removeprefix(_BOM) if number == 0 else piece for number, piece in enumerate(pieces)
    )


def _of_size(block: bytearray, size: int) -> bytearray:
    return block if len(block) == size else bytearray(size)


def _has_short_records(piece: bytes, limit: int) -> bool:
    """Tell whether no record, and so no cell, can be longer than the limit."""
    begin = 0
    while len(piece) - begin > limit:
        end = _end_of_records(piece, begin, begin + limit)
        if end == begin:
            return False
        begin = end
    return True


def _end_of_records(content: bytes | bytearray, begin: int = 0, stop: int | None = None) -> int:
    """Give where the last whole record ends: after a line's end outside of quotes."""
    stop = len(content) if stop is None else stop
    end = max(begin, content.rfind(b"\n", begin, stop) + 1)
    quotes = count_quotes(content, begin, end)
    while quotes % 2:
        earlier = max(begin, content.rfind(b"\n", begin, end - 1) + 1)
        quotes -= content.count(b'"', earlier, end)
        end = earlier
    return end
