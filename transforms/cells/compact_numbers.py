"""Numbers cut short, `48.5M` or `1,2 mil`, where their column or the file tells the language.

The same letters mean a thousand in one language and a billion in the next: Spanish `mil` and
English `mil`, `B` in English, Turkish and Spanish. Such a cell is read where the language is
declared, or where all languages that can have written every cell of the column agree on it; else
not at all.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal as Exact
from functools import cache

import polars as pl

from transforms.cells.number_styles import WIDELY, Style, style_of, styles
from transforms.cells.parse import Parsed
from transforms.cells.written_numbers import ARABIC_DECIMAL, Decimal, number, whole, written

_PARTS = re.compile(rf"([+-]?\d(?:[\d.,'{ARABIC_DECIMAL} ]*\d)?)\s*(\D*)")
_CUT_SHORT = r"^[+-]?\d\P{L}*\p{L}\D*$"
_WIDELY = r"^\P{L}*[kmbKMB]$"


def with_compact(
    data: pl.DataFrame,
    whole: pl.DataFrame,
    columns: Iterable[str],
    *,
    decimal: Decimal | None = None,
    language: str | None = None,
) -> pl.DataFrame:
    """Add the number that each cell of `columns` writes.

    Parameters
    ----------
    data
        Text records.
    whole
        Records of all parts of the same export, `data` included.
    decimal
        What stands before the fraction, where that is declared.
    language
        Language of the file, where it is declared. Else K, M and B are thousands, millions and
        billions in a column that has no other suffixes and no comma before the fraction.
    """
    return data.with_columns(
        _read(column, whole, decimal, language).alias(_number_of(column)) for column in columns
    )


def compact(column: str, *, decimal: Decimal = ".", is_whole: bool = False) -> Parsed:
    """Read the number that `with_compact` found for `column`."""
    found = pl.col(_number_of(column))
    value = whole(found) if is_whole else found
    failed = written(column).is_not_null() & value.is_null()
    kind = "a whole number" if is_whole else "a number"
    rule = f"{kind} like 48{decimal}5M whose language is certain"
    return Parsed((column,), value, failed, rule)


def _number_of(column: str) -> str:
    return f"_number_of_{column}"


def _read(
    column: str, whole: pl.DataFrame, decimal: Decimal | None, language: str | None
) -> pl.Expr:
    cell = written(column)
    is_foreign = cell.str.contains(_CUT_SHORT) & ~cell.str.contains(_WIDELY)
    is_english = language is None and decimal != ","
    if is_english and not whole.select(is_foreign.any()).item():
        return number(column, decimal=decimal or ".", has_suffix=True).value
    cells = whole.select(cell.unique()).to_series().drop_nulls().to_list()
    numbers = agreed_numbers(cells, _possible(decimal, language))
    return cell.replace_strict(
        list(numbers), list(numbers.values()), default=None, return_dtype=pl.Float64
    )


def _possible(decimal: Decimal | None, language: str | None) -> Sequence[Style]:
    if language is not None:
        style = style_of(language)
        return [replace(style, decimal=decimal or style.decimal)]
    possible = (*styles(), replace(WIDELY, decimal=","))
    return [style for style in possible if decimal in (None, style.decimal)]


def agreed_numbers(cells: Iterable[str], possible: Sequence[Style]) -> Mapping[str, float]:
    """Read the cells on which all styles agree that can have written every one of them.

    Parameters
    ----------
    cells
        All of a column, as `written` gives them.
    possible
        Styles that may have written them.

    Returns
    -------
    Mapping
        Cell to number, without the cells that are none or that mean several.
    """
    meanings = {
        cell: {
            style.locale: value for style in possible if (value := _value(cell, style)) is not None
        }
        for cell in cells
    }
    told = [set(meant) for meant in meanings.values() if meant]
    able = set.intersection(*told) if told else set()
    found = {
        cell: {value for locale, value in meant.items() if not able or locale in able}
        for cell, meant in meanings.items()
    }
    return {cell: float(*values) for cell, values in found.items() if len(values) == 1}


def _value(cell: str, style: Style) -> Exact | None:
    match = _PARTS.fullmatch(cell)
    if match is None:
        return None
    digits = match.group(1).replace(ARABIC_DECIMAL, style.decimal)
    factor = style.factor(match.group(2)) if match.group(2) else Exact(1)
    if factor is None or not _grouped(style.decimal).fullmatch(digits):
        return None
    bare = re.sub(rf"[^\d{style.decimal}+-]", "", digits).replace(",", ".")
    return Exact(bare) * factor


@cache
def _grouped(decimal: str) -> re.Pattern[str]:
    marks = {".", ",", "'", " "} - {decimal}
    groups = "|".join(rf"(?:{re.escape(mark)}\d{{3}})+" for mark in sorted(marks))
    indian = r"|\d{1,2}(?:,\d{2})+,\d{3}" if decimal == "." else ""
    return re.compile(rf"[+-]?(?:\d{{1,3}}(?:{groups}){indian}|\d+)(?:{re.escape(decimal)}\d+)?")
