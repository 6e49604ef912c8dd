"""What the first bytes of delimited text tell: the delimiter, the first records, the header."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property

from transforms.reading.content import head
from transforms.reading.damaged import Dialect, first_records
from transforms.reading.encoding import Encoded
from transforms.reading.errors import ReadingError
from transforms.reading.limits import Limits
from transforms.reading.table import check_columns

_BOM = b"\xef\xbb\xbf"
_DELIMITERS = (",", ";", "\t")
_SEPARATOR_LINE = re.compile(rb'[\r\n]*"?sep=([,;\t|])\1*"?\r?(?:\n|\Z)')
_QUOTED = re.compile(rb'"[^"]*"')
_LINES_FOR_DELIMITER = 6


@dataclass(frozen=True)
class Start:
    """The first bytes of a file, without a byte order mark; records of them are parsed once."""

    text: bytes = field(repr=False)
    limits: Limits = field(repr=False)

    @classmethod
    def of(cls, encoded: Encoded, limits: Limits) -> "Start":
        """Read as much as one record may have."""
        text = head(encoded.content, limits.max_record_bytes).removeprefix(_BOM)
        return cls(text, limits)

    @property
    def is_declared(self) -> bool:
        """Whether a `sep=` line declares the delimiter."""
        return self._declaration is not None

    @property
    def declared_bytes(self) -> int:
        """Where that line ends; 0 without one."""
        return self._declaration.end() if self._declaration else 0

    @cached_property
    def dialect(self) -> Dialect:
        """How cells are delimited; whether all stand in quotes, `as_quoted` tells."""
        return _dialect(self._delimiter, is_fully_quoted=False)

    def records(self) -> Iterator[list[bytes]]:
        """Give the cells of its records, a `sep=` line among them."""
        yield from self._parsed
        for cells in self._unparsed:
            self._parsed.append(cells)
            yield cells

    def undeclared(self) -> Iterator[list[str]]:
        """Give the records as text, a `sep=` line left out."""
        records = self.records()
        if self.is_declared:
            records = first_records(self.text[self.declared_bytes :], self.dialect)
        return ([cell.decode(errors="replace") for cell in cells] for cells in records)

    def header(self, name: str) -> tuple[int, tuple[str, ...]]:
        """Give the header's number among the records, and its cells.

        Raises
        ------
        ReadingError
            Where no record of names ends within the limits, or one has too many.
        """
        number = 0
        for cells in self.records():
            if not any(cells):
                continue
            number += 1
            is_declaration = self.is_declared and number == 1
            if is_declaration or not any(cell.strip() for cell in cells):
                continue
            if sum(map(len, cells)) >= self.limits.max_record_bytes - 2 * len(cells):
                break
            check_columns(len(cells), name, self.limits)
            return number, tuple(cell.decode(errors="replace") for cell in cells)
        if len(self.text) >= self.limits.max_record_bytes:
            raise ReadingError(
                f"{name}: its header has {self.limits.more_than('max_record_bytes', 'bytes')}: "
                "it is no table, or a quote at its start is never closed"
            )
        raise ReadingError(f"{name} is empty: download it again")

    @cached_property
    def _parsed(self) -> list[list[bytes]]:
        return []

    @cached_property
    def _unparsed(self) -> Iterator[list[bytes]]:
        return first_records(self.text, self.dialect)

    @cached_property
    def _declaration(self) -> re.Match[bytes] | None:
        return _SEPARATOR_LINE.match(self.text)

    @property
    def _delimiter(self) -> str:
        if self._declaration:
            return self._declaration.group(1).decode()
        bare = _QUOTED.sub(b"", self.text[:65536])
        lines = [line for line in bare.splitlines() if line.strip(b" ")]
        for sample in (lines[:1], lines[1:_LINES_FOR_DELIMITER]):
            counts = Counter({mark: sum(line.count(mark.encode()) for line in sample)
                              for mark in _DELIMITERS})  # fmt: skip
            mark, most = counts.most_common(1)[0]
            if most:
                return mark
        return ","


def as_quoted(dialect: Dialect, text: bytes) -> Dialect:
    """Give the dialect of text whose first record, after a `sep=` line, may be fully quoted."""
    declared = _SEPARATOR_LINE.match(text)
    begin = declared.end() if declared else 0
    is_fully_quoted = dialect.quoted_record.match(text, begin) is not None
    return _dialect(dialect.delimiter, is_fully_quoted=is_fully_quoted)


@cache
def _dialect(delimiter: str, *, is_fully_quoted: bool) -> Dialect:
    return Dialect(delimiter, is_fully_quoted)
