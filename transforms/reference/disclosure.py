"""Words by which a caption says that it is advertising, per market, as data."""

import tomllib
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

_LISTS = ("clear", "unclear", "only_first")
_KEYS = ("language", *_LISTS, "source", "read_on")


class DisclosureError(ValueError):
    """A list of disclosure words cannot be used."""


@dataclass(frozen=True, kw_only=True)
class DisclosureWords:
    """The words of one market; one that starts with # counts as a hashtag only.

    Attributes
    ----------
    market
        ISO 3166-1 alpha-2 country.
    clear, unclear
        What the market's authority asks for, and what it calls not enough.
    only_first
        Of both, those that count only where a caption opens with them.
    source, read_on
        Who says so, and when that was read.
    """

    market: str
    language: str
    clear: tuple[str, ...]
    unclear: tuple[str, ...]
    only_first: tuple[str, ...]
    source: str
    read_on: date


def disclosure_words(overlay: str | None = None) -> tuple[DisclosureWords, ...]:
    """Read the lists that ship, with a deployment's own on top.

    Parameters
    ----------
    overlay
        TOML of the form of disclosure.toml; a table of the same market replaces.

    Raises
    ------
    DisclosureError
        Naming the market, the key, what stands there and what to do.
    """
    shipped = resources.files("transforms.reference").joinpath("disclosure.toml")
    markets = _tables(shipped.read_text("utf-8")) | _tables(overlay or "")
    return tuple(_market(name, table) for name, table in sorted(markets.items()))


def _tables(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DisclosureError(f"disclosure words: not TOML: {error}") from error


def _market(name: str, table: Any) -> DisclosureWords:
    if not isinstance(table, dict):
        raise DisclosureError(
            f"disclosure words: {name} = {table!r} stands outside a market; write [{name}]"
        )
    if wrong := sorted(set(_KEYS) ^ set(table)):
        raise DisclosureError(
            f"disclosure words: [{name}] lacks or does not know {', '.join(wrong)}; it needs "
            f"exactly {', '.join(_KEYS)}"
        )
    lists = {key: _words(name, key, table[key]) for key in _LISTS}
    if strange := sorted(set(lists["only_first"]) - {*lists["clear"], *lists["unclear"]}):
        raise DisclosureError(
            f"disclosure words: [{name}] only_first has {', '.join(strange)}, which is in neither "
            "clear nor unclear; add it to one of them"
        )
    if not isinstance(table["read_on"], date):
        raise DisclosureError(
            f"disclosure words: [{name}] read_on = {table['read_on']!r} must be a day: 2026-11-23"
        )
    return DisclosureWords(
        market=name,
        language=str(table["language"]),
        source=str(table["source"]),
        read_on=table["read_on"],
        **lists,
    )


def _words(name: str, key: str, words: Any) -> tuple[str, ...]:
    if not isinstance(words, list) or not all(
        isinstance(word, str) and any(letter.isalpha() for letter in word) for word in words
    ):
        raise DisclosureError(
            f'disclosure words: [{name}] {key} = {words!r} must be a list of words: ["reklame"]'
        )
    return tuple(words)
