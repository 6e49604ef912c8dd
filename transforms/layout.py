"""How a titled table is laid out, and the same figures as one record each."""

from dataclasses import dataclass

from transforms.reading.table import TextTable


class LayoutError(ValueError):
    """A titled table is not laid out as its title promises; the message says what to do."""


@dataclass(frozen=True)
class Layout:
    """A titled table whose columns are known.

    Attributes
    ----------
    table
        As the file has it, or laid out anew with one record per figure; `row_number` then counts
        the figures from 1, row by row.
    columns
        Canonical column of each of its columns.
    """

    table: TextTable
    columns: tuple[str, ...]
