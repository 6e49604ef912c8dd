"""Segments of an audience, from the words of a platform to the canonical ones."""

from collections.abc import Sequence

import polars as pl

from schemas.audience import OTHERS, UNREPORTED
from transforms.cells import parse
from transforms.cells.not_data import label
from transforms.cells.parse import Parsed
from transforms.export import Clues
from transforms.places.countries import country_code
from transforms.vocabulary import Vocabulary

_BAND = r"^\D*(\d{1,2})\D+(\d{1,2})\D*$"
_OLDEST = r"^\D*(\d{1,2})\s*\+\D*$|^\D*(65)\D*$"
_COUNTRY = "_country"
_UNKNOWN_COUNTRY = "ZZ"


def age(column: str) -> Parsed:
    """Read `18-24` or `65+` out of whatever words stand around the numbers.

    Notes
    -----
    `13-17 years` (with an en dash), `18 a 24 anos`, `65+ years`: real exports of YouTube Studio,
    read 2026-11-23. Of a number alone only 65 is known to open the oldest band.
    """
    cell = pl.col(column).str.strip_chars()
    numbers = cell.str.extract_groups(_BAND).struct
    first, last = numbers.field("1"), numbers.field("2")
    is_band = first.cast(pl.Int64, strict=False) < last.cast(pl.Int64, strict=False)
    oldest = pl.coalesce(cell.str.extract(_OLDEST, 1), cell.str.extract(_OLDEST, 2))
    value = pl.coalesce(
        pl.when(is_band).then(pl.concat_str(first, last, separator="-")),
        pl.concat_str(oldest, pl.lit("+")),
    )
    return _read(column, value, "an age band like 18-24 or 65+")


def worded(column: str, names: Vocabulary, segments: Sequence[str]) -> Parsed:
    """Read a word as the segment whose label the vocabulary gives it, in any language."""
    words = {word: segment for segment in segments for word in names.words(segment)}
    value = label(column).replace_strict(words, default=None, return_dtype=pl.String)
    return _read(column, value, f"a known word for one of {', '.join(segments)}")


def with_countries(data: pl.DataFrame, _: Clues | None = None, *, column: str) -> pl.DataFrame:
    """Add the country each cell names; a name is looked up once, however often it stands."""
    names = data.get_column(column).drop_nulls().unique()
    codes = pl.Series([country_code(name) for name in names], dtype=pl.String)
    found = pl.col(column).replace_strict(names, codes, default=None, return_dtype=pl.String)
    return data.with_columns(found.alias(_COUNTRY))


def country(column: str, names: Vocabulary | None = None) -> Parsed:
    """Read the ISO 3166-1 alpha-2 code that `with_countries` found for `column`.

    Parameters
    ----------
    names
        Holds the label `others`, what the platform calls all countries it does not list.

    Notes
    -----
    `ZZ` is the platform's word for a country it does not know (CLDR: Unknown Region): it is what
    the platform did not report by country, and no country.
    """
    cell = label(column)
    rest = cell.is_in(names.words(OTHERS)) if names else pl.lit(value=False)
    value = (
        pl.when(cell == _UNKNOWN_COUNTRY.lower())
        .then(pl.lit(UNREPORTED))
        .when(rest)
        .then(pl.lit(OTHERS))
        .otherwise(pl.col(_COUNTRY))
    )
    return _read(column, value, "a country")


def place(column: str) -> Parsed:
    """Read the platform's own name of a place, without needless spaces."""
    bare = pl.col(column).str.replace_all(r"\s+", " ").str.strip_chars()
    return parse.text(column).with_value(pl.when(bare != "").then(bare))


def _read(column: str, value: pl.Expr, rule: str) -> Parsed:
    failed = ~parse.is_not_reported(column) & value.is_null()
    return Parsed((column,), value, failed, rule)
