"""The step that takes what is new in the inbox."""

import logging
from datetime import datetime

from flows.logs import Watch, tell
from flows.references.keeping import keep
from flows.reports.run import CollectReport
from flows.settings import Settings
from warehouse.arrivals.collect import collect as collect_inbox
from warehouse.arrivals.inbox import Inbox, Settling
from warehouse.home import Home

_log = logging.getLogger(__name__)


def collect(settings: Settings, now: datetime) -> CollectReport:
    """Archive what is new in the inbox; keep new versions of what the user wrote."""
    watch = Watch()
    home = Home(settings.home)
    collected = collect_inbox(
        home,
        Inbox(settings.inbox),
        now,
        settings.zone,
        limits=settings.limits,
        settling=Settling(second_look_seconds=settings.settle_seconds),
    )
    problems = keep(home, collected.references, now, settings.zone, settings.tier_preset)
    files = sum(len(one.files) for one in collected.deliveries)
    tell(
        _log,
        "inbox collected",
        deliveries=len(collected.deliveries),
        files=files,
        waiting=len(collected.waiting),
        refused=len(collected.refused),
        reference_problems=len(problems),
        seconds=watch.seconds,
    )
    return CollectReport(
        deliveries=len(collected.deliveries),
        files=files,
        waiting=tuple(f"{one.path}: {one.reason}" for one in collected.waiting),
        refused=tuple(f"{one.path}: {one.reason}" for one in collected.refused),
        reference_problems=tuple(problems),
    )
