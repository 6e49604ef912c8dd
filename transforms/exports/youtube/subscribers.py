"""YouTube Studio's column of subscribers: how many came less how many left, or how many there are.

Both stand under one header. A date report has the net change; the card of the subscriber count
downloads as a file of days and counts alone. A count only grows, but for a few days, over many
values; a net change does not. Where too few values stand there, nothing tells the two apart.
"""

import polars as pl

from transforms.cells import parse
from transforms.cells.parse import Parsed
from transforms.export import FILLED

CHANGE, COUNT = "change", "count"
MEANING = "_subscribers"
"""Derived column: which of the two the file has, null where it could be either."""

_FIGURE = parse.signed_count("subscribers")
_DAY_AND_FIGURE = 2
_LEAST_VALUES = 10
_LEAST_GROWING = 0.9
_LEAST_DAYS = 7
"""Fewer days are taken for what a date report has: the card covers 28 at least."""


def with_meaning(data: pl.DataFrame, day: str) -> pl.DataFrame:
    """Add which of the two the column of subscribers is, told by all days of the file."""
    return data.with_columns(pl.lit(_meaning(data, day), pl.String).alias(MEANING))


def net_follows() -> Parsed:
    """Read the column where it is a net change."""
    return _where(CHANGE, _FIGURE)


def followers() -> Parsed:
    """Read the column where it is a count."""
    return _where(COUNT, parse.count("subscribers"))


def unclear(data: pl.DataFrame) -> str | None:
    """Say that nothing tells which of the two the column is, or nothing."""
    if MEANING not in data.columns or data.is_empty() or data.item(0, MEANING) is not None:
        return None
    return (
        "its subscribers can be how many there are or how many came less how many left: they "
        "never fall and hardly change. Download the date report with Views beside Subscribers"
    )


def _where(meaning: str, figure: Parsed) -> Parsed:
    is_meant = pl.col(MEANING) == meaning
    value = pl.when(is_meant).then(figure.value)
    return Parsed(figure.columns, value, is_meant & figure.failed, figure.rule)


def _meaning(data: pl.DataFrame, day: str) -> str | None:
    if data.height < _LEAST_DAYS or data.get_column("subscribers").has_nulls():
        return CHANGE
    told = data.filter(pl.col(FILLED) <= _DAY_AND_FIGURE, pl.col(day).is_not_null())
    if told.height < data.height:
        return CHANGE
    figures = told.sort(day).select(_FIGURE.value.alias("figure")).drop_nulls()
    if figures.height < data.height:
        return CHANGE
    figure = pl.col("figure")
    growing, least, most, values = figures.select(
        (figure.diff().drop_nulls() >= 0).mean().alias("growing"),
        figure.min().alias("least"),
        figure.max().alias("most"),
        figure.n_unique().alias("values"),
    ).row(0)
    if most == 0 or least < 0 or growing < _LEAST_GROWING:
        return CHANGE
    return COUNT if values >= _LEAST_VALUES else None
