"""Tables of Meta's audience file, told by their cells under a title that is not known.

One file has three of them, whatever the language: ages by gender, countries and cities. The title
alone says whose ages they are, so one that speaks of others than followers tells nothing.
"""

from collections.abc import Mapping

from transforms.headers import normalise_header
from transforms.places.cities import read_city
from transforms.reading.table import TextTable
from transforms.shapes.cells import is_age_band, is_country_name, is_number
from transforms.vocabulary import Vocabulary

_FEWEST_NAMES = 2
_MOST_RECORDS = 100
"""Ten times as many as any list of Meta has."""

_LEAST_KNOWN = 0.5
"""Cities the gazetteer must know: it lists all of 15,000 people, and files have smaller ones."""

Told = Mapping[str, int] | None


def age_gender(table: TextTable, names: Vocabulary) -> Told:
    """Tell a cross table: age bands down, words for women and men across."""
    words = {name: set(names.words(name)) for name in ("female", "male", "unreported")}
    across = [normalise_header(name) for name in table.header[1:]]
    is_short = bool(table.header) and table.rows.height <= _MOST_RECORDS
    ages = [cell or "" for cell in table.rows.get_column("0")] if is_short else []
    has_both = all(set(across) & words[gender] for gender in ("female", "male"))
    is_cross = (
        has_both
        and set(across) <= set().union(*words.values())
        and bool(ages)
        and all(map(is_age_band, ages))
    )
    return {"age_gender": 0} if is_cross and _is_of_followers(table, names) else None


def country(table: TextTable, names: Vocabulary) -> Told:
    """Tell a list, lying or upright, all of whose names are countries."""
    found = _listed(table)
    is_list = len(found) >= _FEWEST_NAMES and all(map(is_country_name, found))
    return {"country": 0} if is_list and _is_of_followers(table, names) else None


def city(table: TextTable, names: Vocabulary) -> Told:
    """Tell a list all of whose names are a city and its region, most of them known cities."""
    found = _listed(table)
    if len(found) < _FEWEST_NAMES or not all("," in name.strip(" ,") for name in found):
        return None
    known = sum(_is_known_city(name) for name in found)
    is_list = known >= _LEAST_KNOWN * len(found)
    return {"city": 0} if is_list and _is_of_followers(table, names) else None


def _listed(table: TextTable) -> list[str]:
    """Give the names of a list: those of the header over one record of figures, or of a column."""
    if table.rows.height > _MOST_RECORDS:
        return []
    records = table.rows.select(str(place) for place in range(len(table.header))).rows()
    if len(records) == 1 and all(is_number(cell) for cell in records[0] if cell):
        return list(table.header) if not any(map(is_number, table.header)) else []
    if len(table.header) == 2 and all(cell is None or is_number(cell) for _, cell in records):
        return [name or "" for name, _ in records]
    return []


def _is_known_city(label: str) -> bool:
    return any(meaning.of_world > 0 for meaning in read_city(label).meanings)


def _is_of_followers(table: TextTable, names: Vocabulary) -> bool:
    title = normalise_header(table.title or "")
    return not any(word in title for word in names.words("no_follower"))
