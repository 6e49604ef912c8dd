"""How languages write numbers cut short, from the Unicode CLDR: `1,2 mil`, `12,5 tys.`, `3억`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from transforms.headers import normalise_header
from transforms.places.cldr import LANGUAGES, own_data

# fmt: off
LOCALES = (
    "en", "en_IN", "da", "de", "sv", "no", "es", "es_419", "es_MX", "pt", "pt_PT", "fr", "it", "nl",
    "pl", "el", "ru", "bg", "tr", "id", "vi", "ja", "ko", "fi", "zh", "zh_Hant", "hi", "ar",
)
# fmt: on
"""Whose forms a file can have whose language nothing says."""

_PARENTS = {"en_IN": "en", "es_419": "es", "es_MX": "es_419", "pt_PT": "pt",
            "zh_Hant_HK": "zh_Hant"}  # fmt: skip
_WRITTEN_SO = {"nb": "no", "nn": "no"}
_SPOKEN = {"en": {"mil": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "tn": 10**12}}
"""English short forms beside those of CLDR, which are other languages' words for something else."""

_SHAPE = re.compile(r"(0+)(?:[.,]0+)?(.*)")
_LATIN = "latn"


@dataclass(frozen=True)
class Style:
    """How one locale writes numbers.

    Attributes
    ----------
    decimal
        Mark before the fraction.
    words
        What stands after a number cut short, normalised, to what it multiplies by.
    """

    locale: str
    decimal: str
    words: Mapping[str, Decimal]

    def factor(self, suffix: str) -> Decimal | None:
        """Give what a suffix multiplies by, whether or not it ends in a full stop."""
        word = normalise_header(suffix)
        bare = word.rstrip(".")
        return next(
            (self.words[one] for one in (word, bare, f"{bare}.") if one in self.words), None
        )


WIDELY = Style("", ".", {"k": Decimal(10**3), "m": Decimal(10**6), "b": Decimal(10**9)})
"""What lists of every language write, unless their own has another meaning for a letter."""


def styles() -> tuple[Style, ...]:
    """Give the styles of all locales that a file can have."""
    return tuple(map(_style, LOCALES))


def style_of(language: str) -> Style:
    """Give the style of a language or one of its regions, with what lists of every language have.

    Parameters
    ----------
    language
        BCP 47: `da`, `pt-PT`.
    """
    own, _, region = language.replace("-", "_").partition("_")
    names = (f"{own}_{region}", _WRITTEN_SO.get(own, own))
    known = next((name for name in names if name in (*LOCALES, *LANGUAGES)), None)
    if known is None:
        return WIDELY
    found = _style(known)
    return Style(known, found.decimal, {**WIDELY.words, **found.words})


@cache
def _style(locale: str) -> Style:
    words = {word: factor for name in _lineage(locale) for word, factor in _own_words(name)}
    marks = [
        mark
        for name in ("root", *_lineage(locale))
        if (mark := own_data(name).get("number_symbols", {}).get(_LATIN, {}).get("decimal"))
    ]
    return Style(locale, marks[-1], words)


def _lineage(locale: str) -> tuple[str, ...]:
    parent = _PARENTS.get(locale)
    return (*_lineage(parent), locale) if parent else (locale,)


def _own_words(locale: str) -> Iterator[tuple[str, Decimal]]:
    yield from ((word, Decimal(factor)) for word, factor in _SPOKEN.get(locale, {}).items())
    for plurals in own_data(locale).get("compact_decimal_formats", {}).values():
        if not isinstance(plurals, Mapping):
            continue
        for magnitudes in plurals.values():
            for magnitude, pattern in magnitudes.items():
                match = _SHAPE.fullmatch(pattern.pattern.replace("'", ""))
                if match and (word := normalise_header(match.group(2))):
                    yield word, Decimal(magnitude).scaleb(1 - len(match.group(1)))
