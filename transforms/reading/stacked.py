"""Tables stacked in one file, each under a title of its own, parted by blank records.

Meta Business Suite writes every figure so, X its video overview (files of 2024 to 2026, read
2026-11-23): a record of one cell, the title; the header directly below; the records; a blank
record before the next title.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Cells = Sequence[str | None]

_FIGURE = re.compile(r"[-+]?\d[\d.,\s\u00a0\u202f]*%?")
_LONGEST_TITLE = 80
_PROSE_ENDS = (".", ":", "!", "?", ";")


@dataclass(frozen=True)
class Block:
    """One table of a stack, by the places of its records.

    Attributes
    ----------
    header
        Without the blank cells at its end; empty where a title stands alone.
    places
        Of the records under the title, the header first, blank ones left out.
    """

    title: str
    header: tuple[str, ...]
    places: tuple[int, ...]


def begins_like_stack(records: Iterable[Cells], *, is_declared: bool) -> bool:
    """Tell from the first records of a file whether it is worth cutting.

    Parameters
    ----------
    records
        The first records, a `sep=` line left out.
    is_declared
        Whether the file declares its delimiter.
    """
    widths = ((_width(record), record) for record in records)
    filled = ((width, record) for width, record in widths if width)
    _, first = next(filled, (0, ()))
    if not _is_title(first):
        return False
    below = [width for width, _ in filled]
    return bool(below) and (is_declared or max(below) > 1)


def blocks(records: Sequence[Cells], *, is_declared: bool) -> list[Block]:
    """Cut the records of a file into titled tables; none where it is not certain to be a stack.

    A title has one short cell, is no sentence and no number, and is the first record or the
    first after a blank one. What makes a stack certain is a header of several names below a
    title. Without a declared delimiter every record must also be as narrow as its header; with
    one, a lone name over a lone figure is a table as well.
    """
    found = list(_blocks(records))
    tables = [block for block in found if _is_table(block)]
    if is_declared:
        return found if tables or any(_is_figure(block, records) for block in found) else []
    fit = all(_width(records[place]) <= len(block.header) for block in found
              for place in block.places)  # fmt: skip
    return found if tables and fit else []


def sheet_names(found: Sequence[Block]) -> list[str]:
    """Name every block by its title, with a number where a title stands again."""
    seen: Counter[str] = Counter()
    names = []
    for block in found:
        seen[block.title] += 1
        number = seen[block.title]
        names.append(block.title if number == 1 else f"{block.title} ({number})")
    return names


def _blocks(records: Sequence[Cells]) -> Iterator[Block]:
    title: str | None = None
    places: list[int] = []
    after_blank = True
    for place, record in enumerate(records):
        if not _width(record):
            after_blank = True
            continue
        if after_blank and _is_title(record):
            if title is not None:
                yield _block(title, places, records)
            title, places = (record[0] or "").strip(), []
        elif title is None:
            return
        else:
            places.append(place)
        after_blank = False
    if title is not None:
        yield _block(title, places, records)


def _block(title: str, places: list[int], records: Sequence[Cells]) -> Block:
    header = records[places[0]] if places else ()
    named = tuple(cell or "" for cell in header[: _width(header)])
    return Block(title, named, tuple(places))


def _is_title(record: Cells) -> bool:
    text = (record[0] or "").strip() if record else ""
    is_short = 0 < len(text) <= _LONGEST_TITLE and not text.endswith(_PROSE_ENDS)
    return is_short and _width(record) == 1 and not _FIGURE.fullmatch(text)


def _is_table(block: Block) -> bool:
    names = [name for name in block.header if name.strip()]
    return len(block.header) > 1 and not any(_FIGURE.fullmatch(name.strip()) for name in names)


def _is_figure(block: Block, records: Sequence[Cells]) -> bool:
    if len(block.places) != 2 or len(block.header) != 1:
        return False
    figure = records[block.places[1]]
    is_named = not _FIGURE.fullmatch(block.header[0].strip())
    return is_named and bool(_FIGURE.fullmatch((figure[0] or "").strip()))


def _width(record: Cells) -> int:
    """Count the cells up to the last that is not blank."""
    filled = [number for number, cell in enumerate(record, start=1) if cell and cell.strip()]
    return filled[-1] if filled else 0
