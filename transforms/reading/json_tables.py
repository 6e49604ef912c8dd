"""JSON that holds tables: what Instagram's "Download your information" writes of insights.

Every root is a list of entries, and an entry has its figures in `string_map_data`: label to
value. What describes a post stands beside them, mostly in `media_map_data`; it comes after the
figures, under its path in the JSON, without the localised name of the medium. Text is UTF-8 whose
bytes were each escaped as a character of their own, in labels and values alike; some downloads are
clean (files of 2022 to 2026, read 2026-11-23).
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

import polars as pl

from transforms.reading.content import size_bytes, whole
from transforms.reading.errors import ReadingError
from transforms.reading.limits import Limits
from transforms.reading.table import TextTable, check_columns, repeated_headers

_FIGURES = "string_map_data"
_MEDIA = "media_map_data"
_MOST_NAMED = 5
_REPAIRED = "text was UTF-8 written as single bytes: put right"

Column = tuple[str, int]
"""Label, and which of those that are equal in one entry."""


class _Members(tuple[tuple[str, Any], ...]):
    """What an object holds, in its order: a name can stand twice."""

    def get(self, name: str) -> Any:
        return next((value for own, value in self if own == name), None)


def read_json(content: bytes | Path, name: str, limits: Limits) -> list[TextTable]:
    """Read every root as a table under its name: labels the header, a record per entry.

    Raises
    ------
    ReadingError
        For JSON that is broken, beyond the limits, or holds nothing of this shape.
    """
    roots = _roots(_parse(content, name, limits), name)
    if len(roots) > limits.max_sheets:
        raise ReadingError(
            f"{name} has {len(roots)} tables, {limits.more_than('max_sheets')}: no export has"
        )
    if twice := [root for root, count in Counter(root for root, _ in roots).items() if count > 1]:
        raise ReadingError(
            f"{name} is broken JSON: {twice[0][:60]!r} stands twice. Download it again"
        )
    return [_table(root, entries, name, limits) for root, entries in roots]


def _parse(content: bytes | Path, name: str, limits: Limits) -> Any:
    if size_bytes(content) > limits.max_json_bytes:
        raise ReadingError(
            f"{name} is JSON of {size_bytes(content):,} bytes, "
            f"{limits.more_than('max_json_bytes')}: no insights are so long"
        )
    try:
        return json.loads(
            whole(content),
            object_pairs_hook=_Members,
            parse_int=str,
            parse_float=str,
            parse_constant=_refuse_constant,
        )
    except json.JSONDecodeError as error:
        raise ReadingError(
            f"{name} is broken JSON: {error.msg} in line {error.lineno}, character "
            f"{error.colno}. Download it again"
        ) from error
    except RecursionError as error:
        raise ReadingError(f"{name} is JSON nested more deeply than any export") from error
    except UnicodeDecodeError as error:
        raise ReadingError(
            f"{name} is broken JSON: byte {error.start + 1:,} is no {error.encoding}. "
            "Download it again"
        ) from error
    except _NoNumberError as error:
        raise ReadingError(f"{name} is broken JSON: {error} is no number") from error


class _NoNumberError(ValueError):
    """`NaN` or `Infinity`, which JSON does not have."""


def _refuse_constant(constant: str) -> NoReturn:
    raise _NoNumberError(constant)


def _roots(content: Any, name: str) -> list[tuple[str, list[_Members]]]:
    members = content if isinstance(content, _Members) else _Members()
    found = [(_repair(root), value) for root, value in members if _is_table(value)]
    if not found:
        raise ReadingError(
            f"{name} is JSON {_what(content)}, without a table of figures: of a download of "
            "information only what lies in past_instagram_insights is read; else ask for the "
            "CSV or Excel export"
        )
    return found


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(entry, _Members) and isinstance(entry.get(_FIGURES), _Members) for entry in value
    )


def _what(content: Any) -> str:
    if not isinstance(content, _Members):
        return "whose outermost value is a list"
    names = [repr(_repair(root)[:60]) for root, _ in content[:_MOST_NAMED]]
    return f"of {', '.join(names)}" if names else "of an empty object"


def _table(root: str, entries: list[_Members], name: str, limits: Limits) -> TextTable:
    records = [dict(_cells(entry, name, limits)) for entry in entries]
    columns = list(dict.fromkeys(column for record in records for column in record))
    check_columns(len(columns), name, limits)
    if len(columns) * len(records) > limits.max_json_cells:
        raise ReadingError(
            f"{name} has {len(columns):,} labels and {len(records):,} entries, together "
            f"{limits.more_than('max_json_cells', 'cells')}: it is no export"
        )
    header = tuple(_repair(label) for label, _ in columns)
    is_damaged = header != tuple(_clean(label) for label, _ in columns) or any(
        cell and _repair(cell) != _clean(cell) for record in records for cell in record.values()
    )
    return TextTable(
        header=header,
        rows=_frame(columns, records),
        sheet=root,
        encoding="utf-8",
        delimiter="",
        notes=(*repeated_headers(header), *((_REPAIRED,) if is_damaged else ())),
        title=root,
    )


def _frame(columns: Sequence[Column], records: Sequence[dict[Column, str | None]]) -> pl.DataFrame:
    cells = {
        str(place): pl.Series(
            [_repair(record.get(column) or "") or None for record in records], dtype=pl.String
        )
        for place, column in enumerate(columns)
    }
    return pl.DataFrame(
        {
            **cells,
            "row_number": pl.Series(range(1, len(records) + 1), dtype=pl.UInt32),
            "surplus": pl.Series([None] * len(records), dtype=pl.String),
        }
    )


def _cells(entry: _Members, name: str, limits: Limits) -> Iterator[tuple[Column, str | None]]:
    seen: Counter[str] = Counter()
    for label, cell in _said(entry):
        if len(cell or "") > limits.max_record_bytes:
            raise ReadingError(
                f"{name}: what stands under {_repair(label)[:60]!r} has {len(cell or ''):,} "
                f"characters, {limits.more_than('max_record_bytes')}: it is no export"
            )
        yield (label, seen[label]), cell
        seen[label] += 1


def _said(entry: _Members) -> Iterator[tuple[str, str | None]]:
    for label, said in entry.get(_FIGURES):
        yield label, _cell(said)
    for name, value in entry:
        if isinstance(value, str) and value:
            yield name, value
        elif name == _MEDIA:
            for _, medium in value if isinstance(value, _Members) else ():
                yield from _texts(medium, name)
        elif name != _FIGURES:
            yield from _texts(value, name)


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """Give the texts and numbers of an object, and of those right within it."""
    for name, held in value if isinstance(value, _Members) else ():
        if isinstance(held, str) and held:
            yield f"{place}.{name}", held
        for inner, text in held if isinstance(held, _Members) else ():
            if isinstance(text, str) and text:
                yield f"{place}.{name}.{inner}", text


def _cell(said: Any) -> str | None:
    """Take the value, or the second of a label that has only a time."""
    if not isinstance(said, _Members):
        return said if isinstance(said, str) else None
    value, second = said.get("value"), said.get("timestamp")
    if isinstance(value, str) and value:
        return value
    return second if isinstance(second, str) and second != "0" else None


def _repair(text: str) -> str:
    """Undo the escape of single bytes where that gives UTF-8; leave all other text as it is."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return _clean(text)


def _clean(text: str) -> str:
    """Replace half a character, which JSON can write and no text can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
