"""The first draft of a mapping file, from the headers and the cells of one table."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from schemas.columns import PLATFORMS
from schemas.contract import Column
from transforms.exports import EXPORTS
from transforms.mappings.cells import LINK, SHOWN, WORDED
from transforms.mappings.days import has_time, has_zone
from transforms.mappings.declared import columns_of, needed
from transforms.mappings.guess import Guess, fitness, guess, has_post_ids, sort
from transforms.mappings.likeness import SURE
from transforms.mappings.shapes import Shape, decimal_of, shape
from transforms.reading.table import TextTable

_Kinds = tuple[str, ...]
_POSTS: _Kinds = ("post", "post_lifetime")
_POST_DAYS: _Kinds = ("post_day",)
_OF_ACCOUNTS: tuple[_Kinds, ...] = (("listing",), ("account_day",))
_GUESSED_KINDS = (*_OF_ACCOUNTS, _POSTS, _POST_DAYS)
_TWITTER = re.compile(r"twitter|\b(?:www\.)?x\.com/", re.IGNORECASE)
_IN_UTC = ("Z", "UTC", "GMT")
_UNITS = (("hours", "hour"), ("hours", "hrs"), ("minutes", "min"), ("ms", "(ms)"))


def draft(
    table: TextTable,
    kinds: tuple[str, ...] = (),
    platform: str | None = None,
    name: str = "",
) -> str:
    """Write the first draft of a mapping for a table; what is not likely is commented out.

    Parameters
    ----------
    kinds
        History tables it is to fill; those that the headers suit best when empty.
    platform
        Where it is known, as from the folder.
    name
        Of the file: it can name the network.

    Returns
    -------
    str
        TOML, one line a header with the likeness and the first values.
    """
    table, totals = _without_totals(table)
    shapes = [shape(table.rows.get_column(str(place))) for place in range(len(table.header))]
    chosen = kinds or _kinds(table, shapes)
    guesses = guess(table, shapes, chosen)
    network = platform or _platform(table, name)
    return "\n".join(_lines(guesses, chosen, network, decimal_of(shapes), totals))


def _kinds(table: TextTable, shapes: Sequence[Shape]) -> tuple[str, ...]:
    """Choose the tables that the headers suit best; a file with ids of posts is about posts."""
    by_kind = {kinds: guess(table, shapes, kinds) for kinds in _GUESSED_KINDS}
    if _lists_accounts(by_kind):
        return max(_OF_ACCOUNTS, key=lambda kinds: fitness(by_kind[kinds], kinds))
    if has_post_ids(by_kind[_POSTS]):
        place = next(place for place, one in enumerate(by_kind[_POSTS]) if one.column == "post_id")
        named = [place for place, header in enumerate(table.header) if header.strip()]
        ids = table.rows.get_column(str(named[place])).drop_nulls()
        return _POSTS if ids.is_unique().all() else _POST_DAYS
    return max(_GUESSED_KINDS, key=lambda kinds: fitness(by_kind[kinds], kinds))


def _lists_accounts(by_kind: Mapping[_Kinds, Sequence[Guess]]) -> bool:
    """Say whether an id can be an account's: accounts have followers, and posts a moment."""
    listed, posted = (
        {guess.column for guess in by_kind[kinds] if guess.is_taken}
        for kinds in (("listing",), _POSTS)
    )
    return {"account_ref", "followers"} <= listed and "published_at" not in posted


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


def _platform(table: TextTable, name: str) -> str | None:
    """Take the one network that the headers or the first record name, else the file's name."""
    first = [str(cell) for cell in table.rows.head(1).row(0)] if table.rows.height else []
    return _named(" ".join((*table.header, *first))) or _named(name)


def _named(text: str) -> str | None:
    said = text.lower()
    named = [platform for platform in PLATFORMS if len(platform) > 1 and platform in said]
    named += ["x"] if _TWITTER.search(said) else []
    return named[0] if len(named) == 1 else None


