"""Runs that end without a result, and not by an error: told in a line each, without a trace."""

import logging
from datetime import UTC, datetime

from prefect.client.schemas.objects import FlowRun
from prefect.exceptions import CancelledRun
from prefect.logging import get_run_logger
from prefect.states import Cancelled, Failed, State

from flows.runs.request import RequestError
from flows.settings import Settings

REFUSED = "Refused"
"""State of a run whose form asks for what cannot be: its message names the field, and says why."""


def refused(error: RequestError) -> State[None]:
    """End a run whose form asks for what cannot be, with a line of its log for each wrong field."""
    for problem in error.problems:
        get_run_logger().error(problem)
    _leave_out_trace(error)
    return Failed(name=REFUSED, message=f"Nothing was done. {error}", data=error)


def superseded(newer: FlowRun, settings: Settings) -> State[None]:
    """End a late night whose place a newer one takes, which is named for its day only later."""
    due = newer.expected_start_time or datetime.now(UTC)
    moment = due.astimezone(settings.zone).strftime("%Y-%m-%d %H:%M")
    told = (
        f"Late: the night scheduled for {moment} takes its place "
        f"(night of {settings.last_whole_day(due)})."
    )
    ending = CancelledRun(told)
    _leave_out_trace(ending)
    return Cancelled(message=told, data=ending)


def _leave_out_trace(ending: Exception) -> None:
    """Keep out of the log what the state of the run says already.

    Notes
    -----
    Prefect 3.8.8 raises the exception of a state that is no success out of the flow, and logs it
    under `prefect.flow_runs` as unexpected, with its trace through Prefect (tried 2026-11-24).
    """

    def is_news(record: logging.LogRecord) -> bool:
        return not record.exc_info or record.exc_info[1] is not ending

    logging.getLogger("prefect.flow_runs").addFilter(is_news)
