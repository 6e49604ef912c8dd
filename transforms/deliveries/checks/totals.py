"""A report's Total row, held against its records and against the days of the report beside it."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from transforms.cells.parse import Parsed
from transforms.cells.typed import TypedColumn, typed
from transforms.deliveries.checks.adding_up import added, adding_up, summed
from transforms.deliveries.checks.daily_sums import DailySums
from transforms.deliveries.survey import Surveyed, Whole
from transforms.export import Export

TOTAL = "total"
"""Check that holds a Total row against the records."""

DAYS = "days = total"
"""Check that holds a Total row against the daily figures that came beside it."""

_ROUNDING = {"watch_time_s": 0.36, "estimated_revenue": 0.001}
"""What one printed figure can be off by: 0.0001 hours, 0.001 of a currency."""

Row = Mapping[str, Any]


def against_records(entry: Surveyed, whole: Whole) -> Iterator[Row]:
    """Compare a Total row with the records it adds up, figure by figure.

    Parameters
    ----------
    whole
        The tables that make up one report with this one: a creator can cut it into several files,
        of which one has the Total row, or each the same.

    Yields
    ------
    Mapping
        check, metric, said, found, difference, records, records_off, reason.
    """
    said, figures = _said(entry)
    if not said:
        return
    meant = _meant(entry, whole, figures, said)
    records = typed(meant, figures)
    for figure in figures:
        name, cells = figure.name, records.get_column(figure.name)
        if said[name] is None or not cells.count():
            continue
        row = _compared(TOTAL, name, said[name], added(cells), cells.count())
        if row["reason"] != "agrees":
            is_unread = _is_unread(summed(entry.export)[name], meant)
            row["reason"] = _reason(
                entry.export, name, row["difference"], whole.is_capped, is_unread
            )
        yield row


def against_days(entry: Surveyed, days: DailySums) -> Iterator[Row]:
    """Compare a Total row with the sum of the days that came beside it.

    Parameters
    ----------
    days
        Figure to its days, which cover the period of the Total and no other day.
    """
    said, _ = _said(entry) if days else ({}, [])
    for name, told in days.items():
        if said.get(name) is not None:
            yield _compared(DAYS, name, said[name], told.sum, told.days)


def _said(entry: Surveyed) -> tuple[Row, list[TypedColumn]]:
    """Give what the one Total row says, and the figures that its table has; nothing without one."""
    told = set(entry.text.columns)
    figures = [figure for figure, needed in adding_up(entry.export) if told >= needed]
    if entry.data.height == entry.text.height or not figures:
        return {}, []
    totals = entry.part.totals
    return (typed(totals, figures).row(0, named=True), figures) if totals.height == 1 else ({}, [])


def _meant(entry: Surveyed, whole: Whole, figures: list[TypedColumn], said: Row) -> pl.DataFrame:
    """Choose the records that a Total row adds up: those of its own table, or of the whole report.

    Its own where they add up to it, where a key stands in two tables, where another table has
    another Total, and where all together would come to more than the Total says.
    """
    if len(whole.members) == 1 or whole.repeats_keys or _adds_up(entry, entry.data, figures, said):
        return entry.data
    totals = [_said(member)[0] for member in whole.members]
    if any(other and _figures(other) != _figures(said) for other in totals):
        return entry.data
    found = typed(whole.data, figures).sum().row(0, named=True)
    is_more = any(
        (found[name] or 0) - said[name] > _tolerance(name, whole.data.height)
        for name in _bound(entry.export, figures)
        if said[name] is not None
    )
    return entry.data if is_more else whole.data


def _adds_up(entry: Surveyed, records: pl.DataFrame, figures: list[TypedColumn], said: Row) -> bool:
    found = typed(records, figures).sum().row(0, named=True)
    bound = [name for name in _bound(entry.export, figures) if said[name] is not None]
    return bool(bound) and all(
        abs((found[name] or 0) - said[name]) <= _tolerance(name, records.height) for name in bound
    )


def _bound(export: Export, figures: list[TypedColumn]) -> list[str]:
    """Name the figures whose Total is that of the records and of nothing else."""
    return [figure.name for figure in figures if figure.name not in export.channel_level]


def _figures(said: Row) -> Row:
    return {name: value for name, value in said.items() if name != "row_number"}


def _tolerance(name: str, records: int) -> float:
    return _ROUNDING.get(name, 0.0) * (records + 1)


def _compared(check: str, name: str, said: float, found: float, records: int) -> dict[str, Any]:
    difference = found - said
    return {
        "check": check,
        "metric": name,
        "said": float(said),
        "found": float(found),
        "difference": float(difference),
        "records": records,
        "records_off": None,
        "reason": "agrees" if abs(difference) <= _tolerance(name, records) else "unexplained",
    }


def _is_unread(parsed: Parsed, records: pl.DataFrame) -> bool:
    """Tell whether a cell of the figure could not be read: then it is missing from the sum."""
    return bool(records.select(parsed.failed.fill_null(value=False).any()).item())


_NETTED = frozenset({"net_follows", "likes_net", "comments_net", "shares_net"})
"""Figures of which a part can be negative, so that the others can sum to more than the whole."""


def _reason(
    export: Export, metric: str, difference: float, is_capped: bool, is_unread: bool
) -> str:
    """Name the known reason for a difference; the surest first.

    Notes
    -----
    A cut list, a deleted, private or withheld post, a segment too small to be listed can only make
    the records too few (support.google.com/youtube/answer/9101241; seen on real exports). The
    subscribers of a channel are not those of its videos, in either direction (seen on real
    exports).
    """
    if metric in export.channel_level:
        return "channel_level"
    if difference < 0 and is_capped:
        return "capped"
    if is_unread:
        return "quarantined"
    if "account_breakdown" in export.tables and (difference < 0 or metric in _NETTED):
        return "withheld"
    if difference < 0 and any(table.startswith("post") for table in export.tables):
        return "absent_posts"
    return "unexplained"
