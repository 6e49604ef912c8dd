"""What stands above the header of a sheet and is no title of a stack of tables.

LinkedIn opens the sheets of a page's export with a sentence; those of a member's with a note and a
blank record, or with `Total followers on 10/9/2026` and their number (a file of 2025, and readers
of files until 2026, read 2026-11-23).
"""

import re
from collections.abc import Sequence

Cells = Sequence[str | None]

_FIGURE = re.compile(r"[-+]?\d[\d.,\s\u00a0\u202f]*%?")
_LONGEST_NAME = 80
_SENTENCE_ENDS = (".", "!", "?", "\u3002")


def preamble(records: Sequence[Cells]) -> tuple[tuple[tuple[str, ...], ...], int]:
    """Find the records above the header.

    Returns
    -------
    tuple
        The cells of each that has any, and the number of records they and the blank ones between
        them take; nothing and 0 where no record of several names follows.
    """
    above: list[tuple[str, ...]] = []
    for place, record in enumerate(records):
        cells = _cells(record)
        if not cells:
            continue
        is_note = len(cells) == 1 and (_is_sentence(cells[0]) or _is_blank(records, place + 1))
        if not (is_note or _is_labelled_figure(cells)):
            return (tuple(above), place) if above and _is_header(cells, above) else ((), 0)
        above.append(cells)
    return (), 0


def _cells(record: Cells) -> tuple[str, ...]:
    return tuple(text for cell in record if cell and (text := cell.strip()))


def _is_blank(records: Sequence[Cells], place: int) -> bool:
    return place < len(records) and not _cells(records[place])


def _is_sentence(text: str) -> bool:
    return len(text) > _LONGEST_NAME or text.endswith(_SENTENCE_ENDS)


def _is_labelled_figure(cells: tuple[str, ...]) -> bool:
    name, *rest = cells
    return len(rest) == 1 and not _FIGURE.fullmatch(name) and bool(_FIGURE.fullmatch(rest[0]))


def _is_header(cells: tuple[str, ...], above: Sequence[tuple[str, ...]]) -> bool:
    """Tell names from data; below a name with its figure none of them may be a figure."""
    strict = any(len(own) > 1 for own in above)
    names = [not _FIGURE.fullmatch(cell) for cell in cells]
    return len(cells) > 1 and (all(names) if strict else names[0])
