"""Which days are built, and which of them later data or reference made stale."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta

from flows.marts import MARTS
from flows.references.known import Shelf
from flows.settings import Settings
from warehouse.arrivals.withdrawals import withdrawals
from warehouse.home import Home
from warehouse.loads.load import Load, loads
from warehouse.marts import partitions
from warehouse.marts.partitions import Build
from warehouse.marts.stale import References, stale_frame
from warehouse.reference import Version


def built_days(settings: Settings) -> list[date]:
    """Give the days of which any mart has a partition, sorted."""
    return sorted({one.build.as_of for one in partitions.partitions(Home(settings.home))})


def newest_day(settings: Settings) -> date | None:
    """Give the newest day of which any mart has a partition."""
    return max(built_days(settings), default=None)


def missing_days(settings: Settings, day: date) -> list[date]:
    """Give the days before `day` whose night never built them, sorted.

    Within the days of which every partition is kept, and not before the first one.
    """
    built = set(built_days(settings))
    first = max(min(built, default=day), day - timedelta(days=settings.daily_partitions - 1))
    between = (first + timedelta(days=count) for count in range((day - first).days))
    return [one for one in between if one not in built]


def stale_days(settings: Settings, names: Collection[tuple[str, str]] | None = None) -> list[date]:
    """Give the days on which a partition is stale, sorted.

    Parameters
    ----------
    names
        Only by what arrived of these (platform, account_ref); null for anything, the reference
        too.
    """
    home = Home(settings.home)
    known = partitions.partitions(home)
    if names is None:
        stale = stale_frame(known, loads(home), in_force_now(home), withdrawals(home))
    else:
        stale = stale_frame(known, _loads_of(home, names), None, withdrawals(home))
    return stale["as_of"].unique().sort().to_list()


def _loads_of(home: Home, names: Collection[tuple[str, str]]) -> list[Load]:
    """Give the loads that brought something of some accounts, with the files of those alone."""
    found = []
    for load in loads(home):
        rows = [
            row for row in load.file_rows if (row.get("platform"), row.get("account_ref")) in names
        ]
        if any(row["status"] == "loaded" for row in rows):
            found.append(replace(load, file_rows=tuple(rows)))
    return found


def in_force_now(home: Home) -> References:
    """Give the versions that a build would use now; briefs only for the marts that read them."""
    shelf = Shelf.of(home)

    def versions(build: Build) -> Mapping[str, Version]:
        mart = MARTS.get(build.table)
        found = shelf.in_force(build.as_of, build.knowledge, build.cutoff)
        return found.versions if mart is not None and mart.reads_briefs else found.others

    return versions
