"""Names of months and weekdays in many languages, from the Unicode CLDR."""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal

from transforms.headers import normalise_header
from transforms.places.cldr import LANGUAGES, own_calendar

_REGIONS = ("de_AT", "en_AU", "en_CA", "en_GB", "es_MX", "fr_CA", "ar_DZ", "ar_IQ", "ar_MA")
"""Regions that call a month otherwise than the rest of their language does."""

LOCALES = (*sorted(LANGUAGES, key=lambda language: language == "hr"), *_REGIONS)
"""Locales whose names are known. Croatian gives four names to other months than Polish and Czech
do; it comes after them, so that it is believed where other labels of the file are Croatian."""

_VIETNAMESE = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một",
               "mười hai")  # fmt: skip
_WIDTHS = ("wide", "abbreviated")
_ONE_SIGN = ("ja", "ko", "zh", "zh_Hant")
_ORDINALS = str.maketrans(dict.fromkeys("ºª°"))


def normalise_name(text: str) -> str:
    """Give the form under which two spellings of a label are equal: `1º` and `1ª` are 1."""
    return normalise_header(text.translate(_ORDINALS))


def words(text: str) -> list[str]:
    """Part a normalised label where spaces, commas and full stops stand."""
    return text.replace(",", " ").replace(".", " ").replace("\u060c", " ").split()


@cache
def months() -> Mapping[str, Mapping[str, int]]:
    """Give for each name the month it means in each of the locales that have it."""
    meanings: dict[str, dict[str, int]] = {}
    for locale, name, month in _names("months"):
        meanings.setdefault(name, {})[locale] = month
    for name, meant in list(meanings.items()):
        bare = without_accents(name)
        for locale, month in meant.items():
            meanings.setdefault(bare, {}).setdefault(locale, month)
    return meanings


@cache
def weekdays() -> frozenset[str]:
    """Give the names of weekdays, one sign alone only where East Asia writes it so."""
    names = {name for _, name, _ in _names("days")}
    return frozenset(names | {without_accents(name) for name in names})


def without_accents(text: str) -> str:
    """Leave out the accents that capitals are often written without."""
    apart = unicodedata.normalize("NFD", text)
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", bare)


def _names(kind: Literal["months", "days"]) -> Iterator[tuple[str, str, int]]:
    """Give locale, name and number of each name in every form the locale has."""
    for locale in LOCALES:
        for width, name, number in own_calendar(kind, locale):
            if width in _WIDTHS or (locale in _ONE_SIGN and kind == "days"):
                yield locale, " ".join(words(normalise_name(name))), number
                if locale == "he" and kind == "months":
                    yield locale, normalise_name(f"ב{name}"), number
    if kind == "months":
        for number, word in enumerate(_VIETNAMESE, start=1):
            yield "vi", normalise_name(f"tháng {word}"), number
