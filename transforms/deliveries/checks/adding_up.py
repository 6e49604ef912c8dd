"""The figures of a report that add up: over its records, and over the days of a period."""

from functools import cache

import polars as pl

from transforms.cells.parse import Parsed
from transforms.cells.typed import TypedColumn, typed_column
from transforms.export import Export

_NOT_ADDITIVE = frozenset(
    {"reach", "unique_viewers", "new_viewers", "returning_viewers", "followers"}
)
"""People and levels: neither of two records' sum is the figure of both."""

_ADDITIVE_AMOUNTS = frozenset({"watch_time_s", "estimated_revenue"})


def summed(export: Export) -> dict[str, Parsed]:
    """Choose the figures that add up."""
    return {
        name: export.columns[name]
        for name in export.figures
        if (export.schema[name].is_integer() or name in _ADDITIVE_AMOUNTS)
        and name not in _NOT_ADDITIVE
    }


def added(cells: pl.Series) -> float:
    """Add up figures, to the last bit the same however the records lie in memory."""
    return float(cells.rechunk().sum())


@cache
def adding_up(export: Export) -> tuple[tuple[TypedColumn, frozenset[str]], ...]:
    """Give the figures that add up, each with all the columns that it needs."""
    return tuple(
        (
            typed_column(name, export.schema.get(name, pl.Float64()), parsed),
            frozenset(parsed.value.meta.root_names()),
        )
        for name, parsed in summed(export).items()
    )
