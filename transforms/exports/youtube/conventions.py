"""What all reports of YouTube Studio share."""

import polars as pl

CAP = 500
"""Records at which Studio cuts every list."""

DIMENSIONS = frozenset(
    {
        "viewer_age",
        "viewer_gender",
        "geography",
        "cities",
        "city_name",
        "subscription_status",
        "other_dimension",
    }
)
"""Canonical columns that a report can be cut by, the video and the day aside."""

FRACTIONS = ("watch_time", "average_viewed", "impressions_ctr", "revenue")
"""Canonical columns whose figures have decimals."""

_DECIMAL_COMMA = r"^\s*-?\d+,(?:\d{1,2}|\d{4,})\s*$"
_LONE_COMMA = r"^(\s*-?\d+),(\d+\s*)$"
_FRACTIONS = tuple(pl.col(column) for column in FRACTIONS)
_HAS_ANY_COMMA = pl.any_horizontal(
    cell.str.contains(",", literal=True).any() for cell in _FRACTIONS
)
_HAS_COMMA = pl.any_horizontal(cell.str.contains(_DECIMAL_COMMA).any() for cell in _FRACTIONS)
_HAS_POINT = pl.any_horizontal(cell.str.contains(r"\d\.\d").any() for cell in _FRACTIONS)


def with_decimal_points(text: pl.DataFrame) -> pl.DataFrame:
    """Write fractions with a point where a spreadsheet saved all of them with a comma.

    `14,155` could have thousands; beside a `6,8793` or `4,85` in the same file, and no fraction
    with a point, it has none. Studio itself writes a point and no thousands in every language
    (files of 2020 to 2026, read 2026-11-23).
    """
    if not text.select_seq(_HAS_ANY_COMMA).item():
        return text
    if not text.select_seq(_HAS_COMMA & ~_HAS_POINT).item():
        return text
    return text.with_columns(cell.str.replace(_LONE_COMMA, "${1}.${2}") for cell in _FRACTIONS)
