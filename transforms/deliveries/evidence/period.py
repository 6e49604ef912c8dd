"""Which period a table's figures cover: told by a name, its own days or a sibling's."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import polars as pl

from transforms.cells.typed import select
from transforms.deliveries.evidence import hints
from transforms.deliveries.evidence.hints import Period
from transforms.deliveries.survey import Surveyed, Whole
from transforms.export import Export


def settle_periods(
    dated: Mapping[Surveyed, pl.DataFrame], wholes: Mapping[Surveyed, Whole]
) -> dict[Surveyed, Period | None]:
    """Give the period in the name, else the table's own days, else those of a sibling beside.

    Parameters
    ----------
    dated
        Records of each table, with the days that only the whole tells.
    """
    beside: dict[tuple[str | None, tuple[str | None, str]], list[Surveyed]] = defaultdict(list)
    for entry in dated:
        beside[entry.export.platform, entry.container].append(entry)
    found: dict[Surveyed, Period | None] = {}
    for entry, data in dated.items():
        found[entry] = entry.named_period or _span(entry.export, [data])
        if found[entry] is None and entry.export.period == "figures":
            near = beside[entry.export.platform, entry.container]
            found[entry] = _lent(entry, near, dated, wholes)
    return found


def _lent(
    entry: Surveyed,
    beside: Sequence[Surveyed],
    dated: Mapping[Surveyed, pl.DataFrame],
    wholes: Mapping[Surveyed, Whole],
) -> Period | None:
    """Take the days that every dated sibling covers; a cut list covers what it does not show.

    Several files of one header are either one that was cut by rows or several exports. Browsers
    number the second download of a name, which pairs those; else they tell nothing if the
    reports list a post twice.
    """
    reports = [other for other in beside if wholes[other] is wholes[entry]]
    lenders = _lenders(beside, wholes)
    numbers = {_number(report) for report in reports}
    if len(numbers) > 1 and numbers == {_number(lender) for lender in lenders}:
        paired = [lender for lender in lenders if _number(lender) == _number(entry)]
        spans = {_span(lender.export, [dated[lender]]) for lender in paired}
        return spans.pop() if len(spans) == 1 else None
    found = {wholes[lender] for lender in lenders}
    if wholes[entry].repeats_keys and any(len(whole.members) > 1 for whole in found):
        return None
    spans = {_span(whole.export, [dated[member] for member in whole.members]) for whole in found}
    return spans.pop() if len(spans) == 1 else None


def _lenders(beside: Sequence[Surveyed], wholes: Mapping[Surveyed, Whole]) -> list[Surveyed]:
    """Choose the reports whose days tell a period: of the account, else of chosen posts.

    Who takes posts or days out of a chart of some leaves the days of the account as they are.
    """
    dated = [
        other
        for other in beside
        if other.export.days_covered is not None and not wholes[other].is_capped
    ]
    return [other for other in dated if other.export.tables == ("account_day",)] or dated


def _number(entry: Surveyed) -> str:
    return hints.copy_number(entry.file.names[0])


def _span(export: Export, parts: Sequence[pl.DataFrame]) -> Period | None:
    """Give first and last day covered; null where the days of several parts leave gaps."""
    covered = export.days_covered
    if covered is None:
        return None
    each = [select(part, covered.alias("day")).to_series().drop_nulls().unique() for part in parts]
    days = pl.concat(each)
    first, last = days.min(), days.max()
    if not (isinstance(first, date) and isinstance(last, date)):
        return None
    is_told_by_all = len({(part.min(), part.max()) for part in each}) == 1
    if not is_told_by_all and not _is_gapless(days, (last - first).days + 1):
        return None
    return Period(first, last)


def _is_gapless(days: pl.Series, count: int) -> bool:
    return days.n_unique() == days.len() == count


def period_notes(entry: Surveyed, period: Period | None) -> Iterator[str]:
    """Say where the period of figures is unknown or lent."""
    if entry.export.period != "figures" or entry.data.is_empty():
        return
    if period is None:
        yield "nothing tells its period: loaded, and enters no rate"
    elif entry.named_period is None and entry.export.days_covered is None:
        yield f"its period is that of the days beside it: {period.start} to {period.end}"
