"""The backfill flow: past days again, from the Prefect UI or by hand."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, cast
from uuid import UUID

from prefect import flow
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    update_progress_artifact,
)
from prefect.runtime import flow_run
from pydantic import Field

from flows.orchestration.outcomes import refused
from flows.orchestration.pages import page_of
from flows.orchestration.parameters import HomeFolder
from flows.orchestration.stopping import stopping_cleanly
from flows.orchestration.tasks import as_task
from flows.reports.backfill import backfill_markdown
from flows.reports.run import Report
from flows.runs.backfill import run_backfill
from flows.runs.request import BackfillRequest, RequestError, checked
from flows.settings import load_settings

Request = Annotated[BackfillRequest, Field(json_schema_extra={"title": "Request"})]


def _run_name() -> str:
    given = flow_run.parameters.get("request") or {}
    asked = given if isinstance(given, Mapping) else given.model_dump(mode="json")
    return backfill_name(asked)


def backfill_name(asked: Mapping[str, Any]) -> str:
    """Name a run after what its form asks, of which only what differs from its defaults is told."""
    days = f"{asked.get('start') or 'the beginning'} to {asked.get('end') or 'the last whole day'}"
    if asked.get("only_stale"):
        days = f"stale days, {days}" if asked.get("start") or asked.get("end") else "stale days"
    kind = "dry run" if asked.get("dry_run") else "backfill"
    return f"{kind} of {days}, {asked.get('knowledge') or 'latest'}"


@flow(name="backfill", flow_run_name=_run_name, persist_result=False, validate_parameters=False)
def backfill(request: Request, home: HomeFolder = None) -> Report:
    """Build the marts of past days again from what the store holds, and publish.

    A request that cannot be met ends the run as Refused, a kind of Failed, before any work.

    Args:
        request: Which days, from what, and why.
        home: Folder of the store and the warehouse. Empty: as the deployment has it.
    """
    try:
        with stopping_cleanly():
            report = run_backfill(
                load_settings(home or None),
                checked(request),
                run=flow_run.name or "backfill",
                step=as_task,
                told=_Progress(),
            )
    except RequestError as error:
        return refused(error)  # type: ignore[return-value]
    create_markdown_artifact(
        key="backfill",
        markdown=backfill_markdown(report, page_of("artifacts/key/data-quality")),
        description=f"What the {backfill_name(report.request)} came to",
    )
    return report


class _Progress:
    """Shows in the UI how many days are built."""

    _artifact: UUID | None = None

    def __call__(self, days: Sequence[date], last: date | None) -> None:
        """Tell that the days up to `last` are built."""
        done = days.index(last) + 1 if last else 0
        said = f"{done} of {len(days)} days" + (f", up to {last}" if last else "")
        share = round(100 * done / len(days), 1) if days else 100.0
        if self._artifact is None:
            made = create_progress_artifact(share, key="backfill-progress", description=said)
            self._artifact = cast("UUID", made)  # a coroutine only where the caller is one
        else:
            update_progress_artifact(self._artifact, share, description=said)
