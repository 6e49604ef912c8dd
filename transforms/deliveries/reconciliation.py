"""What a file says twice, compared: its Total row with its records, a whole with its parts."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from schemas.files import NO_RECONCILIATION
from transforms.cells.parse import Parsed
from transforms.deliveries.lending import Lent
from transforms.deliveries.records import NOT_DATA
from transforms.deliveries.survey import Surveyed
from transforms.export import CrossCheck, Export

TOTAL = "total"
"""Check that holds a Total row against the records."""

_NOT_ADDITIVE = frozenset(
    {"reach", "unique_viewers", "new_viewers", "returning_viewers", "followers"}
)
"""People and levels: neither of two records' sum is the figure of both."""

_ADDITIVE_AMOUNTS = frozenset({"watch_time_s", "estimated_revenue"})
_ROUNDING = {"watch_time_s": 0.36, "estimated_revenue": 0.001}
"""What one printed figure can be off by: 0.0001 hours, 0.001 of a currency."""


def reconcile(entry: Surveyed, lent: Lent, quarantined: int) -> pl.DataFrame:
    """Compare what the file says twice.

    Parameters
    ----------
    quarantined
        Records that were not loaded; they are summed all the same where they can be read.

    Returns
    -------
    polars.DataFrame
        Rows of ops.reconciliation without the load's columns: grain (check, metric). Where a file
        says nothing twice, no rows.
    """
    rows = [
        {"file_id": entry.file.file_id, "sheet": entry.table.sheet, **compared}
        for compared in (
            *_totals(entry, lent, quarantined),
            *(row for check in entry.export.cross_checks for row in _cross_checked(lent, check)),
        )
    ]
    return pl.DataFrame(rows, schema=NO_RECONCILIATION.schema) if rows else NO_RECONCILIATION


def _totals(entry: Surveyed, lent: Lent, quarantined: int) -> Iterator[Mapping[str, Any]]:
    if entry.data.height == entry.text.height:
        return
    totals = entry.text.filter(pl.col(NOT_DATA) == TOTAL)
    counts = _summed(entry.export, set(entry.text.columns))
    if totals.height != 1 or not counts:
        return
    values = [parsed.value.alias(name) for name, parsed in counts.items()]
    said = totals.select(values).row(0, named=True)
    records = entry.data.select(values)
    found = records.sum().row(0, named=True)
    for name in counts:
        reported = records[name].count()
        if said[name] is None or not reported:
            continue
        difference = found[name] - said[name]
        if abs(difference) <= _ROUNDING.get(name, 0.0) * (reported + 1):
            reason = "agrees"
        else:
            reason = _reason(entry.export, name, difference, lent.is_capped, quarantined)
        yield {
            "check": TOTAL,
            "metric": name,
            "said": float(said[name]),
            "found": float(found[name]),
            "difference": float(difference),
            "records": reported,
            "records_off": None,
            "reason": reason,
        }


def _summed(export: Export, columns: set[str]) -> dict[str, Parsed]:
    """Choose the figures that add up and that the text alone tells."""
    return {
        name: export.columns[name]
        for name in export.figures
        if (export.schema[name].is_integer() or name in _ADDITIVE_AMOUNTS)
        and name not in _NOT_ADDITIVE
        and columns >= set(export.columns[name].value.meta.root_names())
    }


def _reason(
    export: Export, metric: str, difference: float, is_capped: bool, quarantined: int
) -> str:
    """Name the known reason for a difference; the surest first.

    Notes
    -----
    A cut list, a deleted, private or withheld post can only make the records too few
    (support.google.com/youtube/answer/9101241; seen on real exports). The subscribers of a
    channel are not those of its videos, in either direction (seen on real exports).
    """
    if metric in export.channel_level:
        return "channel_level"
    if difference < 0 and is_capped:
        return "capped"
    if quarantined:
        return "quarantined"
    if difference < 0 and any(table.startswith("post") for table in export.tables):
        return "absent_posts"
    return "unexplained"


def _cross_checked(lent: Lent, check: CrossCheck) -> Iterator[Mapping[str, Any]]:
    sides = [check.said.alias("said"), check.found.alias("found")]
    if check.by:
        pairs = lent.data.group_by(check.by).agg(sides).select("said", "found")
    else:
        pairs = lent.data.select(sides)
    pairs = pairs.cast(pl.Float64).drop_nulls()
    if pairs.is_empty():
        return
    over = pl.col("found") - pl.col("said")
    is_off = over > 0 if check.is_bound else over.abs() > 0
    off = pairs.filter(is_off)
    said, found = off.sum().row(0) if check.is_bound and off.height else pairs.sum().row(0)
    yield {
        "check": check.name,
        "metric": check.metric,
        "said": said,
        "found": found,
        "difference": found - said if off.height else 0.0,
        "records": pairs.height,
        "records_off": off.height,
        "reason": "unexplained" if off.height else "agrees",
    }
