"""The nightly flow: scheduled, or by hand."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from prefect import flow
from prefect.runtime import flow_run

from flows.orchestration.alerts import raise_alerts
from flows.orchestration.artifacts import leave_pages
from flows.orchestration.outcomes import refused, superseded
from flows.orchestration.parameters import Day, HomeFolder, InboxPlace
from flows.orchestration.spreading import spread_over
from flows.orchestration.stopping import stopping_cleanly
from flows.orchestration.superseding import superseded_by
from flows.orchestration.tasks import as_task
from flows.reports.run import Report
from flows.runs.night import run_night
from flows.runs.request import RequestError
from flows.settings import Settings, load_settings


def _run_name() -> str:
    given: Mapping[str, Any] = flow_run.parameters  # of a scheduled run, only what is deployed
    settings = load_settings(given.get("home") or None, given.get("inbox") or None)
    return f"night of {given.get('as_of') or _scheduled_day(settings)}"


def _scheduled_day(settings: Settings) -> date:
    """Give the day before the scheduled moment's; a run that starts late still computes it."""
    scheduled: datetime | None = flow_run.scheduled_start_time
    return settings.last_whole_day(scheduled or datetime.now(UTC))


@flow(name="nightly", flow_run_name=_run_name, persist_result=False)
def nightly(as_of: Day = None, home: HomeFolder = None, inbox: InboxPlace = None) -> Report:
    """Take what arrived, read it, build the marts of the last whole day, publish.

    A day that has not passed ends the run as Refused, a kind of Failed, before any work.

    Args:
        as_of: The day to compute. Empty: the whole day before the scheduled one, in the
            deployment's time zone.
        home: Folder of the store and the warehouse. Empty: as the deployment has it.
        inbox: Folder or URL of the downloads. Empty: as the deployment has it.
    """
    settings = load_settings(home, inbox)
    if (newer := superseded_by()) is not None:
        return superseded(newer, settings)  # type: ignore[return-value]
    day, newest = as_of or _scheduled_day(settings), settings.last_whole_day(datetime.now(UTC))
    if day > newest:
        said = f"Day (as_of): {day} has not passed; the last whole day is {newest}"
        return refused(RequestError(said))  # type: ignore[return-value]
    name, spread = flow_run.name or "nightly", spread_over(settings)
    with stopping_cleanly():
        report = run_night(settings, day, run=name, step=as_task, spread=spread)
    raise_alerts(settings, report, leave_pages(settings, report, day))
    return report
