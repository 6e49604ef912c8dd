"""Briefs: each version kept, and those in force on a day."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from schemas.brief import Brief
from transforms.briefs.brief import read_brief
from transforms.briefs.problems import BriefError
from warehouse import reference
from warehouse.arrivals.collect import ReferenceFile
from warehouse.home import Home
from warehouse.reference import Knowledge, Version

BRIEFS = "briefs"
"""Folder of the inbox, and of the kinds `briefs/<name of the file>`."""


@dataclass(frozen=True)
class HeldBrief:
    """A brief and the version that it was read from."""

    brief: Brief
    version: Version


def is_brief(kind: str) -> bool:
    """Say whether a kind of reference is a brief."""
    return kind.startswith(f"{BRIEFS}/")


def keep_briefs(
    home: Home, found: Iterable[ReferenceFile], zone: ZoneInfo, tiers: Collection[str] | None
) -> list[str]:
    """Keep a new version of each brief that changed and can be used; say what is wrong.

    A brief that does not say from when it holds does so from the last whole day before it
    arrived: that is the day the night computes that takes it.

    Parameters
    ----------
    found
        The briefs of the inbox, changed or not.
    tiers
        Names of the scale in use; null takes any name.
    """
    files = list(found)
    problems = [problem for file in files for problem in _keep(home, file, zone, tiers)]
    seen = {file.kind for file in files}
    problems += _repeated_ids(home, seen)
    return problems + _no_longer_read(home, seen)


def briefs_in_force(
    home: Home, as_of: date, knowledge: Knowledge, cutoff: datetime | None = None
) -> dict[str, HeldBrief]:
    """Give the briefs that hold on a day, id to brief, in the order of the ids.

    A version that this program cannot read does not count; `keep_briefs` tells of it.
    """
    return in_force_among(kept_versions(home), as_of, knowledge, cutoff)


def kept_versions(home: Home) -> dict[str, list[Version]]:
    """Give the versions of every brief that this program can read, kind to versions."""
    return {kind: _readable(home, kind) for kind in reference.kinds_under(home, BRIEFS)}


def in_force_among(
    kept: Mapping[str, Iterable[Version]],
    as_of: date,
    knowledge: Knowledge,
    cutoff: datetime | None = None,
) -> dict[str, HeldBrief]:
    """Give the briefs that hold on a day, of versions already read; see `briefs_in_force`."""
    chosen = [
        HeldBrief(brief, version)
        for candidates in kept.values()
        if (version := reference.choose(candidates, as_of, knowledge, cutoff))
        and isinstance(brief := _reading(version), Brief)
    ]
    return {
        brief_id: held
        for brief_id, held in sorted(_one_an_id(chosen, as_of).items())
        if held.brief.valid_until is None or as_of <= held.brief.valid_until
    }


def _keep(
    home: Home, file: ReferenceFile, zone: ZoneInfo, tiers: Collection[str] | None
) -> list[str]:
    local = file.arrived_at.astimezone(zone)
    try:
        brief = read_brief(file.content, file.path, tiers=tiers)
    except BriefError as error:
        reference.record(home, f"unusable/{file.kind}", file.content, file.path, local)
        is_held = bool(reference.versions(home, file.kind))
        stays = "the version before it stays in force" if is_held else "no version is in force"
        return [*error.problems, f"{file.path}: not taken; {stays}"]
    newest = _newest(home, file.kind)
    if newest is None or newest.content() != file.content:
        starts = brief.valid_from or local.date() - timedelta(days=1)
        reference.record(home, file.kind, file.content, file.path, local, starts)
    return []


def _repeated_ids(home: Home, kinds: Collection[str]) -> list[str]:
    """Tell of files in the inbox that give one id."""
    newest = [
        HeldBrief(brief, version)
        for kind in sorted(kinds)
        if (version := _newest(home, kind)) and isinstance(brief := _reading(version), Brief)
    ]
    holding = _one_an_id(newest, date.max)
    files: dict[str, list[str]] = {}
    for held in newest:
        files.setdefault(held.brief.brief_id, []).append(held.version.name)
    return [
        f"{' and '.join(names)}: id: must be another in each file, found {brief_id!r} in "
        f"{len(names)}; {holding[brief_id].version.name} is in force, give the others an id of "
        "their own or take them out"
        for brief_id, names in files.items()
        if len(names) > 1
    ]


def _no_longer_read(home: Home, seen: Collection[str]) -> list[str]:
    """Tell of briefs gone from the inbox whose newest version this program cannot read."""
    return [
        f"{problem}; it is not in force: put it right in the inbox"
        for kind in reference.kinds_under(home, BRIEFS)
        if kind not in seen and (version := _newest(home, kind))
        if isinstance(error := _reading(version), BriefError)
        for problem in error.problems
    ]


def _one_an_id(held: Iterable[HeldBrief], as_of: date) -> dict[str, HeldBrief]:
    """Choose of the files with one id the last to arrive of those that hold on the day.

    Of those that arrived together it is the one named like the id.
    """
    chosen: dict[str, HeldBrief] = {}
    for one in sorted(held, key=lambda one: _rank(one, as_of)):
        chosen[one.brief.brief_id] = one
    return chosen


def _rank(held: HeldBrief, as_of: date) -> tuple[bool, datetime, bool, str]:
    version = held.version
    is_named_like_it = PurePosixPath(version.kind).name == held.brief.brief_id
    return version.valid_from <= as_of, version.arrived_at, is_named_like_it, version.kind


def _newest(home: Home, kind: str) -> Version | None:
    return max(reference.versions(home, kind), key=lambda one: one.arrived_at, default=None)


def _readable(home: Home, kind: str) -> list[Version]:
    return [one for one in reference.versions(home, kind) if isinstance(_reading(one), Brief)]


def _reading(version: Version) -> Brief | BriefError:
    return _read_once(version.path, version.name)


@lru_cache(maxsize=10_000)
def _read_once(path: Path, name: str) -> Brief | BriefError:
    """Read a kept version; its bytes never change, and `path` ends in their hash."""
    try:
        return read_brief(path.read_bytes(), name)
    except BriefError as error:
        return error
