"""Numbers as lists and spreadsheets write them: `48.5M`, `1.234,56`, `€ 1 200`, `%3,4`."""

from typing import Literal

import polars as pl

from transforms.cells.parse import NOT_REPORTED, Parsed

Decimal = Literal[".", ","]
"""What stands before the fraction; every other mark between digits groups them."""

SUFFIXES = {"k": 1e3, "m": 1e6, "b": 1e9}
"""What a letter after a number multiplies it by in English."""

_CUT_SHORT = r"\p{L}\D*$|\d[eE]\+?\d+$"
_POWER = r"^[+-]?\d(?:[.,]\d+)?[eE]\+?\d{1,2}$"
_NO_VALUE = (*NOT_REPORTED, "n/a'", "#n/a")
_MARKS = {".": (",", "'", " "), ",": (r"\.", "'", " ")}
_SPACES = r"[\x{a0}\x{2009}\x{202f}]"
_UNSEEN = r"[\x{200e}\x{200f}\x{61c}]"
_INDIAN = r"\d{1,2}(?:,\d{2})+,\d{3}"
_ZEROS = "\uff10\u0660\u06f0\u0966"
_PLAIN = {
    **{chr(ord(zero) + digit): str(digit) for zero in _ZEROS for digit in range(10)},
    "\uff05": "%", "\u066a": "%", "\uff0e": ".", "\uff0c": ",", "\u066c": "'", "\u2019": "'",
    "\u2212": "-",
}  # fmt: skip
"""Signs that mean one thing in every language: digits, percent, group, apostrophe, minus."""

ARABIC_DECIMAL = "\u066b"
"""Stands before the fraction wherever it stands."""
_PERCENT = r"^([+-]?)%\s*|\s*%$"
_MONEY = r"\p{Sc}|^\s*[A-Z]{3}\s+|\s+[A-Z]{3}\s*$"
_WHOLE_TO = 1e-6
_SHARE_TO, _SCALED_TO = 12, 6
"""Decimals kept: 8.2 times a million is 8,199,999.999999999 before."""


def number(
    column: str,
    *,
    decimal: Decimal = ".",
    factor: float = 1,
    has_suffix: bool = False,
    is_percent: bool = False,
    is_money: bool = False,
    is_whole: bool = False,
) -> Parsed:
    """Read a number under a rule that is known, so that no mark in it is ambiguous.

    Parameters
    ----------
    decimal
        What stands before the fraction.
    factor
        What one of the file's units is in ours: 1000 where it counts thousands.
    has_suffix
        Whether K, M or B, in either case, can stand after it, or the power of ten to which Excel
        cuts a number short: `2.28E+11`.
    is_percent
        Whether it is a percentage, with or without its sign, to be given as a share of 1.
    is_money
        Whether a currency's sign or code can stand beside it; which one, the declaration says.
    is_whole
        Whether the value must be whole.
    """
    cell = written(column)
    body = cell.str.replace(_PERCENT, "${1}") if is_percent else cell
    body = body.str.replace_all(_MONEY, "").str.strip_chars() if is_money else body
    letter = body.str.to_lowercase().str.extract(r"([kmb])\s*$", 1)
    digits = body.str.replace(r"\s*[kmbKMB]\s*$", "") if has_suffix else body
    scale = (
        letter.replace_strict(SUFFIXES, default=1.0, return_dtype=pl.Float64)
        if has_suffix
        else pl.lit(1.0)
    )
    value = _value(digits, decimal) * scale * (factor / 100 if is_percent else factor)
    if has_suffix:
        value = pl.coalesce(value, _power(cell, decimal))
    value = whole(value) if is_whole else value.round(_SHARE_TO if is_percent else _SCALED_TO)
    failed = cell.is_not_null() & value.is_null()
    return Parsed((column,), value, failed, _rule(decimal, has_suffix, is_percent, is_whole))


def is_rounded(column: str) -> pl.Expr:
    """Tell where a word or a power of ten stands after the number, null where no number stands."""
    return written(column).str.contains(_CUT_SHORT)


def written(column: str) -> pl.Expr:
    """Give what stands in a cell in plain signs, null where it says that there is no value."""
    bare = pl.col(column).str.replace_all(_SPACES, " ").str.replace_all(_UNSEEN, "")
    bare = bare.str.replace_many(_PLAIN).str.strip_chars()
    return pl.when(~bare.str.to_lowercase().is_in(_NO_VALUE)).then(bare)


def _value(digits: pl.Expr, decimal: Decimal) -> pl.Expr:
    groups = "|".join(rf"(?:{mark}\d{{3}})+" for mark in _MARKS[decimal])
    grouped = rf"\d{{1,3}}(?:{groups})" + (f"|{_INDIAN}" if decimal == "." else "")
    fraction = rf"(?:{'[.]' if decimal == '.' else ','}\d+)?"
    digits = digits.str.replace(ARABIC_DECIMAL, decimal, literal=True)
    is_number = digits.str.contains(rf"^[+-]?(?:{grouped}|\d+){fraction}$")
    bare = digits.str.replace_all(rf"[^0-9{decimal}+-]", "").str.replace(",", ".", literal=True)
    return pl.when(is_number).then(bare).cast(pl.Float64, strict=False)


def _power(cell: pl.Expr, decimal: Decimal) -> pl.Expr:
    bare = cell.str.replace(",", ".", literal=True) if decimal == "," else cell
    return pl.when(bare.str.contains(_POWER)).then(bare).cast(pl.Float64, strict=False)


def whole(value: pl.Expr) -> pl.Expr:
    """Give the whole number a value is, null where it is none."""
    nearest = value.round()
    return pl.when((value - nearest).abs() < _WHOLE_TO).then(nearest).cast(pl.Int64, strict=False)


def _rule(decimal: str, has_suffix: bool, is_percent: bool, is_whole: bool) -> str:
    kind = "a percentage" if is_percent else "a whole number" if is_whole else "a number"
    example = "48.5M" if has_suffix else "1234" if is_whole else "1234.5"
    return f"{kind} like {example.replace('.', decimal)}"
