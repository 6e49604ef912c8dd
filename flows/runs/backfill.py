"""A backfill: the marts of past days again, and the publication. No Prefect here."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from flows.reports.run import MartReport, PublishReport, Report
from flows.runs.request import BackfillRequest
from flows.runs.scope import Scope, scope
from flows.runs.steps import Step, marts_of, plainly, writing
from flows.settings import Settings
from flows.steps.core import make_core
from flows.steps.cutoff import cutoff_now
from flows.steps.publishing import publish
from flows.steps.staleness import newest_day
from warehouse.home import Home, remove
from warehouse.marts.rehearsal import rehearsal

Told = Callable[[Sequence[date], date | None], None]
"""Hears of progress: the days of the backfill, and the last one that is built; first null."""

DRY_RUN = "not published, a dry run"


def _untold(days: Sequence[date], last: date | None) -> None:
    """Tell nobody."""


def run_backfill(
    settings: Settings,
    request: BackfillRequest,
    *,
    run: str = "backfill",
    step: Step = plainly,
    told: Told = _untold,
) -> Report:
    """Build the marts of past days again from what the store holds, and publish.

    A dry run builds them aside, from the same inputs by the same steps, and keeps nothing.

    Parameters
    ----------
    request
        Days, accounts, knowledge and reason.
    told
        Called before the first day and after each.

    Raises
    ------
    flows.runs.request.RequestError
        When the request names somebody of whom nothing is known, or a day that has not passed;
        before any work.
    warehouse.home.StoreError
        When another run is writing.
    """
    with writing(settings, run) as work:
        cutoff = request.cutoff or cutoff_now(settings, datetime.now(UTC))
        wanted = scope(settings, request, cutoff, work)
        if request.dry_run:
            with rehearsal(Home(settings.home)) as aside:
                apart = settings.model_copy(update={"home": aside.path})
                marts = tuple(_build(apart, request, wanted, cutoff, work, run, step, told))
            published = PublishReport(path=str(Home(settings.home).warehouse), how=DRY_RUN)
        else:
            marts = tuple(_build(settings, request, wanted, cutoff, work, run, step, told))
            published = _publish(settings, work, step)
        return Report(
            run=run,
            days=wanted.days,
            knowledge=request.knowledge,
            request=request.model_dump(mode="json"),
            deliveries=wanted.deliveries,
            marts=marts,
            published=published,
        )


def _build(
    settings: Settings,
    request: BackfillRequest,
    wanted: Scope,
    cutoff: datetime,
    work: Path,
    run: str,
    step: Step,
    told: Told,
) -> Iterator[MartReport]:
    told(wanted.days, None)
    for day in wanted.days:
        core = step(f"core {day}", make_core)(
            settings, day, request.knowledge, cutoff, work / f"core-{day}"
        )
        yield from marts_of(
            settings,
            run,
            day,
            request.knowledge,
            cutoff,
            core,
            step,
            is_backfill=not request.only_stale,
            reason=request.reason,
            whose=wanted.whose,
        )
        remove(core)
        told(wanted.days, day)


def _publish(settings: Settings, work: Path, step: Step) -> PublishReport:
    newest = newest_day(settings) or settings.today()
    latest = cutoff_now(settings, datetime.now(UTC))
    core = step("core", make_core)(settings, newest, "latest", latest, work / "core")
    return step("publish", publish)(settings, newest, core)
