"""The warehouse file anew from the store: after a restore, or when in doubt. No Prefect here."""

from datetime import UTC, datetime

from flows.reports.run import PublishReport
from flows.runs.steps import writing
from flows.settings import Settings
from flows.steps.core import make_core
from flows.steps.cutoff import cutoff_now
from flows.steps.publishing import publish
from flows.steps.staleness import newest_day


def run_rebuild(settings: Settings) -> PublishReport:
    """Write every table of the warehouse file from what the store holds, and swap it in.

    Raises
    ------
    warehouse.home.StoreError
        When another run is writing.
    """
    with writing(settings, "rebuild") as work:
        day = newest_day(settings) or settings.last_whole_day(datetime.now(UTC))
        cutoff = cutoff_now(settings, datetime.now(UTC))
        core = make_core(settings, day, "latest", cutoff, work / "core")
        return publish(settings, day, core, is_rebuilt=True)