def _lines(
    guesses: Sequence[Guess],
    kinds: tuple[str, ...],
    platform: str | None,
    decimal: str | None,
    totals: tuple[str, ...],
) -> Iterator[str]:
    mapped = {guess.column for guess in guesses if guess.is_taken and not _strange_words(guess)}
    yield "# A first draft: read every line, then put it into <home>/reference/mappings/."
    yield "# Its name becomes that of the export. Lines with # in front map nothing."
    if "platform" not in mapped:
        known = platform is not None
        shown = f"platform = {_quoted(platform or '...')}"
        one = f"nothing tells it: one of {', '.join(PLATFORMS)}; no other network has tables here"
        yield shown if known else f"# {shown}  # {one}"
    yield f"kind = {json.dumps(list(kinds)) if len(kinds) > 1 else _quoted(kinds[0])}"
    if "post" in kinds:
        yield '# catalogue = "complete"  # or "top": whether it lists every post'
    if "listing" in kinds:
        yield '# source = "..."  # who made the list; else the name of this file'
    told = "seen in the numbers" if decimal else "no number tells it: check"
    yield f"decimal = {_quoted(decimal or '.')}  # {told}"
    yield from _time_zone(guesses)
    yield from ("", "[columns]")
    yield from (_line(guess, kinds) for guess in guesses)
    lacking = needed(kinds) | ({"account_ref"} if "platform" in mapped else set())
    shown_already = {guess.column for guess in guesses}
    for column in sorted(lacking - shown_already):
        yield f'# {column} = "..."  # needed, and no header is like it'
    if totals:
        first = guesses[0]
        mark = "" if first.is_taken else "# "
        yield from ("", f"{mark}[not_data]")
        yield f"{mark}{first.column or '...'} = {json.dumps(list(totals), ensure_ascii=False)}"


def _time_zone(guesses: Sequence[Guess]) -> Iterator[str]:
    """Ask for the zone of times of day that have no offset."""
    form = next((_day_form(one)[0] for one in guesses if one.column == "published_at"), "")
    if has_time(form) and not has_zone(form):
        if form.endswith(_IN_UTC):
            yield 'time_zone = "UTC"  # said after each time'
        else:
            yield '# time_zone = "..."  # needed: where the times are of, as Europe/Copenhagen'


def _line(guess: Guess, kinds: tuple[str, ...]) -> str:
    said = f"e.g. {', '.join(guess.examples)}" if guess.examples else "no value"
    if guess.column is None:
        return f"# ... = {_quoted(guess.header)}  # unknown, {said}"
    column = columns_of(kinds)[guess.column]
    written, doubt = _written(guess, column, kinds)
    strange = _strange_words(guess)
    rest = f", as = {_quoted(written)}" if written else ""
    if strange:
        rest += f", words = {{ {', '.join(map(_asked, strange))} }}"
        doubt = f"each word is one of {', '.join(WORDED[guess.column])}"
    entry = f"{{ header = {_quoted(guess.header)}{rest} }}" if rest else _quoted(guess.header)
    line = f"{guess.column} = {entry}"
    sure = "sure" if guess.likeness >= SURE else "likely" if guess.is_taken else "doubtful"
    mark = "" if guess.is_taken and not strange else "# "
    doubts = f"; {doubt}" if doubt else ""
    return f"{mark}{line}  # {sure}, {guess.likeness:.0f} of 100{doubts}; {said}"


def _strange_words(guess: Guess) -> tuple[str, ...]:
    """Give the words of a column of ours that are none of ours."""
    known = WORDED.get(guess.column or "", guess.shape.words)
    return tuple(word for word in guess.shape.words if word.lower() not in map(str.lower, known))


def _written(guess: Guess, column: Column, kinds: tuple[str, ...]) -> tuple[str | None, str | None]:
    """Say how the cells are written, and what only a person can tell."""
    found = guess.shape
    kind = sort(column)
    if kind == "share":
        doubt = None if found.kind == "percent" else 'or "fraction": check the values'
        return "percent", doubt
    if found.kind == "day":
        form, others = _day_form(guess)
        doubt = f"or {', '.join(map(_quoted, others))}: the values allow each" if others else None
        return form, doubt
    if kind == "duration":
        if found.kind == "clock":
            return "clock", None
        said = (unit for unit, word in _UNITS if word in guess.header.lower())
        return next(said, "seconds"), "check the unit"
    if column.name == "account_ref":
        if found.is_profile:
            return LINK, None
        if guess.is_name:
            return (SHOWN if "listing" in kinds else "id", "shown names are no handles")
        return None, None
    return ("suffixed", None) if found.kind == "suffixed" else (None, None)


def _day_form(guess: Guess) -> tuple[str, tuple[str, ...]]:
    """Give the form of a day, of a moment where it is one of publication, and the others."""
    forms = guess.shape.days
    if guess.column == "published_at":
        forms = guess.shape.moments or forms
    return forms[0] if forms else "ymd", forms[1:]


def _asked(word: str) -> str:
    return f'{_quoted(word)} = "..."'


def _quoted(text: str | None) -> str:
    return json.dumps(text, ensure_ascii=False)
