"""What a file says twice, compared: its Total row with its records, a whole with its parts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from schemas.files import NO_RECONCILIATION
from transforms.cells.typed import select
from transforms.deliveries.checks.daily_sums import DailyReports
from transforms.deliveries.checks.daily_views import DailyViews
from transforms.deliveries.checks.totals import against_days, against_records
from transforms.deliveries.lending import Lent
from transforms.deliveries.survey import Surveyed
from transforms.export import CrossCheck


@dataclass(frozen=True, eq=False)
class Beside:
    """What the tables of a delivery say of each other's figures."""

    days: DailyReports
    views: DailyViews

    @classmethod
    def of(cls, lent: Mapping[Surveyed, Lent | BaseException]) -> "Beside":
        """Listen to every table of a delivery."""
        return cls(DailyReports(lent), DailyViews(lent))


def reconcile(entry: Surveyed, lent: Lent, beside: Beside) -> pl.DataFrame:
    """Compare what the file says twice, and with what came beside it.

    Returns
    -------
    polars.DataFrame
        Rows of ops.reconciliation without the load's columns: grain (check, metric). Where a file
        says nothing twice, no rows.
    """
    return _frame(
        entry,
        (
            *against_records(entry, lent.whole),
            *against_days(entry, beside.days.beside(entry, lent)),
            *_reach_within(beside.views.beside_reach(entry, lent)),
            *(row for check in entry.export.cross_checks for row in _cross_checked(lent, check)),
        ),
    )


def _frame(entry: Surveyed, compared: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    rows = [{"file_id": entry.file.file_id, "sheet": entry.table.sheet, **row} for row in compared]
    return pl.DataFrame(rows, schema=NO_RECONCILIATION.schema) if rows else NO_RECONCILIATION


def _cross_checked(lent: Lent, check: CrossCheck) -> Iterator[Mapping[str, Any]]:
    sides = [check.said.alias("said"), check.found.alias("found")]
    if check.by:
        pairs = lent.data.group_by(check.by).agg(sides).select("said", "found")
    else:
        pairs = select(lent.data, *sides)
    yield from _compared(check.name, check.metric, pairs, is_bound=check.is_bound)


def _reach_within(pairs: pl.DataFrame | None) -> Iterator[Mapping[str, Any]]:
    if pairs is not None:
        yield from _compared("reach <= views", "reach", pairs, is_bound=True)


def _compared(
    name: str, metric: str, pairs: pl.DataFrame, *, is_bound: bool
) -> Iterator[Mapping[str, Any]]:
    """Compare the records that report both figures."""
    pairs = pairs.cast(pl.Float64).drop_nulls()
    if pairs.is_empty():
        return
    over = pl.col("found") - pl.col("said")
    is_off = over > 0 if is_bound else over.abs() > 0
    off = pairs.filter(is_off)
    said, found = off.sum().row(0) if is_bound and off.height else pairs.sum().row(0)
    yield {
        "check": name,
        "metric": metric,
        "said": said,
        "found": found,
        "difference": found - said if off.height else 0.0,
        "records": pairs.height,
        "records_off": off.height,
        "reason": "unexplained" if off.height else "agrees",
    }
