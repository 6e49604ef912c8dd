"""What the tables of one delivery lend each other before any of them is read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from transforms.cells.typed import select
from transforms.deliveries.evidence import hints
from transforms.deliveries.evidence.account import (
    Account,
    account_notes,
    own_account,
    settle_accounts,
)
from transforms.deliveries.evidence.hints import Observation, Period
from transforms.deliveries.evidence.period import period_notes, settle_periods
from transforms.deliveries.survey import Surveyed, Whole, wholes
from transforms.export import Clues

_YEAR = r"\b(?:19|20)[0-9]{2}\b"


@dataclass(frozen=True, kw_only=True, eq=False)
class Lent:
    """What one table is read with: its own word, its names' or its siblings'.

    Attributes
    ----------
    account
        The exporting account; null where nothing tells it.
    data
        Records that are data, with the columns that only the whole tells.
    whole
        The tables that make up one report with it.
    """

    account: Account | None
    period: Period | None
    observation: Observation
    data: pl.DataFrame = field(repr=False)
    whole: Whole = field(repr=False)
    notes: tuple[str, ...]

    @property
    def is_capped(self) -> bool:
        """Whether the platform cut the list."""
        return self.whole.is_capped


@dataclass(frozen=True, eq=False)
class _Dated:
    """Records with the days that only the whole tells, and the newest of them."""

    data: pl.DataFrame
    newest_inside: date | None


@dataclass(frozen=True, eq=False)
class _Told:
    """What a table tells by itself.

    Attributes
    ----------
    candidates
        What tells its day of observation, siblings aside.
    lendable
        The exact day among them; only that is lent.
    """

    account: Account | None
    dated: _Dated
    candidates: tuple[Observation, ...]
    lendable: date | None


@dataclass(frozen=True, eq=False)
class _Settled:
    observation: Observation
    data: pl.DataFrame
    notes: tuple[str, ...]


def lend(surveyed: Sequence[Surveyed]) -> dict[Surveyed, Lent | BaseException]:
    """Settle account, period, day of observation and years of every table of a delivery.

    Returns
    -------
    dict
        What each table is read with; the error where a table met one of ours, which then lends
        nothing and ends no other.
    """
    whole = wholes(surveyed)
    told: dict[Surveyed, _Told] = {}
    failed: dict[Surveyed, Lent | BaseException] = {}
    for entry in surveyed:
        try:
            told[entry] = _listen(entry, whole[entry])
        except (Exception, pl.exceptions.PanicException) as error:
            failed[entry] = error
    accounts = settle_accounts({entry: own.account for entry, own in told.items()})
    siblings = _Siblings(told, accounts)
    settled = {entry: _settle(entry, whole[entry], told[entry], siblings) for entry in told}
    periods = settle_periods({entry: found.data for entry, found in settled.items()}, whole)
    return failed | {
        entry: Lent(
            account=accounts[entry],
            period=periods[entry],
            observation=found.observation,
            data=found.data,
            whole=whole[entry],
            notes=(
                *entry.notes,
                *account_notes(entry, accounts[entry]),
                *found.notes,
                *period_notes(entry, periods[entry]),
            ),
        )
        for entry, found in settled.items()
    }


def _listen(entry: Surveyed, whole: Whole) -> _Told:
    file, export = entry.file, entry.export
    said = None
    if export.said_on and not entry.data.is_empty():
        clues = Clues(whole=whole.data, newest_possible=file.arrived_on)
        said = export.said_on(entry.data, clues)
    dated = _date(entry, whole, file.arrived_on)
    candidates = tuple(hints.own_observations(file, said, entry.named_period))
    newest = None if export.yearless else dated.newest_inside
    exact = [candidate for candidate in candidates if candidate.is_exact]
    best = hints.choose_observation(exact, newest, file.arrived_on)
    return _Told(
        account=own_account(entry, whole),
        dated=dated,
        candidates=candidates,
        lendable=best.day if best.is_exact else None,
    )


def _date(entry: Surveyed, whole: Whole, newest_possible: date) -> _Dated:
    clues = Clues(
        whole=whole.data,
        newest_possible=newest_possible,
        first_day=hints.first_day_in_names(entry.file.names),
        parts=whole.parts if entry.export.complete else (),
        own=whole.place(entry),
        memo=whole.memo,
    )
    data = entry.export.derive(entry.data, clues) if entry.export.derive else entry.data
    days = entry.export.days_inside
    return _Dated(data, None if days is None else select(data, days.max()).item())


def _settle(entry: Surveyed, whole: Whole, told: _Told, siblings: "_Siblings") -> _Settled:
    """Choose the day of observation; the years of labels without one follow from it."""
    lent, disagreement = siblings.day_for(entry)
    covered = siblings.newest_day_for(entry)
    candidates = [*told.candidates, *(found for found in (lent, covered) if found)]
    arrived_on, dated = entry.file.arrived_on, told.dated
    if entry.export.yearless:
        likely = hints.choose_observation(candidates, None, arrived_on)
        dated = _date(entry, whole, likely.day)
    observation = hints.choose_observation(candidates, dated.newest_inside, arrived_on)
    notes = [disagreement] if disagreement and not observation.is_exact else []
    if entry.export.yearless and not observation.is_exact and _lacks_years(entry):
        notes.append(
            f"only its {observation.source} tells the year of its days: taken as the newest "
            f"not after {observation.day}"
        )
    return _Settled(observation, dated.data, tuple(notes))


def _lacks_years(entry: Surveyed) -> bool:
    labels = entry.data.get_column(entry.export.key).drop_nulls()
    return not labels.str.contains(_YEAR).all()


class _Siblings:
    """The exact days of observation that tables of one account can lend each other."""

    def __init__(
        self, told: Mapping[Surveyed, _Told], accounts: Mapping[Surveyed, Account | None]
    ) -> None:
        self._told = told
        self._accounts = accounts
        self._days: dict[object, Counter[date]] = {}
        self._newest: dict[object, date] = {}
        for entry, own in told.items():
            newest = _newest_covered(entry, own)
            for scope in self._scopes(entry):
                if own.lendable:
                    self._days.setdefault(scope, Counter())[own.lendable] += 1
                if newest:
                    self._newest[scope] = max(newest, self._newest.get(scope, newest))

    def _scopes(self, entry: Surveyed) -> tuple[object, object]:
        """Give those beside the table in its folder or zip, then all of the delivery."""
        account = self._accounts[entry]
        owner: object = entry.export.platform, account.ref if account else None
        if entry.export.lists_accounts:
            owner = entry.file.file_id
        return (owner, entry.container), owner

    def day_for(self, entry: Surveyed) -> tuple[Observation | None, str | None]:
        """Give the day that the siblings agree on, nearest first, or say that they do not."""
        own = self._told[entry].lendable
        for scope in self._scopes(entry):
            days = Counter(self._days.get(scope, Counter()))
            if own:
                days[own] -= 1
            agreed = sorted(day for day, tables in days.items() if tables > 0)
            if len(agreed) == 1:
                return Observation(agreed[0], "sibling"), None
            if agreed:
                listed = ", ".join(str(day) for day in agreed)
                return None, f"siblings disagree on the day of export ({listed}): none is taken"
        return None, None

    def newest_day_for(self, entry: Surveyed) -> Observation | None:
        """Give the newest day siblings cover, nearest first, to a table that tells no day."""
        if entry.export.days_inside is not None or entry.named_period:
            return None
        days = (self._newest.get(scope) for scope in self._scopes(entry))
        return next((Observation(day, "period_end") for day in days if day), None)


def _newest_covered(entry: Surveyed, told: _Told) -> date | None:
    """Give the last day of the period in its name, or the newest day inside that has a year."""
    inside = None if entry.export.yearless else told.dated.newest_inside
    named = entry.named_period.end if entry.named_period else None
    return max((day for day in (inside, named) if day), default=None)
