"""The nightly flow: scheduled, or by hand."""

from datetime import UTC, date, datetime
from pathlib import Path

from prefect import flow
from prefect.runtime import flow_run
from prefect.states import Cancelled

from flows.orchestration.alerts import raise_alerts
from flows.orchestration.artifacts import leave_pages
from flows.orchestration.spreading import spread_over
from flows.orchestration.superseding import superseded_by, words
from flows.orchestration.tasks import as_task
from flows.reports.run import Report
from flows.runs.night import run_night
from flows.settings import load_settings


def _run_name() -> str:
    given = flow_run.parameters  # of a scheduled run, only what its deployment names
    return f"night of {_day(given.get('as_of'), given.get('home'), given.get('inbox'))}"


def _day(as_of: date | None, home: Path | None, inbox: str | None) -> date:
    """Give the day to compute: the one asked for, else the one before the scheduled moment's.

    A run that starts late still computes the day it was scheduled for.
    """
    scheduled: datetime | None = flow_run.scheduled_start_time
    return as_of or load_settings(home, inbox).last_whole_day(scheduled or datetime.now(UTC))


@flow(name="nightly", flow_run_name=_run_name, persist_result=False)
def nightly(
    as_of: date | None = None, home: Path | None = None, inbox: str | None = None
) -> Report:
    """Take what arrived, read it, build the marts of the last whole day, publish.

    Args:
        as_of: Day to compute. Empty: the whole day before the scheduled one, in the
            deployment's time zone.
        home: Folder of the store and the warehouse. Empty: as the deployment has it.
        inbox: Folder or URL of the downloads. Empty: as the deployment has it.
    """
    settings = load_settings(home, inbox)
    if (newer := superseded_by()) is not None:
        return Cancelled(message=words(newer, settings.zone))  # type: ignore[return-value]
    day = _day(as_of, home, inbox)
    report = run_night(
        settings, day, run=flow_run.name or "nightly", step=as_task, spread=spread_over(settings)
    )
    raise_alerts(settings, report, leave_pages(settings, report, day))
    return report
