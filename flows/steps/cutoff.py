"""The moment up to which a run counts what was loaded and withdrawn."""

from datetime import datetime

from flows.settings import Settings
from warehouse.arrivals.withdrawals import withdrawals
from warehouse.home import Home
from warehouse.loads.load import Load, loads


def cutoff_now(settings: Settings, now: datetime) -> datetime:
    """Give the moment up to which all counts: now, or the newest load or withdrawal after it.

    A night records it; `loaded` at it gives what that night gave.
    """
    home = Home(settings.home)
    return max(
        [
            now,
            *(load.loaded_at for load in loads(home)),
            *(one.recorded_at for one in withdrawals(home)),
        ]
    )


def loads_up_to(home: Home, cutoff: datetime) -> list[Load]:
    """Give the loads that a build up to `cutoff` may use."""
    return [load for load in loads(home) if load.loaded_at <= cutoff]
