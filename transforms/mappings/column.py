"""One entry below `[columns]` of a mapping."""

from collections.abc import Iterator, Mapping
from typing import Any

from schemas.contract import Column
from transforms.briefs.problems import did_you_mean, shown
from transforms.mappings.cells import WORDED, Cells, forms, is_form

_KEYS = ("header", "as", "currency", "words", "optional")
_AS_WRITTEN = 'write it as followers = "Followers" or { header = "Followers", as = "suffixed" }'


def read_column(
    name: str, entry: Any, schema: Mapping[str, Column]
) -> tuple[Cells | None, tuple[str, ...]]:
    """Read one column's declaration.

    Returns
    -------
    tuple
        The declaration, or null where it cannot be used, and what is wrong with it.
    """
    problems = tuple(f"columns.{name}: {wrong}" for wrong in _problems(name, entry, schema))
    if problems:
        return None, problems
    told = entry if isinstance(entry, dict) else {"header": entry}
    header = told["header"]
    return Cells(
        headers=(header,) if isinstance(header, str) else tuple(header),
        written=told.get("as"),
        currency=told.get("currency"),
        words={word.strip().lower(): ours for word, ours in told.get("words", {}).items()},
        optional=told.get("optional", False),
    ), ()


def _problems(name: str, entry: Any, schema: Mapping[str, Column]) -> Iterator[str]:
    if name not in schema:
        yield f"no such column; {did_you_mean(name, sorted(schema))}"
        return
    told = entry if isinstance(entry, dict) else {"header": entry}
    yield from (f"no key {key}; {did_you_mean(key, _KEYS)}" for key in told if key not in _KEYS)
    header = told.get("header")
    headers = header if isinstance(header, list) else [header]
    if not headers or not all(isinstance(one, str) and one.strip() for one in headers):
        yield f"its header is {shown(header)}; {_AS_WRITTEN}"
    written = told.get("as")
    if written is not None and not (isinstance(written, str) and is_form(schema[name], written)):
        can = forms(schema[name])
        allowed = f"write one of {', '.join(can)}" if can else "leave it out"
        yield f"as: {shown(written)} is not how it can be written; {allowed}"
    if schema[name].unit == "1" and written is None:
        yield 'it is written in percent or as a fraction of 1: add as = "percent" or "fraction"'
    currency = told.get("currency")
    if currency is not None and not (
        isinstance(currency, str) and len(currency) == 3 and currency.isupper()
    ):
        yield f"currency: {shown(currency)} is no ISO 4217 code; write it as DKK"
    if not isinstance(told.get("optional", False), bool):
        yield f"optional: {shown(told['optional'])} is neither true nor false"
    yield from _word_problems(name, told.get("words", {}))


def _word_problems(name: str, words: Any) -> Iterator[str]:
    if not isinstance(words, dict):
        yield f'words: {shown(words)} is no table; write it as {{ "Reels" = "reel" }}'
        return
    if words and name not in WORDED:
        yield f"words: only {' and '.join(WORDED)} have words of ours; leave it out"
        return
    for word, ours in words.items():
        if ours not in WORDED[name]:
            yield f"words.{word}: {shown(ours)} is none; {did_you_mean(str(ours), WORDED[name])}"
