"""A night, and a backfill: which step follows which. No Prefect here; a flow hands in `step`.

collect ─▶ read (a load a batch) ─▶ core ─▶ marts of the day ─▶ retention ─▶ publish
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from flows import changes, steps
from flows.marts import MARTS
from flows.report import MartReport, Report
from flows.settings import Settings
from transforms.core.knowledge import Knowledge
from warehouse.home import Home, remove

Step = Callable[[str, Callable[..., Any]], Callable[..., Any]]
"""Takes the name of a step and its function; gives what is called instead of it."""


def plainly(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Call a step as it is."""
    return function


def run_night(
    settings: Settings, as_of: date | None = None, *, run: str = "night", step: Step = plainly
) -> Report:
    """Take what arrived, read it, build the marts of one day, publish.

    Parameters
    ----------
    as_of
        Day the marts describe; the last whole day in the deployment's zone when null.
    run
        Name of the run, kept with everything it writes.

    Raises
    ------
    warehouse.home.StoreError
        When another run is writing, or the inbox is not there.
    """
    with _writing(settings) as work:
        now = datetime.now(UTC)
        day = as_of or settings.last_whole_day(now)
        collected = step("collect", steps.collect)(settings, now)
        readings = tuple(
            step(f"read batch {number}", steps.read)(settings, run, batch, datetime.now(UTC))
            for number, batch in enumerate(steps.plan_reading(settings), start=1)
        )
        cutoff = steps.cutoff_now(settings, now)
        core = step("core", steps.make_core)(settings, day, "latest", cutoff, work / "core")
        marts = tuple(_marts(settings, run, day, "latest", cutoff, core, step))
        expired = steps.expire(settings, _newest_day(settings) or day)
        fresh = [one.load_id for one in readings if one.load_id]
        published = step("publish", steps.publish)(settings, day, core, fresh)
        return Report(
            run=run,
            days=(day,),
            knowledge="latest",
            collected=collected,
            readings=readings,
            marts=marts,
            tier_changes=tuple(changes.tier_changes(Home(settings.home), day)),
            fit_changes=tuple(
                changes.fit_changes(Home(settings.home), day, settings.fit_list_length)
            ),
            expired=tuple(expired),
            published=published,
        )


def run_backfill(
    settings: Settings,
    start: date | None = None,
    end: date | None = None,
    *,
    knowledge: Knowledge = "latest",
    cutoff: datetime | None = None,
    only_stale: bool = False,
    run: str = "backfill",
    step: Step = plainly,
) -> Report:
    """Build the marts of past days again from what the store holds, and publish.

    Parameters
    ----------
    start, end
        Days, inclusive; with `only_stale` they may be null and then bound nothing.
    knowledge
        `latest`: all that is known now; `reported`: what had been observed by the day;
        `loaded`: what had been loaded by `cutoff`.
    only_stale
        Only days on which a partition is stale.

    Raises
    ------
    ValueError
        Naming the parameter that is wrong, before any work.
    """
    check_backfill(start, end, knowledge, cutoff, only_stale)
    with _writing(settings) as work:
        limit = cutoff or steps.cutoff_now(settings, datetime.now(UTC))
        days = _stale_days(settings, start, end) if only_stale else _days(start, end)
        marts: list[MartReport] = []
        for day in days:
            core = step(f"core {day}", steps.make_core)(
                settings, day, knowledge, limit, work / f"core-{day}"
            )
            marts += _marts(
                settings,
                run,
                day,
                knowledge,
                limit,
                core,
                step,
                is_backfill=not only_stale,
            )
            remove(core)
        newest = _newest_day(settings) or settings.today()
        latest = steps.cutoff_now(settings, datetime.now(UTC))
        core = step("core", steps.make_core)(settings, newest, "latest", latest, work / "core")
        published = step("publish", steps.publish)(settings, newest, core)
        return Report(
            run=run, days=tuple(days), knowledge=knowledge, marts=tuple(marts), published=published
        )


def check_backfill(
    start: date | None,
    end: date | None,
    knowledge: Knowledge,
    cutoff: datetime | None,
    only_stale: bool,
) -> None:
    """Say which parameter of a backfill is wrong and why, before work begins."""
    if not only_stale and (start is None or end is None):
        raise ValueError("start and end: a backfill needs both, or only_stale")
    if start is not None and end is not None and end < start:
        raise ValueError(f"end: {end} lies before start {start}; give the earlier day first")
    if knowledge == "loaded" and cutoff is None:
        raise ValueError("cutoff: knowledge `loaded` needs one; a night's stands in ops.build")
    if cutoff is not None and cutoff.tzinfo is None:
        raise ValueError(f"cutoff: {cutoff} has no zone; write it in UTC as 2026-01-31T04:15:00Z")


@contextmanager
def _writing(settings: Settings) -> Iterator[Path]:
    """Hold the home's lock, clear away what a crash left, and lend a scratch folder."""
    home = Home(settings.home)
    with home.lock():
        home.sweep()
        work = home.scratch("run")
        try:
            yield work
        finally:
            remove(work)


def _marts(
    settings: Settings,
    run: str,
    day: date,
    knowledge: Knowledge,
    cutoff: datetime,
    core: Path,
    step: Step,
    *,
    is_backfill: bool = False,
) -> Iterator[MartReport]:
    for table in MARTS:
        yield step(f"mart {table} {day}", steps.make_mart)(
            settings, run, table, day, knowledge, cutoff, core, is_backfill
        )


def _days(start: date | None, end: date | None) -> list[date]:
    if start is None or end is None:
        return []
    return [start + timedelta(days=count) for count in range((end - start).days + 1)]


def _stale_days(settings: Settings, start: date | None, end: date | None) -> list[date]:
    return [
        day
        for day in steps.stale_days(settings)
        if (start is None or start <= day) and (end is None or day <= end)
    ]


def _newest_day(settings: Settings) -> date | None:
    return max(steps.built_days(settings), default=None)
