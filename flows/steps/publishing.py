"""The step that publishes: the warehouse file is brought up to the store and swapped in."""

import logging
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from flows.logs import Watch, tell
from flows.reports.findings import findings
from flows.reports.run import PublishReport
from flows.settings import Settings
from flows.steps.publication import Held, publication
from warehouse.home import Home, remove
from warehouse.published import publish as warehouse_file
from warehouse.published.publish import Resources

_log = logging.getLogger(__name__)


def publish(
    settings: Settings,
    as_of: date,
    core: Path,
    load_ids: Sequence[str] = (),
    *,
    is_rebuilt: bool = False,
) -> PublishReport:
    """Bring the warehouse file up to what the store holds, and swap it in whole.

    Parameters
    ----------
    load_ids
        Loads of this run, whose findings are reported.
    is_rebuilt
        Write every table anew, rather than what differs from the file that is served.
    """
    watch = Watch()
    home = Home(settings.home)
    held = Held.of(home)
    scratch = home.scratch("publish")
    published = warehouse_file.publish(
        home.warehouse,
        scratch,
        home.generations,
        publication(held, as_of, core, scratch / "standing"),
        keep=settings.generations,
        resources=Resources(memory_limit=settings.memory_limit),
        rebuild=is_rebuilt,
    )
    remove(scratch)
    tell(
        _log,
        f"publication {published.outcome}",
        as_of=str(as_of),
        tables_changed=len(published.changed),
        size_bytes=published.size_bytes,
        seconds=watch.seconds,
    )
    how = published.outcome if not published.reason else f"{published.outcome}: {published.reason}"
    return PublishReport(
        path=str(published.path),
        how=how,
        size_bytes=published.size_bytes,
        changed=published.changed,
        findings=findings(held.files, held.drift, held.reconciliations(load_ids), core, load_ids),
    )
