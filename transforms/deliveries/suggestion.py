"""What a header that no declaration names probably is: by its words and by its values."""

import polars as pl
from rapidfuzz import fuzz, process

from transforms.deliveries.recognise import Recognition
from transforms.export import Export
from transforms.headers import normalise_header
from transforms.reading.tables import TextTable

_LIKE = 60.0
"""Percent of likeness, times the share of cells that read, from which a guess is worth saying."""

_SAMPLE = 200
"""Records whose cells are tried."""


def suggest(table: TextTable, recognition: Recognition, export: Export) -> tuple[str, ...]:
    """Name, for each unknown header, the column of the export that it probably is.

    A column comes into question where no header of the table is it already. Its likeness is that
    of the header to its names in any language, times the share of the cells that its reading
    accepts. Each column is suggested once, for the header most like it.

    Returns
    -------
    tuple
        Canonical columns in the order of `recognition.unknown`, empty where none is like it.
    """
    free = sorted(
        ((export.reads | export.required) - export.forbidden) - set(recognition.positions)
    )
    if not recognition.unknown or not free:
        return ("",) * len(recognition.unknown)
    guesses = sorted(
        (
            (_likeness(table, header, column, export), header, column)
            for header in dict.fromkeys(recognition.unknown)
            for column in free
        ),
        key=lambda guess: (-guess[0], *guess[1:]),
    )
    taken: dict[str, str] = {}
    for likeness, header, column in guesses:
        if likeness >= _LIKE and header not in taken and column not in taken.values():
            taken[header] = column
    return tuple(taken.get(header, "") for header in recognition.unknown)


def explain(
    recognition: Recognition, nearest: Export | None, suggestions: tuple[str, ...]
) -> str | None:
    """Add to the reason why a table is not read which of its headers probably are what it lacks."""
    if nearest is None:
        return recognition.reason
    language = recognition.language or "en"
    found = [
        f"{header!r} is probably {nearest.vocabulary.spell(column, language)!r}"
        for header, column in zip(recognition.unknown, suggestions, strict=False)
        if column in nearest.required | nearest.one_of
    ]
    if not found:
        return recognition.reason
    return f"{recognition.reason}; {', '.join(found)}: name it so among the headers of the export"


def _likeness(table: TextTable, header: str, column: str, export: Export) -> float:
    names = [normalise_header(name.spelled) for name in export.vocabulary.headers.get(column, ())]
    found = process.extractOne(normalise_header(header), names, scorer=fuzz.token_sort_ratio)
    if found is None or found[1] < _LIKE:
        return 0.0
    return float(found[1]) * _readable(table, header, column, export)


def _readable(table: TextTable, header: str, column: str, export: Export) -> float:
    """Give the share of the cells that every reading of the column alone accepts."""
    cells = (
        table.rows.head(_SAMPLE)
        .select(pl.col(str(table.header.index(header))).alias(column))
        .drop_nulls()
    )
    failures = [
        parsed.failed.fill_null(value=False)
        for parsed in export.columns.values()
        if set(parsed.failed.meta.root_names()) == {column}
    ]
    if cells.is_empty() or not failures:
        return 1.0
    return 1.0 - float(cells.select(pl.any_horizontal(failures).mean()).item())
