"""A night: which step follows which. No Prefect here; a flow hands in `step`.

collect ─▶ read (a load a batch) ─▶ core ─▶ marts of the day ─▶ retention ─▶ publish
"""

from datetime import UTC, date, datetime

from flows.reports.changes import fit_changes, tier_changes
from flows.reports.run import Report
from flows.runs.steps import Spread, Step, marts_of, one_by_one, plainly, writing
from flows.settings import Settings
from flows.steps.collecting import collect
from flows.steps.core import make_core
from flows.steps.cutoff import cutoff_now
from flows.steps.publishing import publish
from flows.steps.reading import plan_reading, read
from flows.steps.retention import expire
from flows.steps.staleness import missing_days, newest_day
from warehouse.home import Home


def run_night(
    settings: Settings,
    as_of: date | None = None,
    *,
    run: str = "night",
    step: Step = plainly,
    spread: Spread | None = None,
) -> Report:
    """Take what arrived, read it, build the marts of one day, publish.

    Parameters
    ----------
    as_of
        Day the marts describe; the last whole day in the deployment's zone when null.
    run
        Name of the run, kept with everything it writes.
    spread
        Calls the reading of the batches; one by one, as steps, when null.

    Raises
    ------
    warehouse.home.StoreError
        When another run is writing, or the inbox is not there.
    """
    with writing(settings, run) as work:
        now = datetime.now(UTC)
        day = as_of or settings.last_whole_day(now)
        collected = step("collect", collect)(settings, now)
        batches = enumerate(plan_reading(settings), start=1)
        readings = tuple(
            (spread or one_by_one(step))(
                read, [(f"read batch {n}", (settings, run, batch, now)) for n, batch in batches]
            )
        )
        missing = missing_days(settings, day)
        cutoff = cutoff_now(settings, now)
        core = step("core", make_core)(settings, day, "latest", cutoff, work / "core")
        marts = tuple(marts_of(settings, run, day, "latest", cutoff, core, step))
        expired = expire(settings, newest_day(settings) or day)
        fresh = [one.load_id for one in readings if one.load_id]
        published = step("publish", publish)(settings, day, core, fresh)
        return Report(
            run=run,
            days=(day,),
            missing=tuple(missing),
            knowledge="latest",
            collected=collected,
            readings=readings,
            marts=marts,
            tier_changes=tuple(tier_changes(Home(settings.home), day)),
            fit_changes=tuple(fit_changes(Home(settings.home), day, settings.fit_list_length)),
            expired=tuple(expired),
            published=published,
        )
