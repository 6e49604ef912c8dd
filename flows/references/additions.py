"""Overlays of headers and mapping files: kept by version, and the exports that a night reads by."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from flows.version import program_version
from schemas.limits import DEFAULT_LIMITS, Limits
from transforms.export import Export
from transforms.mappings.declarations import FOLDERS, Addition, Declarations, declare
from warehouse import reference
from warehouse.home import Home
from warehouse.reference import Version


@dataclass(frozen=True)
class Reader:
    """What files are read by.

    Attributes
    ----------
    exports
        Name to export: those that ship and what the deployment adds.
    version
        Changes with the program and with every addition; what one version could not read is
        tried again by the next.
    """

    exports: Mapping[str, Export]
    version: str


def keep_additions(home: Home, now: datetime) -> list[str]:
    """Keep a new version of each overlay and mapping that changed; say what is wrong.

    One that cannot be used is kept apart, under `unusable/`, and the version before it stays in
    force. One whose file is gone is in force no more.

    Parameters
    ----------
    now
        With the deployment's zone.
    """
    files = edited_additions(home)
    declared = _declared(tuple(files))
    for one in files:
        kind = f"unusable/{one.kind}" if one.kind in declared.problems else one.kind
        reference.record(home, kind, one.content, f"{one.kind}.toml", now)
    there = {one.kind for one in files}
    for kind, version in _newest(home).items():
        if kind not in there and version.content():
            reference.record(home, kind, b"", version.name, now)
    return [
        f"{problem}; {_what_holds(home, kind)}"
        for kind, problems in declared.problems.items()
        for problem in problems
    ]


def edited_additions(home: Home) -> list[Addition]:
    """Give the overlays and mappings as they lie in the home, to be edited."""
    return [
        Addition(f"{folder}/{path.stem}", path.read_bytes())
        for folder in FOLDERS
        for path in sorted((home.edited_reference / folder).glob("*.toml"))
        if path.is_file()
    ]


def declared_as_edited(home: Home) -> Declarations:
    """Declare what lies in the home now, kept or not: what the next night would read by."""
    return _declared(tuple(edited_additions(home)))


def reader(home: Home, limits: Limits = DEFAULT_LIMITS) -> Reader:
    """Give what this night reads by: the newest version of each addition that can be used.

    Limits of the deployment's own are part of its version, so that what was refused is read again
    once one was raised.
    """
    held = {kind: version for kind, version in _newest(home).items() if version.content()}
    declared = _declared(tuple(Addition(kind, one.content()) for kind, one in held.items()))
    used = sorted(f"{kind}={held[kind].sha256}" for kind in held if kind not in declared.problems)
    used += [f"{name}={most}" for name, most in vars(limits).items()
             if most != getattr(DEFAULT_LIMITS, name)]  # fmt: skip
    mark = hashlib.sha256("\n".join(used).encode()).hexdigest()[:8]
    return Reader(declared.exports, f"{program_version()}+{mark}" if used else program_version())


@lru_cache(maxsize=4)
def _declared(additions: tuple[Addition, ...]) -> Declarations:
    """Declare once what every batch of a night reads by: the look for conflicts takes time."""
    return declare(additions)


def _newest(home: Home) -> dict[str, Version]:
    kinds = (kind for folder in FOLDERS for kind in reference.kinds_under(home, folder))
    found = {kind: reference.in_force(home, kind, date.max, "latest") for kind in kinds}
    return {kind: version for kind, version in found.items() if version}


def _what_holds(home: Home, kind: str) -> str:
    held = reference.versions(home, kind)
    return "the version before it stays in force" if held else "it adds nothing"
