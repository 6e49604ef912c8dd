"""Languages: from any name to the ISO 639 code, and what a country speaks."""

from collections.abc import Mapping
from functools import cache

from transforms.places.cldr import LANGUAGES, own_names
from transforms.places.countries import is_country
from transforms.places.spelling import normalised

_OFFICIAL = ("official", "de_facto_official")

_ONE_WITH = {"fil": "tl", "gsw": "de", "in": "id", "iw": "he", "nb": "no", "nn": "no", "yue": "zh"}
"""A language that is written as another, or an older code, to the code in use here."""

_NO_LANGUAGE = frozenset(("mis", "mul", "und", "zxx"))


def languages_of(country: str) -> Mapping[str, float]:
    """Estimate the languages of a country's people.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2 code.

    Returns
    -------
    Mapping
        ISO 639 code to share; sums to 1. Empty where nobody lives.

    Raises
    ------
    ValueError
        If `country` is no country's code.

    Notes
    -----
    Official and de facto official languages of the whole territory, in proportion to the share
    of its people that CLDR says use each (supplementalData, territoryInfo); languages official
    in a region only are left out. One language in two scripts counts once.
    """
    if not is_country(country):
        raise ValueError(
            f"{country!r} is no ISO 3166-1 alpha-2 code of a country; write one as `DK`"
        )
    return _languages_of(country)


def language_name(code: str) -> str:
    """Name a language in English by its ISO 639 code, which stays where CLDR has no name."""
    from babel import Locale

    return str(Locale("en").languages.get(code, code))


@cache
def _languages_of(country: str) -> Mapping[str, float]:
    from babel.languages import get_territory_language_info

    percents: dict[str, float] = {}
    for locale, told in get_territory_language_info(country).items():
        if told["official_status"] in _OFFICIAL:
            code = _in_use(locale.split("_")[0])
            percents[code] = max(percents.get(code, 0.0), float(told["population_percent"] or 0))
    total = sum(percents.values())
    return {code: percents[code] / total for code in sorted(percents)} if total else {}


def language_code(name: str) -> str | None:
    """Give the ISO 639 code of a language, from a code (`da`, `da-DK`) or a name in any language.

    Returns
    -------
    str or None
        ISO 639-1 where it has one; null for what is not known. Norwegian is `no` in both forms.
    """
    text = name.strip()
    code = text.replace("_", "-").split("-")[0].lower()
    if code in _codes() or code in _ONE_WITH:
        return _in_use(code)
    return _codes_of_names().get(normalised(text))


@cache
def _codes() -> frozenset[str]:
    named = (code for code in own_names("languages", "en") if code.isalpha() and len(code) <= 3)
    return frozenset(named) - _NO_LANGUAGE


def _in_use(code: str) -> str:
    return _ONE_WITH.get(code, code)


@cache
def _codes_of_names() -> Mapping[str, str]:
    """Give the code of every name that means one language only."""
    meanings: dict[str, set[str]] = {}
    for locale in LANGUAGES:
        for code, name in own_names("languages", locale).items():
            if len(code) == 2 or code in _ONE_WITH:
                meanings.setdefault(normalised(name), set()).add(_in_use(code))
    return {name: codes.pop() for name, codes in meanings.items() if len(codes) == 1}
