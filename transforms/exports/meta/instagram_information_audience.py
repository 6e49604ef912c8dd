"""Instagram, Download your information: followers by age, gender, country and city.

Only the five largest countries and cities are listed. Ages are of all followers, men and women
sum to 100 and are of those who say one of the two. The ages of men are shares of the men, so age
and gender together are the product of both: exact but for rounding, of those who say a gender.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import partial

import polars as pl

from transforms.cells import parse, segments
from transforms.cells.parse import Parsed
from transforms.export import Clues, Export
from transforms.exports.meta import information
from transforms.layout import Layout, LayoutError
from transforms.reading.table import TextTable
from transforms.shares import Distribution, Figure, percentage
from transforms.vocabulary import Vocabulary

FIGURE = "share"

_GENDERS = {"male": "men", "female": "women"}
_DECIMAL_PLACES_OF_SHARE = 3
"""Of the percentages that are multiplied: one decimal."""

Item = tuple[str, str]


def _listed(cells: dict[str, str | None], about: str) -> list[Item] | None:
    cell = cells.get(about)
    return information.items(cell) if cell else None


def _genders(cells: dict[str, str | None], _: str = "gender") -> list[Item] | None:
    found = [(gender, cells.get(column)) for gender, column in _GENDERS.items()]
    told = [(gender, _percentage(cell)) for gender, cell in found if cell]
    return told if len(told) == len(_GENDERS) else None


def _crossed(cells: dict[str, str | None], _: str = "age_gender") -> list[Item] | None:
    """Multiply the ages of each gender by its share; nothing where one of the four is missing."""
    genders = _genders(cells)
    ages = {gender: cells.get(f"age_of_{column}") for gender, column in _GENDERS.items()}
    if genders is None or not all(ages.values()):
        return None
    return [
        (f"{age}:{gender}", f"{Decimal(of_all) * Decimal(within) / 100:f}")
        for gender, of_all in genders
        for age, within in information.items(ages[gender] or "")
    ]


def _percentage(cell: str) -> str:
    ((_, figure),) = _one(cell)
    return figure


def _one(cell: str) -> list[Item]:
    found = information.items(f"all: {cell}")
    if len(found) != 1:
        raise LayoutError(f"{cell!r} stands where one percentage should")
    return found


Cut = Callable[[dict[str, str | None], str], list[Item] | None]

_CUTS: dict[str, Cut] = {"gender": _genders, "age_gender": _crossed}


def _lay_out(table: TextTable, _: str, __: Vocabulary, *, about: str) -> Layout | None:
    cut = _CUTS.get(about, _listed)
    found = cut(information.cells(table), about)
    return information.lay_out_records(table, (about, FIGURE), found) if found else None


def _prepare(data: pl.DataFrame, clues: Clues, *, about: str) -> pl.DataFrame:
    dated = information.with_range(data, clues)
    return segments.with_countries(dated, clues, column=about) if about == "country" else dated


def _age_and_gender() -> Parsed:
    parts = pl.col("age_gender").str.split(":").list
    age = segments.age("age_gender")
    value = pl.concat_str(age.value, parts.last(), separator=":")
    return Parsed(("age_gender",), value, value.is_null(), "an age band like 18-24 or 65+")


def _segment(about: str) -> Parsed:
    match about:
        case "age":
            return segments.age(about)
        case "country":
            return segments.country(about)
        case "city":
            return segments.place(about)
        case "gender":
            return parse.one_of(about, {gender: gender for gender in _GENDERS}, "a gender")
    return _age_and_gender()


def _figure(about: str) -> Figure:
    if about != "age_gender":
        return percentage(FIGURE)
    return Figure(percentage(FIGURE).reading, pl.lit(_DECIMAL_PLACES_OF_SHARE, pl.Int64))


def _export(about: str, what: str) -> Export:
    return Export(
        name=f"instagram_information_{about}",
        platform="instagram",
        title=f"Instagram, Download your information, followers by {what}",
        vocabulary=information.NAMES,
        **Distribution(
            basis="followers",
            dimension=about,
            segment=_segment(about),
            figure=_figure(about),
            prepare=partial(_prepare, about=about),
        ).fields(),
        key=about,
        optional=frozenset({information.RANGE}),
        titles=frozenset({"audience"}),
        part=what,
        layout=partial(_lay_out, about=about),
        checks=(information.RANGE_CHECK,),
        yearless=True,
        days_inside=information.NEWEST_DAY,
        days_covered=information.FIRST_AND_LAST,
        source=information.SOURCE,
        where=information.WHERE,
    )


EXPORTS = tuple(
    _export(about, what)
    for about, what in (
        ("age", "age"),
        ("age_gender", "age and gender"),
        ("city", "city"),
        ("country", "country"),
        ("gender", "gender"),
    )
)
