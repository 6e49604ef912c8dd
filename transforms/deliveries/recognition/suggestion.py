"""What a header that no declaration names probably is: by its words and by its values."""

from collections.abc import Mapping

import polars as pl
from rapidfuzz import fuzz, process

from transforms.deliveries.recognition.recognition import Recognition
from transforms.export import Export
from transforms.headers import normalise_header
from transforms.reading.tables import TextTable

_LIKE = 60.0
"""Percent of likeness, times the share of cells that read, from which a guess is worth saying."""

_LIKE_A_WORD = 75.0
"""Percent from which one word is like another: `Reactions` is no `Description`."""

_WORD_BY_WORD = 0.75
"""What likeness of the words alone is worth."""

SAMPLE = 200
"""Records whose cells are tried."""

_MAPPED = "any other list or report is read by a mapping: creator-metrics map FILE drafts it"


def suggest(table: TextTable, recognition: Recognition, export: Export) -> tuple[str, ...]:
    """Name, for each unknown header, the column of the export that it probably is.

    A header that the cells told is that column. Any other column comes into question where no
    header of the table is it already. Its likeness is that of the header to its names in any
    language, times the share of the cells that its reading accepts. Each column is suggested
    once, for the header most like it. Of a table that lacks one column it needs, the one header
    that is no other is suggested for it, unless what the column is of stands in its header.

    Returns
    -------
    tuple
        Canonical columns in the order of `recognition.unknown`, empty where none is like it.
    """
    free = sorted(_wanted(export) - set(recognition.positions))
    guesses = sorted(
        (
            (_likeness(table, header, column, export), header, column)
            for header in dict.fromkeys(recognition.unknown)
            for column in free
        ),
        key=lambda guess: (-guess[0], *guess[1:]),
    )
    taken = _told_by_cells(table, recognition)
    for likeness, header, column in guesses:
        if likeness >= _LIKE and header not in taken and column not in taken.values():
            taken[header] = column
    taken |= _left_over(table, recognition, export, taken)
    return tuple(taken.get(header, "") for header in recognition.unknown)


def _wanted(export: Export) -> frozenset[str]:
    """Give the columns that reading or checking the export looks at."""
    checked = {
        name
        for check in export.cross_checks
        for side in (check.said, check.found)
        for name in side.meta.root_names()
    }
    return (export.reads | export.required | (checked & export.canonical)) - export.forbidden


def _left_over(
    table: TextTable, recognition: Recognition, export: Export, taken: Mapping[str, str]
) -> dict[str, str]:
    """Pair the one column that a table needs and lacks with its one header that is none yet."""
    known = {*recognition.positions, *taken.values()}
    lacking = sorted(export.required - known - export.vocabulary.kinds)
    unknown = dict.fromkeys(recognition.unknown)
    strange = [header for header in unknown if header not in taken and normalise_header(header)]
    if len(lacking) != 1 or len(strange) != 1:
        return {}
    (column,), (header,) = lacking, strange
    return {header: column} if _readable(table, header, column, export) == 1.0 else {}


def _told_by_cells(table: TextTable, recognition: Recognition) -> dict[str, str]:
    if not recognition.is_by_shape:
        return {}
    names = {table.header[place]: column for column, (place, *_) in recognition.positions.items()}
    return {header: names[header] for header in recognition.unknown if header in names}


def explain(
    recognition: Recognition, nearest: Export | None, suggestions: tuple[str, ...]
) -> str | None:
    """Add to the reason why a table is not read what would help.

    That is which of its headers probably are what it lacks, and a mapping where no export is it.
    """
    reason = _with_headers(recognition, nearest, suggestions)
    return reason if recognition.export or not reason else f"{reason}; {_MAPPED}"


def _with_headers(
    recognition: Recognition, nearest: Export | None, suggestions: tuple[str, ...]
) -> str | None:
    if nearest is None:
        return recognition.reason
    language = recognition.language or "en"
    found = [
        f"{header!r} is probably {_spelled(nearest, column, header, language)!r}"
        for header, column in zip(recognition.unknown, suggestions, strict=False)
        if column
    ]
    if not found:
        return recognition.reason
    return f"{recognition.reason}; {', '.join(found)}: name it so among the headers of the export"


def _spelled(export: Export, column: str, header: str, language: str) -> str:
    """Give the name that is meant: of a column with several meanings the one most like it."""
    if column not in export.vocabulary.kinds:
        return export.vocabulary.spell(column, language)
    names = [name.spelled for name in export.vocabulary.headers[column]]
    return process.extractOne(header, names, scorer=fuzz.ratio, processor=normalise_header)[0]


def _likeness(table: TextTable, header: str, column: str, export: Export) -> float:
    names = [normalise_header(name.spelled) for name in export.vocabulary.headers.get(column, ())]
    found = process.extractOne(normalise_header(header), names, scorer=_alike, score_cutoff=_LIKE)
    return found[1] * _readable(table, header, column, export) if found else 0.0


def _alike(header: str, name: str, *, score_cutoff: float | None = None) -> float:
    """Say in percent how alike two headers are, by all their letters or word by word.

    `Net subscribers` is rather `Subscribers` than `Subscribers gained`, of which it lacks a word;
    `Like count` is `Likes` and one word more.
    """
    by_letters = float(fuzz.token_sort_ratio(header, name))
    found = _WORD_BY_WORD * _covered(header.split(), name.split())
    are_words = len(header.split()) == len(name.split()) == 1
    if by_letters >= (_LIKE_A_WORD if are_words else _LIKE):
        found = max(found, (by_letters + fuzz.token_set_ratio(header, name)) / 2)
    return found if found >= (score_cutoff or 0.0) else 0.0


def _covered(header: list[str], name: list[str]) -> float:
    """Say how alike a header of at most one word more has each word of a name."""
    if not header or not name or len(header) > len(name) + 1:
        return 0.0
    return sum(max(fuzz.ratio(word, own) for own in header) for word in name) / len(name)


def _readable(table: TextTable, header: str, column: str, export: Export) -> float:
    """Give the share of the cells that every reading of the column alone accepts."""
    cells = (
        table.rows.head(SAMPLE)
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
