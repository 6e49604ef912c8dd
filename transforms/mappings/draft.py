"""The first draft of a mapping file, from the headers and the cells of one table."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from schemas.columns import PLATFORMS
from schemas.contract import Column
from transforms.exports import EXPORTS
from transforms.mappings.declared import columns_of, needed
from transforms.mappings.guess import SURE, Guess, fitness, guess, sort
from transforms.mappings.shapes import decimal_of, shape
from transforms.reading.table import TextTable

_GUESSED_KINDS = (("listing",), ("account_day",), ("post", "post_lifetime"), ("post_day",))
_UNITS = (("hours", "hour"), ("hours", "hrs"), ("minutes", "min"), ("ms", "(ms)"))


def draft(table: TextTable, kinds: tuple[str, ...] = (), platform: str | None = None) -> str:
    """Write the first draft of a mapping for a table; what is not likely is commented out.

    Parameters
    ----------
    kinds
        History tables it is to fill; those that the headers suit best when empty.
    platform
        Where it is known, as from the folder.

    Returns
    -------
    str
        TOML, one line a header with the likeness and the first values.
    """
    table, totals = _without_totals(table)
    shapes = [shape(table.rows.get_column(str(place))) for place in range(len(table.header))]
    chosen = kinds or max(_GUESSED_KINDS, key=lambda one: fitness(guess(table, shapes, one), one))
    guesses = guess(table, shapes, chosen)
    return "\n".join(
        _lines(guesses, chosen, platform or _platform(table), decimal_of(shapes), totals)
    )


def _without_totals(table: TextTable) -> tuple[TextTable, tuple[str, ...]]:
    """Leave out the records that a platform's word for Total opens, and give the words."""
    first = table.rows.get_column("0")
    is_total = first.str.strip_chars().str.to_lowercase().is_in(_total_words())
    words = first.filter(is_total).str.strip_chars().unique().sort().to_list()
    rows = table.rows.filter(~is_total.fill_null(value=False))
    return replace(table, rows=rows), tuple(words)


@cache
def _total_words() -> tuple[str, ...]:
    words = (export.vocabulary.words("total") for export in EXPORTS.values())
    return tuple(sorted({word for found in words for word in found}))


def _platform(table: TextTable) -> str | None:
    """Take the one network that the headers or the first record name."""
    first = [str(cell) for cell in table.rows.head(1).row(0)] if table.rows.height else []
    said = " ".join((*table.header, *first)).lower()
    named = [platform for platform in PLATFORMS if len(platform) > 1 and platform in said]
    return named[0] if len(named) == 1 else None


def _lines(
    guesses: Sequence[Guess],
    kinds: tuple[str, ...],
    platform: str | None,
    decimal: str | None,
    totals: tuple[str, ...],
) -> Iterator[str]:
    mapped = {guess.column for guess in guesses if guess.is_taken}
    yield "# A first draft: read every line, then put it into <home>/reference/mappings/."
    yield "# Its name becomes that of the export. Lines with # in front map nothing."
    if "platform" not in mapped:
        known = platform is not None
        shown = f"platform = {_quoted(platform or '...')}"
        yield shown if known else f"# {shown}  # nothing tells it: one of {', '.join(PLATFORMS)}"
    yield f"kind = {json.dumps(list(kinds)) if len(kinds) > 1 else _quoted(kinds[0])}"
    if "post" in kinds:
        yield '# catalogue = "complete"  # or "top": whether it lists every post'
    if "listing" in kinds:
        yield '# source = "..."  # who made the list; else the name of this file'
    told = "seen in the numbers" if decimal else "no number tells it: check"
    yield f"decimal = {_quoted(decimal or '.')}  # {told}"
    yield from ("", "[columns]")
    yield from (_line(guess, kinds) for guess in guesses)
    for column in sorted(needed(kinds) - mapped):
        yield f'# {column} = "..."  # needed, and no header is like it'
    if totals:
        first = guesses[0]
        mark = "" if first.is_taken else "# "
        yield from ("", f"{mark}[not_data]")
        yield f"{mark}{first.column or '...'} = {json.dumps(list(totals), ensure_ascii=False)}"


def _line(guess: Guess, kinds: tuple[str, ...]) -> str:
    said = f"e.g. {', '.join(guess.examples)}" if guess.examples else "no value"
    if guess.column is None:
        return f"# ... = {_quoted(guess.header)}  # unknown, {said}"
    column = columns_of(kinds)[guess.column]
    written, doubt = _written(guess, column)
    entry = f"{{ header = {_quoted(guess.header)}, as = {_quoted(written)} }}"
    line = f"{guess.column} = {entry if written else _quoted(guess.header)}"
    sure = "sure" if guess.likeness >= SURE else "likely" if guess.is_taken else "doubtful"
    mark = "" if guess.is_taken else "# "
    doubts = f"; {doubt}" if doubt else ""
    return f"{mark}{line}  # {sure}, {guess.likeness:.0f} of 100{doubts}; {said}"


def _written(guess: Guess, column: Column) -> tuple[str | None, str | None]:
    """Say how the cells are written, and what only a person can tell."""
    found = guess.shape
    kind = sort(column)
    if kind == "share":
        doubt = None if found.kind == "percent" else 'or "fraction": check the values'
        return "percent", doubt
    if found.kind == "day":
        doubt = None if found.day_order else 'or "mdy": the values allow both'
        return found.day_order or "dmy", doubt
    if kind == "duration":
        if found.kind == "clock":
            return "clock", None
        said = (unit for unit, word in _UNITS if word in guess.header.lower())
        return next(said, "seconds"), "check the unit"
    return ("suffixed", None) if found.kind == "suffixed" else (None, None)


def _quoted(text: str | None) -> str:
    return json.dumps(text, ensure_ascii=False)
