"""The segments a brief can name: countries, cities, ages, genders, languages, interests."""

import re
from collections.abc import Callable, Mapping

from schemas.brief import AGE_BANDS, GENDERS
from transforms.briefs.problems import did_you_mean
from transforms.briefs.table import TextError

Segments = Mapping[str, float]
"""Canonical segment to its part of what was written; the parts sum to 1."""

_BAND = re.compile(r"(?P<first>[0-9]{1,2})(?:-(?P<last>[0-9]{1,2})|\+)")
_SAID_GENDERS = {
    "f": "female",
    "m": "male",
    "man": "male",
    "men": "male",
    "woman": "female",
    "women": "female",
}


def country(text: str) -> Segments:
    """Read `DK`."""
    from transforms.places.countries import country_code, is_country

    if is_country(text):
        return {text: 1.0}
    meant = country_code(text)
    advice = f"write {meant}" if meant else "write a code of two letters as DK"
    raise TextError("must be an ISO 3166-1 alpha-2 country code", advice)


def gender(text: str) -> Segments:
    """Read `female`."""
    if text in GENDERS:
        return {text: 1.0}
    meant = _SAID_GENDERS.get(text.casefold())
    raise TextError(
        f"must be one of {', '.join(GENDERS)}",
        f"write {meant}" if meant else did_you_mean(text, GENDERS),
    )


def interest(text: str) -> Segments:
    """Read any words; no export tells an interest so far."""
    return {text: 1.0}


def city(text: str) -> Segments:
    """Read `DK:København`."""
    from transforms.places.cities import city_of_brief

    try:
        return {city_of_brief(text): 1.0}
    except ValueError as error:
        raise TextError("must be a country and a city", str(error)) from error


def language(text: str) -> Segments:
    """Read `da`."""
    from transforms.places.languages import language_code

    code = language_code(text)
    if code and text.islower() and text.isalpha() and len(text) <= len("nds"):
        return {code: 1.0}
    raise TextError(
        "must be an ISO 639 language code", f"write {code}" if code else "write a code as da"
    )


def age(text: str) -> Segments:
    """Read `25-34`; any other band, `25-44` or `45+`, is divided over those there are."""
    from transforms.audience.bands import YOUNGEST, band_parts

    band = _BAND.fullmatch(text)
    if band is None:
        raise TextError("must be a band of ages", f"write one of {', '.join(AGE_BANDS)}")
    if band["last"] and int(band["last"]) < max(YOUNGEST, int(band["first"])):
        raise TextError(
            f"must end at {YOUNGEST} or later, and not before it begins", "write it as 25-44"
        )
    return band_parts(text)


SEGMENTS: Mapping[str, Callable[[str], Segments]] = {
    "country": country,
    "city": city,
    "age": age,
    "gender": gender,
    "language": language,
    "interest": interest,
}
"""Dimension to what reads a segment of it, or raises TextError."""
