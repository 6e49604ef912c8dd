"""What the cells of a column look like, before anything is known of what they mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import polars as pl

from schemas.columns import PLATFORMS
from transforms.cells.number_styles import WIDELY, styles
from transforms.cells.profile_links import profile
from transforms.cells.written_numbers import written
from transforms.mappings.day_formats import day_forms, moment_formats

_HANDLE = r"^@?[A-Za-z0-9._-]+$"
_PLAIN = r"^[+-]?\d[\d.,' \x{a0}\x{202f}]*$"
_COMMA = r"^[+-]?\d{1,3}(?:[. ]\d{3})*,\d{1,2}$|^[+-]?\d+,\d+$"
_POINT = r"^[+-]?\d{1,3}(?:[, ]\d{3})*\.\d{1,2}$|^[+-]?\d+\.\d+$"
_GROUPED = r"^[+-]?\d{1,3}(?:[.,]\d{3})+$"
_FEW_WORDS = 12
_ID = r"^[\w:=\"'-]{8,}$"


@dataclass(frozen=True)
class Shape:
    """One column's cells.

    Attributes
    ----------
    kind
        `empty`, `day`, `number`, `suffixed`, `percent`, `clock`, `url`, `network`,
        `handle` or `text`.
    days
        Of a day: the orders or formats in which every cell is one.
    moments
        Of a day: the formats in which every cell is one with a time of day.
    decimal
        What must stand before the fraction for every number to be one; null where either can.
    is_whole
        Whether no number has a fraction.
    most
        The greatest number, where a point or nothing stands before the fraction.
    handle_share
        Share of the cells that could be handles.
    is_id
        Whether every cell is as long as an id, and written as one.
    is_profile
        Whether every cell is a link to an account.
    words
        What stands there, where it is few words over and over.
    """

    kind: str
    days: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()
    decimal: str | None = None
    is_whole: bool = False
    most: float | None = None
    handle_share: float = 0.0
    is_id: bool = False
    is_profile: bool = False
    words: tuple[str, ...] = ()

    @property
    def day_order(self) -> str | None:
        """Give the one form in which every cell is a day, null where several are."""
        return self.days[0] if len(self.days) == 1 else None


def shape(cells: pl.Series) -> Shape:
    """Look at the cells of a column, as text."""
    told = cells.to_frame("cell").select(written("cell")).to_series().drop_nulls()
    if told.is_empty():
        return Shape("empty", handle_share=1.0)
    share = told.str.contains(_HANDLE).mean()
    linked = told.to_frame("cell").select(profile("cell").value.is_not_null().all()).item()
    return replace(
        _shape(told),
        handle_share=float(share) if isinstance(share, float) else 0.0,
        is_id=bool(told.str.contains(_ID).all()),
        is_profile=bool(linked),
        words=_words(told),
    )


def _words(told: pl.Series) -> tuple[str, ...]:
    words = told.unique(maintain_order=True)
    return tuple(words) if words.len() <= _FEW_WORDS else ()


def _shape(told: pl.Series) -> Shape:
    if told.str.to_lowercase().is_in(PLATFORMS).all():
        return Shape("network")
    if days := day_forms(told):
        return Shape("day", days=days, moments=moment_formats(told))
    if told.str.contains(_PLAIN).all():
        return _number("number", told)
    for kind, pattern in _patterns():
        if told.str.contains(pattern).all():
            bare = told.str.replace_all(r"%|[\s.]*\p{L}\D*$", "").str.strip_chars()
            return _number(kind, bare) if kind in ("percent", "suffixed") else Shape(kind)
    return Shape("text")


@cache
def _patterns() -> tuple[tuple[str, str], ...]:
    words = {*WIDELY.words, *(word for style in styles() for word in style.words)}
    suffix = "|".join(map(re.escape, sorted(words)))
    return (
        ("percent", r"^[+-]?\d[\d.,\s]*%$|^[+-]?%\s*[+-]?\d[\d.,\s]*$"),
        ("suffixed", rf"(?i)^[+-]?\d[\d., ']*(?:{suffix})?\.?$"),
        ("clock", r"^\d+:\d{2}(:\d{2})?$"),
        ("url", r"^https?://\S+$"),
        ("handle", _HANDLE),
    )


def decimal_of(shapes: Sequence[Shape]) -> str | None:
    """Give the mark before fractions that all columns agree on, or null."""
    found = {one.decimal for one in shapes if one.decimal}
    return found.pop() if len(found) == 1 else None


def _number(kind: str, cells: pl.Series) -> Shape:
    """Tell the decimal mark: groups of three digits could be thousands, or not."""
    has_comma = cells.str.contains(_COMMA) & ~cells.str.contains(_GROUPED)
    has_point = cells.str.contains(_POINT) & ~cells.str.contains(_GROUPED)
    decimal = {(True, False): ",", (False, True): "."}.get(
        (bool(has_comma.any()), bool(has_point.any()))
    )
    figures = cells.str.replace_all(r"[, ']", "").cast(pl.Float64, strict=False)
    most = figures.max() if decimal != "," else None
    return Shape(
        kind,
        decimal=decimal,
        is_whole=not (has_comma | has_point).any(),
        most=most if isinstance(most, float) else None,
    )
