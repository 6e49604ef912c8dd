"""What the runs share: how a step is called, the home's lock, the marts of a day."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from flows.logs import Watch, lines_of, tell
from flows.marts import MARTS
from flows.reports.run import MartReport
from flows.settings import Settings
from flows.steps.marts import make_mart
from transforms.core.chosen import Chosen
from transforms.core.knowledge import Knowledge
from warehouse.home import Home, remove

_log = logging.getLogger(__name__)

Step = Callable[[str, Callable[..., Any]], Callable[..., Any]]
"""Takes the name of a step and its function; gives what is called instead of it."""


Call = tuple[str, tuple[Any, ...]]
"""Name of a step and what it is called with."""

Spread = Callable[[Callable[..., Any], Sequence[Call]], list[Any]]
"""Calls one step several times, perhaps beside each other; gives the results in their order."""


def plainly(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Call a step as it is."""
    return function


def one_by_one(step: Step = plainly) -> Spread:
    """Make calls follow each other."""

    def spread(function: Callable[..., Any], calls: Sequence[Call]) -> list[Any]:
        return [step(name, function)(*given) for name, given in calls]

    return spread


@contextmanager
def writing(settings: Settings, run: str) -> Iterator[Path]:
    """Hold the home's lock, clear away what a crash left, and lend a scratch folder."""
    home = Home(settings.home)
    with home.lock(run, wait_s=settings.lock_wait_seconds, told=_log.warning):
        home.sweep()
        work = home.scratch("run")
        try:
            with lines_of(run):
                yield work
        finally:
            remove(work)


def marts_of(
    settings: Settings,
    run: str,
    day: date,
    knowledge: Knowledge,
    cutoff: datetime,
    core: Path,
    step: Step,
    *,
    is_backfill: bool = False,
    reason: str = "",
    whose: Chosen | None = None,
) -> Iterator[MartReport]:
    """Build every mart of a day, in their order."""
    for table in MARTS:
        watch = Watch()
        report = step(f"mart {table} {day}", make_mart)(
            settings, run, table, day, knowledge, cutoff, core, is_backfill, reason, whose
        )
        tell(
            _log,
            "mart built" if report.is_built else "mart kept",
            table=f"mart.{table}",
            as_of=str(day),
            rows=report.rows,
            seconds=watch.seconds,
        )
        yield report
