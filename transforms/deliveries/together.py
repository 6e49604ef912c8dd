"""Many small tables of one export, whose records are typed and split as one.

What a small table costs is nearly all the same however few its records are. Cells are typed and
rules are held against them record by record, so that records of several files can stand one below
the other. A file of which anything breaks a rule, or with which anything fails, is read alone.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable

import numpy as np
import polars as pl

from transforms.deliveries.lending import Lent
from transforms.deliveries.loading import Rows, cut
from transforms.deliveries.outcome import DEFECTS
from transforms.deliveries.splitting import split
from transforms.deliveries.survey import Surveyed
from transforms.deliveries.told import Told

_SMALL = 2_000
"""Records from which a table is worth its own passes."""

Table = tuple[Surveyed, Lent]


def load_together(tables: Iterable[Table]) -> dict[Surveyed, Rows]:
    """Give the rows of those small tables whose records are all good and not alone of their kind.

    Parameters
    ----------
    tables
        Of any deliveries and exports.

    Returns
    -------
    dict
        The same rows that each table by itself gives; a table that is missing is to be read alone.
    """
    kinds: dict[Hashable, list[Table]] = defaultdict(list)
    for entry, lent in tables:
        if _is_small(entry, lent):
            kinds[entry.export, frozenset(lent.data.columns)].append((entry, lent))
    return {entry: rows for alike in kinds.values() for entry, rows in _load_alike(alike).items()}


def _is_small(entry: Surveyed, lent: Lent) -> bool:
    is_whole = entry.pieces is None and entry.export.complete is None
    return is_whole and 0 < lent.data.height < _SMALL


def _load_alike(tables: list[Table]) -> dict[Surveyed, Rows]:
    """Give nothing where anything fails: read alone, the table that fails has it as its reason."""
    if len(tables) < 2:
        return {}
    try:
        return _load(tables)
    except DEFECTS:
        return {}


def _load(tables: list[Table]) -> dict[Surveyed, Rows]:
    """Load all of them, or all but those that break a rule."""
    export = tables[0][0].export
    heights = [lent.data.height for _, lent in tables]
    place = pl.Series(np.repeat(np.arange(len(tables), dtype=np.uint32), heights))
    records = pl.concat([lent.data for _, lent in tables], how="diagonal")
    told = Told.of_many(tables, place, records.get_column("row_number"))
    numbered = records.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias("row_number"))
    parted = split(numbered, export, told.given(export))
    if parted.broken.height:
        broken = set(place.gather(parted.broken.get_column("row_number")))
        return _load_alike([table for at, table in enumerate(tables) if at not in broken])
    return {
        entry: Rows(height, rows)
        for (entry, _), height, rows in zip(
            tables, heights, cut(parted.good, export, told, heights), strict=True
        )
    }
