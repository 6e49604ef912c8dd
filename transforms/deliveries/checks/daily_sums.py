"""What the days of a delivery's daily reports come to, for the Total rows that lie beside them."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from transforms.cells.typed import typed
from transforms.deliveries.checks.adding_up import added, adding_up
from transforms.deliveries.lending import Lent
from transforms.deliveries.survey import Surveyed


@dataclass(frozen=True)
class DailySum:
    """One figure of an account, summed over the days of one report that have it."""

    sum: float
    days: int


DailySums = Mapping[str, DailySum]
"""Figure to its sum."""

_Found = dict[str, DailySum | None]


class DailyReports:
    """The daily reports of a delivery that have no Total row of their own, summed.

    A figure that two of them in one folder or zip give for the same days is left out: nothing
    tells which of them belongs to a Total.
    """

    def __init__(self, lent: Mapping[Surveyed, Lent | BaseException]) -> None:
        self._lent = lent

    def beside(self, entry: Surveyed, given: Lent) -> DailySums:
        """Give the sums over exactly the days that a Total row is about, by figure."""
        if given.period is None or entry.data is entry.text:
            return {}
        found = self._found.get(_place(entry, given, given.period.start, given.period.end), {})
        return {name: told for name, told in found.items() if told}

    @cached_property
    def _found(self) -> dict[Hashable, _Found]:
        """Sum when the first Total row asks: most deliveries have none."""
        sums: dict[Hashable, _Found] = {}
        for entry, given in self._lent.items():
            if isinstance(given, Lent) and (covered := _covered(entry, given)):
                found = sums.setdefault(_place(entry, given, *covered), {})
                for name, told in _sums(entry, given):
                    found[name] = None if name in found else told
        return sums


def _place(entry: Surveyed, given: Lent, first: date, last: date) -> Hashable:
    account = given.account.ref if given.account else None
    return entry.export.platform, account, entry.container, first, last


def _covered(entry: Surveyed, given: Lent) -> tuple[date, date] | None:
    """Give the first and last day of a daily report of an account without gap or Total row."""
    days = entry.export.days_covered
    if days is None or entry.export.tables != ("account_day",) or given.is_capped:
        return None
    if given.data.is_empty() or not entry.part.totals.is_empty():
        return None
    first, last, known = given.data.select(
        days.min().alias("first"), days.max().alias("last"), days.n_unique().alias("known")
    ).row(0)
    is_gapless = known == given.data.height and first and (last - first).days + 1 == known
    return (first, last) if is_gapless else None


def _sums(entry: Surveyed, given: Lent) -> Iterator[tuple[str, DailySum]]:
    told = set(given.data.columns)
    figures = [figure for figure, needed in adding_up(entry.export) if told >= needed]
    values = typed(given.data, figures)
    for figure in figures:
        cells = values.get_column(figure.name)
        if cells.null_count() == 0:
            yield figure.name, DailySum(added(cells), cells.len())
