"""Records whose quotes are damaged: mended where one reading fits the header, else kept apart.

Seen in exported files (2026-11-23): titles with quotes that nobody escaped, files cut off within
a caption, files saved again by hand.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

_MOST_LINES = 60
_MOST_BROKEN = 1000
"""Beyond so many, no further lines are tried: each trial costs."""


class TooDamagedError(Exception):
    """So many records have damaged quotes that they are better refused than kept apart."""


@dataclass(frozen=True)
class Dialect:
    """How cells are delimited.

    Attributes
    ----------
    delimiter
        One ASCII character.
    is_fully_quoted
        Whether every cell stands in quotes, so that `","` alone divides two.

    Notes
    -----
    A group is repeated within an atomic one, `(?>(?:...)*)`, never by `(?:...)*+`: up to Python
    3.11.4, and Debian 12 has 3.11.2, the latter goes on from where its last, failed try stopped
    (https://github.com/python/cpython/issues/106052, read 2026-11-23).
    """

    delimiter: str
    is_fully_quoted: bool = False

    @cached_property
    def separator(self) -> bytes:
        """Give the delimiter as a byte."""
        return self.delimiter.encode()

    @cached_property
    def record(self) -> re.Pattern[bytes]:
        """Match one record whose quotes are regular, with the end of its line."""
        return re.compile(self._record + rb"\r?(?:\n|\Z)")

    @cached_property
    def records(self) -> re.Pattern[bytes]:
        """Match as many of them as follow each other."""
        return re.compile(rb"(?>(?:" + self._record + rb"\r?\n){0,1000})")

    @cached_property
    def quoted_record(self) -> re.Pattern[bytes]:
        """Match one record all of whose cells stand in quotes, with the end of its line."""
        return re.compile(self._with(rb'"(?:[^"]|"")*"(?:D"(?:[^"]|"")*")*\r?(?:\n|\Z)'))

    @cached_property
    def escaping(self) -> re.Pattern[bytes]:
        """Match a cell; within quotes, two quotes are one, and a lone one is itself."""
        return self._cell(rb'(?>(?:[^"]++|""|"(?!D|\Z))*)')

    @cached_property
    def unescaping(self) -> re.Pattern[bytes]:
        """Match a cell; the first quote before a delimiter closes it, even after another."""
        return self._cell(rb'(?>(?:[^"]++|"(?!D|\Z))*)')

    @property
    def _record(self) -> bytes:
        cell = rb'(?:"(?>(?:[^"]++|"")*)"|[^"D\n]*+)'
        return self._with(cell + rb"(?>(?:D" + cell + rb")*)")

    def _cell(self, body: bytes) -> re.Pattern[bytes]:
        return re.compile(self._with(rb'(?:"(' + body + rb')"|([^D]*+))(D|\Z)'))

    def _with(self, pattern: bytes) -> bytes:
        return pattern.replace(b"D", re.escape(self.separator))


@dataclass(frozen=True)
class Mended:
    """Content whose quotes are regular.

    Attributes
    ----------
    repaired
        Records that had one reading with as many cells as the header.
    broken
        Records that had none. One with too many cells keeps them as they stand between
        delimiters; of any other the whole text stands beyond the header, ` | ` for a delimiter.
    """

    content: bytes
    repaired: int
    broken: int


@dataclass(frozen=True)
class _Record:
    end: int
    text: bytes
    cells: list[bytes] | None = None
    is_regular: bool = False
    is_open: bool = False


def mend(content: bytes, dialect: Dialect, columns: int, most_cells: int | None = None) -> Mended:
    """Write the content anew with regular quotes.

    A record with a damaged quote is read in the ways writers are known to have meant it: `","`
    between quoted cells, quotes not escaped, further lines of the same cell. The first way that
    gives `columns` cells is taken. Where none does, the record goes beyond the header, so that
    nobody takes its cells for data; and so do the short records after it, until a full one,
    where it is short itself: they may be its further lines.

    Raises
    ------
    TooDamagedError
        Where the records that have no reading come to more than `most_cells` cells.
    """
    pieces: list[bytes] = []
    repaired = broken = position = 0
    is_open = False
    while position < len(content):
        regular = None if is_open else dialect.records.match(content, position)
        if regular is not None and regular.end() > position:
            pieces.append(regular.group())
            position = regular.end()
            continue
        if is_open:
            record = _after_an_open_one(content, position, dialect, columns)
        else:
            record = _irregular(content, position, dialect, columns, broken < _MOST_BROKEN)
        position, is_open = record.end, record.is_open
        repaired += record.cells is not None and not record.is_regular
        broken += record.cells is None
        if most_cells is not None and broken * columns > most_cells:
            raise TooDamagedError
        pieces.append(_written(record, dialect, columns))
    return Mended(b"".join(pieces), repaired, broken)


def first_records(content: bytes, dialect: Dialect) -> Iterator[list[bytes]]:
    """Give the cells of one record after the other, blank lines as empty lists."""
    return (cells for _, cells in placed_records(content, dialect))


def placed_records(content: bytes, dialect: Dialect) -> Iterator[tuple[int, list[bytes]]]:
    """Give where each record begins, and its cells."""
    position = 0
    while position < len(content):
        regular = dialect.record.match(content, position)
        end = regular.end() if regular else _line_end(content, position)
        record = content[position:end].rstrip(b"\r\n")
        cells, _ = _cells(record, dialect.escaping)
        yield position, cells if record else []
        position = end


def _irregular(
    content: bytes, position: int, dialect: Dialect, columns: int, may_go_on: bool
) -> _Record:
    regular = dialect.record.match(content, position)
    if regular is not None:
        return _Record(regular.end(), regular.group(), [], is_regular=True)
    end = _line_end(content, position)
    line = content[position:end].rstrip(b"\r\n")
    cells = _fitting(line, dialect, columns)
    if cells is not None:
        return _Record(end, line, cells)
    cells, is_open = _cells(line, dialect.escaping)
    is_open = is_open or len(cells) < columns
    further = None
    if is_open and may_go_on:
        further = _with_further_lines(content, position, end, dialect, columns)
    return further or _Record(end, line, is_open=is_open)


def _after_an_open_one(content: bytes, position: int, dialect: Dialect, columns: int) -> _Record:
    regular = dialect.record.match(content, position)
    if regular is not None:
        text = regular.group().rstrip(b"\r\n")
        cells, _ = _cells(text, dialect.escaping)
        if len(cells) >= columns or not text:
            is_open = not text
            return _Record(regular.end(), regular.group(), [], is_regular=True, is_open=is_open)
        return _Record(regular.end(), text, is_open=True)
    end = _line_end(content, position)
    return _Record(end, content[position:end].rstrip(b"\r\n"), is_open=True)


def _with_further_lines(
    content: bytes, position: int, end: int, dialect: Dialect, columns: int
) -> _Record | None:
    for _ in range(_MOST_LINES):
        if end >= len(content):
            return None
        whole = dialect.record.match(content, end)
        next_end = _line_end(content, end)
        if whole is not None and whole.end() == next_end:
            cells, _ = _cells(whole.group().rstrip(b"\r\n"), dialect.escaping)
            if len(cells) == columns > 1:
                return None
        has_quote = b'"' in content[end:next_end]
        end = next_end
        text = content[position:end].rstrip(b"\r\n")
        fitting = _fitting(text, dialect, columns) if has_quote else None
        if fitting is not None:
            return _Record(end, text, fitting)
    return None


def _fitting(text: bytes, dialect: Dialect, columns: int) -> list[bytes] | None:
    if dialect.is_fully_quoted and text.startswith(b'"') and text.endswith(b'"'):
        between = b'"' + dialect.separator + b'"'
        cells = [cell.replace(b'""', b'"') for cell in text[1:-1].split(between)]
        if len(cells) == columns:
            return cells
    for pattern in (dialect.escaping, dialect.unescaping):
        cells, is_open = _cells(text, pattern)
        if len(cells) == columns and not is_open:
            return cells
    return None


def _cells(text: bytes, pattern: re.Pattern[bytes]) -> tuple[list[bytes], bool]:
    """Give the cells, and whether one was opened and never closed."""
    cells: list[bytes] = []
    is_open = False
    position = 0
    while True:
        match = pattern.match(text, position)
        if match is None:
            raise AssertionError(f"no cell at {position} of {text!r}")
        quoted, bare, delimiter = match.groups()
        if quoted is None:
            is_open = is_open or bare.startswith(b'"') or b"\n" in bare
        cells.append(bare if quoted is None else quoted.replace(b'""', b'"'))
        position = match.end()
        if not delimiter:
            return cells, is_open


def _written(record: _Record, dialect: Dialect, columns: int) -> bytes:
    if record.is_regular:
        return record.text
    cells = record.cells
    if cells is None:
        cells = [_bare(cell) for cell in record.text.split(dialect.separator)]
        if len(cells) <= columns:
            cells = [*[b""] * columns, record.text.replace(dialect.separator, b" | ")]
    quoted = (b'"' + cell.replace(b'"', b'""') + b'"' for cell in cells)
    return dialect.separator.join(quoted) + b"\n"


def _bare(cell: bytes) -> bytes:
    is_quoted = len(cell) > 1 and cell.startswith(b'"') and cell.endswith(b'"')
    return cell[1:-1].replace(b'""', b'"') if is_quoted else cell


def _line_end(content: bytes, position: int) -> int:
    return content.find(b"\n", position) + 1 or len(content)
