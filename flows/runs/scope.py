"""What a backfill is about: the days to build, the accounts asked for, the data that is new."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flows.runs.request import BackfillRequest, RequestError, problem
from flows.settings import Settings
from flows.steps.core import make_core, tables_in
from flows.steps.cutoff import loads_up_to
from flows.steps.staleness import stale_days
from transforms.core.chosen import Chosen, UnknownAccountError, chosen
from warehouse.home import Home, remove
from warehouse.marts import partitions


@dataclass(frozen=True)
class Scope:
    """The days that a backfill builds.

    Attributes
    ----------
    whose
        The accounts that were asked for; null for everyone.
    deliveries
        Deliveries whose data those days have not used yet, of the accounts asked for.
    """

    days: tuple[date, ...]
    whose: Chosen | None
    deliveries: tuple[str, ...]


def scope(settings: Settings, request: BackfillRequest, cutoff: datetime, work: Path) -> Scope:
    """Find the days of a request, before any of them is built.

    Of chosen accounts, the days before anything tells of them are left out; and of stale days
    those on which nothing of theirs has arrived.

    Raises
    ------
    flows.runs.request.RequestError
        When it names somebody of whom nothing is known, or a day that has not passed.
    """
    whose = _whose(settings, request, cutoff, work) if request.is_of_some else None
    names = whose.names if whose else None
    days = [
        day
        for day in _asked(settings, request, names)
        if whose is None or (whose.first_day is not None and whose.first_day <= day)
    ]
    return Scope(tuple(days), whose, tuple(_new_deliveries(settings, days, cutoff, names)))


def _whose(settings: Settings, request: BackfillRequest, cutoff: datetime, work: Path) -> Chosen:
    """Find the accounts in the core of the last day of the request."""
    day = request.end or settings.today()
    core = make_core(settings, day, request.knowledge, cutoff, work / "names")
    try:
        return chosen(tables_in(core), request.platforms, request.creators)
    except UnknownAccountError as error:
        raise RequestError(problem(error.said, error.field)) from None
    finally:
        remove(core)


def _asked(
    settings: Settings, request: BackfillRequest, names: Collection[tuple[str, str]] | None
) -> list[date]:
    if request.only_stale:
        return [
            day
            for day in stale_days(settings, names)
            if (request.start is None or request.start <= day)
            and (request.end is None or day <= request.end)
        ]
    newest = settings.last_whole_day(datetime.now(UTC))
    start, end = request.start or newest, request.end or newest
    to_come = [(field, day) for field, day in (("start", start), ("end", end)) if day > newest]
    if to_come:
        said = f"has not passed; the last whole day is {newest}"
        raise RequestError(*(problem(f"{day} {said}", field) for field, day in to_come))
    return [start + timedelta(days=count) for count in range((end - start).days + 1)]


def _new_deliveries(
    settings: Settings,
    days: Collection[date],
    cutoff: datetime,
    names: Collection[tuple[str, str]] | None,
) -> list[str]:
    """Give the deliveries that came after some day was built, or all where one never was."""
    home = Home(settings.home)
    built: dict[date, list[datetime]] = {}
    for one in partitions.partitions(home):
        built.setdefault(one.build.as_of, []).append(one.build.cutoff)
    since = [min(built[day]) if day in built else None for day in days]
    return sorted(
        {
            row["delivery_id"]
            for load in loads_up_to(home, cutoff)
            if any(seen is None or load.loaded_at > seen for seen in since)
            for row, _ in load.readings
            if names is None or (row.get("platform"), row.get("account_ref")) in names
        }
    )
