"""The backfill flow: past days again, from the Prefect UI or by hand."""

from datetime import date, datetime
from pathlib import Path
from typing import Literal

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.runtime import flow_run

from flows.night import check_backfill, run_backfill
from flows.report import Report, markdown
from flows.settings import load_settings
from flows.tasks import as_task


def _run_name() -> str:
    given = flow_run.parameters  # of a deployed run, only what its form or deployment names
    what = f"{given.get('start')} to {given.get('end')}"
    if given.get("only_stale"):
        what = "stale days"
    return f"backfill {what}, {given.get('knowledge', 'latest')}"


@flow(name="backfill", flow_run_name=_run_name, persist_result=False)
def backfill(
    start: date | None = None,
    end: date | None = None,
    knowledge: Literal["latest", "reported", "loaded"] = "latest",
    cutoff: datetime | None = None,
    only_stale: bool = False,
    home: Path | None = None,
) -> Report:
    """Build the marts of past days again from what the store holds, and publish.

    Args:
        start: First day.
        end: Last day, inclusive.
        knowledge: latest uses all that is known now; reported only what had been observed by
            the day; loaded only what had been loaded by the cutoff.
        cutoff: With loaded, the UTC moment of the last load to use; a night's stands in
            ops.build.
        only_stale: Only the days whose partitions later data made stale; start and end may
            then be empty.
        home: Folder of the store and the warehouse. Empty: as the deployment has it.
    """
    check_backfill(start, end, knowledge, cutoff, only_stale)
    report = run_backfill(
        load_settings(home),
        start,
        end,
        knowledge=knowledge,
        cutoff=cutoff,
        only_stale=only_stale,
        run=flow_run.name or "backfill",
        step=as_task,
    )
    create_markdown_artifact(
        key="backfill", markdown=markdown(report), description="What the backfill came to"
    )
    return report
