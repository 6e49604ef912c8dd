"""Countries: from any name to the ISO 3166-1 alpha-2 code, and back."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from transforms.places.cldr import LANGUAGES, own_names
from transforms.places.spelling import normalised

_NO_COUNTRY = frozenset(
    ("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ")
)
"""Codes of two letters that CLDR names and ISO 3166-1 does not assign."""


def country_code(name: str) -> str | None:
    """Give the ISO 3166-1 alpha-2 code of a country, from a code or a name in any language.

    Parameters
    ----------
    name
        A code of two letters, one of three in upper case, or a name as CLDR, ISO or everyday use
        spells it, whatever its case, accents and punctuation.

    Returns
    -------
    str or None
        A code of ISO 3166-1, or XK (Kosovo). Null for what is no country (`EU`, `001`, `ZZ`), is
        not known, or names different countries in different languages (`Congo`).
    """
    text = name.strip()
    if len(text) == 2 and text.isascii() and text.upper() in _codes():
        return text.upper()
    if len(text) == 3 and text in _codes_of_three():
        return _codes_of_three()[text]
    return _codes_of_names().get(normalised(text))


def country_name(code: str, language: str = "en") -> str:
    """Name a country in a language.

    Raises
    ------
    ValueError
        If `code` is no country's.
    """
    if not is_country(code):
        raise ValueError(f"{code!r} is no ISO 3166-1 alpha-2 code of a country; write one as `DK`")
    from babel import Locale

    return str(Locale.parse(language).territories[code])


def is_country(code: str) -> bool:
    """Say whether `code` is an ISO 3166-1 alpha-2 code in upper case, or XK."""
    return code in _codes()


@cache
def _codes() -> frozenset[str]:
    names = own_names("territories", "en")
    return frozenset(code for code in names if len(code) == 2) - _NO_COUNTRY


@cache
def _codes_of_three() -> Mapping[str, str]:
    from babel.core import get_global

    aliases = get_global("territory_aliases")
    return {
        three: codes[0]
        for three, codes in aliases.items()
        if len(three) == 3 and three.isalpha() and len(codes) == 1 and codes[0] in _codes()
    }


@cache
def _codes_of_names() -> Mapping[str, str]:
    """Give the code of every name that means one country only."""
    meanings: dict[str, set[str]] = {}
    for name, code in _names():
        meanings.setdefault(normalised(name), set()).add(code)
    return {name: codes.pop() for name, codes in meanings.items() if len(codes) == 1}


def _names() -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        for code, name in own_names("territories", language).items():
            if code in _codes():
                yield name, code
    own = resources.files("transforms.places").joinpath("countries.toml").read_text("utf-8")
    for code, names in tomllib.loads(own).items():
        yield from ((name, code) for name in names)
