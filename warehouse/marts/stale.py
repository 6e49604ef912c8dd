"""Stale partitions: what arrived since one was built would change it."""

from collections.abc import Callable, Iterable, Mapping

import polars as pl

from schemas.contract import polars_schema
from schemas.ops import OPS
from warehouse.arrivals.withdrawals import Withdrawal, withdrawn
from warehouse.loads.load import Load
from warehouse.marts.partitions import Build, Partition
from warehouse.reference import Version

References = Callable[[Build], Mapping[str, Version]]
"""Gives the versions that a build would use now: kind to version, of the kinds its mart reads."""

_SHOWN = 3
"""References that a reason names one by one."""


def stale_frame(
    known: Iterable[Partition],
    known_loads: Iterable[Load],
    references: References | None,
    withdrawals: Iterable[Withdrawal] = (),
) -> pl.DataFrame:
    """Give ops.stale_partition: what arrived since a partition was built would change it.

    A load counts when it came after the partition's cutoff and speaks of a day up to `as_of`:
    under `latest` any day, under `reported` the day of observation. Under `loaded` nothing
    that comes later counts. A withdrawal counts likewise, when it changed what stands of the loads
    that the partition used. A reference counts when another version is in force now, when it is
    no longer in force, and when it has come into force for the day since. One that holds only
    from a later day on does not, although a partition built now would fall back on it: else
    every new brief would make all history stale. Without `references` none counts.
    """
    loads, taken_back = list(known_loads), list(withdrawals)
    rows = [
        {"table": one.build.table, "as_of": one.build.as_of, "reason": "; ".join(reasons)}
        for one in known
        if (
            reasons := [
                *_later_loads(one.build, loads),
                *_later_withdrawals(one.build, loads, taken_back),
                *(
                    _summed_up(_changed_references(one.build, references(one.build)))
                    if references
                    else []
                ),
            ]
        )
    ]
    return pl.DataFrame(rows, schema=polars_schema(OPS["stale_partition"]))


def _later_loads(build: Build, loads: list[Load]) -> list[str]:
    if build.knowledge == "loaded":
        return []
    later = [load.load_id for load in loads if load.loaded_at > build.cutoff and _of(load, build)]
    return [f"{len(later)} load(s) came later, first {min(later)}"] if later else []


def _later_withdrawals(build: Build, loads: list[Load], withdrawals: list[Withdrawal]) -> list[str]:
    if build.knowledge == "loaded":
        return []
    then, now = withdrawn(withdrawals, build.cutoff), withdrawn(withdrawals)
    used = {
        row["file_id"]
        for load in loads
        if load.loaded_at <= build.cutoff and _of(load, build)
        for row in load.file_rows
        if row["status"] == "loaded"
    }
    taken, given = (now.keys() - then.keys()) & used, (then.keys() - now.keys()) & used
    return [
        *([f"{len(taken)} file(s) were withdrawn, first {min(taken)}"] if taken else []),
        *([f"{len(given)} file(s) were restored, first {min(given)}"] if given else []),
    ]


def _of(load: Load, build: Build) -> bool:
    first = load.first_observed_on if build.knowledge == "reported" else load.first_day
    return first is not None and first <= build.as_of


def _changed_references(build: Build, now: Mapping[str, Version]) -> list[str]:
    reasons = []
    for kind in sorted({*build.reference_versions, *now}):
        used, version = build.reference_versions.get(kind), now.get(kind)
        if version is None:
            reasons.append(f"{kind} is no longer in force")
        elif used is None and version.valid_from <= build.as_of:
            reasons.append(f"{kind} has come into force: {_named(version)}")
        elif used is not None and used != version.sha256:
            reasons.append(f"another version of {kind} is in force: {_named(version)}")
    return reasons


def _named(version: Version) -> str:
    return f"{version.name} {version.sha256[:12]}"


def _summed_up(reasons: list[str]) -> list[str]:
    left = len(reasons) - _SHOWN
    return [*reasons[:_SHOWN], f"{left} more references changed"] if left > 1 else reasons
