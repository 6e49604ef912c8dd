"""Cities: one key for a city under any spelling."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.places.countries import country_code
from transforms.places.gazetteer import Candidate, candidates, people, state_code
from transforms.places.spelling import normalised

UNKNOWN_COUNTRY = "ZZ"
"""CLDR's code for a country that is not known, before the name of a city."""

_COMMA = re.compile("[,\uff0c\u3001\u060c]")
_STATE = re.compile(r"\s+[A-Z]{2,3}$")
_NO_STATE = frozenset(("UK", "US"))


@dataclass(frozen=True, slots=True)
class Meaning:
    """A city that a label can mean.

    Attributes
    ----------
    key
        `<country>:<name>`: the gazetteer's name in lower case without accents, `DK:copenhagen`;
        the label's own name where the gazetteer does not know it.
    country
        ISO 3166-1 alpha-2; null where nothing tells.
    of_country, of_world
        Its part of the people of its country and of the world; 0 where it is not known.
    """

    key: str
    country: str | None
    of_country: float = 0.0
    of_world: float = 0.0


@dataclass(frozen=True, slots=True)
class CityLabel:
    """What a platform's label of a city says.

    Attributes
    ----------
    meanings
        At least one, of one country each.
    is_certain
        Whether the label itself names the country.
    """

    meanings: Sequence[Meaning]
    is_certain: bool


def read_city(label: str) -> CityLabel:
    """Read a platform's label of a city.

    Parameters
    ----------
    label
        `Stockholm, Sverige`, `New York, NY`, `Santa Maria, RS`, `Washington D. C., DC, USA`.

    Notes
    -----
    A country named last, in any language, is certain; but `Atlanta, Georgia` is in the state,
    since the country has no such city. Else a city of the name in the state of the US that the
    label names is the one. Else it means the most populous city of the name in each country.
    Two letters at the end are never a country: `CA` and `RS` are states first. `Sydney NSW,
    Australia` (YouTube Studio, read 2026-11-23) carries its state without a comma.
    """
    name, *rest = (part.strip() for part in _COMMA.split(label))
    name = _without_state(name)
    found = candidates(name)
    states = {code for part in rest if (code := state_code(part))}
    in_state = [one for one in found if one.country == "US" and one.region in states]
    country = _country(rest[-1]) if rest else None
    if country is not None and not (in_state and state_code(rest[-1])):
        return CityLabel([_in_country(name, country, in_state or found)], is_certain=True)
    countries = sorted({one.country for one in in_state or found})
    meanings = [_in_country(name, country, in_state or found) for country in countries]
    unknown = Meaning(_own_key(UNKNOWN_COUNTRY, name), country=None)
    return CityLabel(meanings or [unknown], is_certain=False)


def city_of_brief(text: str) -> str:
    """Give the key of a city that a brief names with its country: `DK:København`.

    Raises
    ------
    ValueError
        If there is no `:`, no country before it, or no name after it.
    """
    code, colon, name = (part.strip() for part in text.partition(":"))
    if not colon or not normalised(name):
        raise ValueError(f"city {text!r} needs its country: write `DK:København`")
    country = country_code(code)
    if country is None:
        raise ValueError(
            f"city {text!r}: {code!r} is no country; write its ISO code, as in `DK:København`"
        )
    return _in_country(name, country, candidates(name)).key


def _country(part: str) -> str | None:
    if len(part) == 2 and part.isascii() and part.upper() not in _NO_STATE:
        return None
    return country_code(part)


def _without_state(name: str) -> str:
    """Cut the state off `Sydney NSW`, as Google labels Australian cities."""
    bare = _STATE.sub("", name)
    return bare if bare != name and candidates(bare) and not candidates(name) else name


def _in_country(name: str, country: str, found: Sequence[Candidate]) -> Meaning:
    """Give the most populous of the candidates in a country, else the place of that name."""
    there = (one for one in found if one.country == country)
    best = max(there, key=lambda one: (one.population, one.key), default=None)
    if best is None:
        return Meaning(_own_key(country, name), country)
    of_country = min(best.population / people(country), 1.0)
    return Meaning(best.key, country, of_country, best.population / people())


def _own_key(country: str, name: str) -> str:
    return f"{country}:{normalised(name) or name.casefold()}"
