"""Reference versions: every roster, brief, rate card or word list that ever held."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from warehouse.home import Home, StoreError, replace_file

Knowledge = Literal["latest", "reported", "loaded"]
"""What may be known: everything, what was said by the day, what was loaded by a cutoff."""


@dataclass(frozen=True)
class Version:
    """One version of a reference file.

    Attributes
    ----------
    kind
        `roster`, `briefs/<name>`, `tiers` ...
    name
        Name of the file it came from.
    arrived_at
        UTC.
    valid_from
        Day from which it holds.
    path
        Its bytes.
    """

    kind: str
    name: str
    sha256: str
    arrived_at: datetime
    valid_from: date
    path: Path

    def content(self) -> bytes:
        """Read its bytes."""
        return self.path.read_bytes()


def record(
    home: Home,
    kind: str,
    content: bytes,
    name: str,
    arrived_at: datetime,
    valid_from: date | None = None,
) -> Version:
    """Keep a version; bytes equal to the newest version's make no new one.

    Going back to the bytes of an older version makes a new version with those bytes.

    Parameters
    ----------
    kind
        `roster`, `briefs/<name>`, or either under `unusable/`.
    arrived_at
        With a zone.
    valid_from
        From a column or key of the file; else the day of arrival in `arrived_at`'s own zone.

    Returns
    -------
    Version
        The one that holds these bytes.
    """
    earlier = versions(home, kind)
    sha256 = hashlib.sha256(content).hexdigest()
    newest = max(earlier, key=lambda version: version.arrived_at, default=None)
    starts = valid_from or arrived_at.date()
    if newest and newest.sha256 == sha256 and (valid_from is None or newest.valid_from == starts):
        return newest
    folder = _folder(home, kind)
    scratch = home.scratch("reference")
    if not (folder / sha256).exists():
        (scratch / "content").write_bytes(content)
        replace_file(scratch / "content", folder / sha256)
    arrival = arrived_at.astimezone(UTC)
    text = json.dumps(
        {
            "name": name,
            "sha256": sha256,
            "arrived_at": arrival.isoformat(),
            "valid_from": starts.isoformat(),
        }
    )
    (scratch / "record").write_text(text, encoding="utf-8")
    target = folder / f"{arrival:%Y%m%dT%H%M%S.%fZ}-{sha256[:12]}.json"
    replace_file(scratch / "record", target)
    scratch.rmdir()
    return _version(kind, target)


def kinds(home: Home) -> list[str]:
    """List the kinds that have a version."""
    records = (path for path in home.reference.rglob("*.json") if path.is_file())
    return sorted({path.parent.relative_to(home.reference).as_posix() for path in records})


def kinds_under(home: Home, folder: str) -> list[str]:
    """List the kinds of a folder, `briefs/<name>` of `briefs`, sorted."""
    path = _folder(home, folder)
    names = sorted(one.name for one in path.iterdir()) if path.is_dir() else []
    return [f"{folder}/{name}" for name in names]


def versions(home: Home, kind: str) -> list[Version]:
    """Give the versions of a kind, by the day they hold from, then by arrival."""
    found = [_version(kind, path) for path in _folder(home, kind).glob("*.json")]
    return sorted(found, key=_order)


def in_force(
    home: Home,
    kind: str,
    as_of: date,
    knowledge: Knowledge,
    cutoff: datetime | None = None,
) -> Version | None:
    """Give the version that holds on a day.

    A later arrival takes the place of all that hold from the same day or after it: it is what
    the user says now.

    Parameters
    ----------
    as_of
        The day.
    knowledge
        `latest` and `loaded` fall back to the earliest version where none holds yet;
        `reported` does not.
    cutoff
        Under `loaded`, the versions that arrived up to here are known; with a zone.

    Raises
    ------
    StoreError
        Under `loaded` without a cutoff.
    """
    return choose(versions(home, kind), as_of, knowledge, cutoff)


def choose(
    candidates: Iterable[Version],
    as_of: date,
    knowledge: Knowledge,
    cutoff: datetime | None = None,
) -> Version | None:
    """Give the version in force among some already read; see `in_force`."""
    if knowledge == "loaded":
        if cutoff is None:
            raise StoreError("knowledge `loaded` needs a cutoff: up to when it was loaded")
        candidates = [one for one in candidates if one.arrived_at <= cutoff]
    ordered = _standing(candidates)
    holding = [one for one in ordered if one.valid_from <= as_of]
    if holding:
        return holding[-1]
    return ordered[0] if ordered and knowledge != "reported" else None


def _standing(candidates: Iterable[Version]) -> list[Version]:
    """Leave out what a later arrival took the place of; sorted by the day they hold from."""
    standing: list[Version] = []
    for version in sorted(candidates, key=_arrival, reverse=True):
        if not standing or version.valid_from < standing[-1].valid_from:
            standing.append(version)
    return standing[::-1]


def _order(version: Version) -> tuple[date, datetime, str]:
    return version.valid_from, version.arrived_at, version.sha256


def _arrival(version: Version) -> tuple[datetime, date, str]:
    return version.arrived_at, version.valid_from, version.sha256


def _folder(home: Home, kind: str) -> Path:
    parts = kind.split("/")
    most = 3 if parts[0] == "unusable" else 2
    if len(parts) > most or any(part in ("", ".", "..") for part in parts):
        raise StoreError(f"{kind!r} is no kind of reference: use roster or briefs/<name>")
    return home.reference.joinpath(*parts)


def _version(kind: str, path: Path) -> Version:
    try:
        fields = json.loads(path.read_bytes())
        return Version(
            kind=kind,
            name=fields["name"],
            sha256=fields["sha256"],
            arrived_at=datetime.fromisoformat(fields["arrived_at"]),
            valid_from=date.fromisoformat(fields["valid_from"]),
            path=path.parent / fields["sha256"],
        )
    except (OSError, ValueError, KeyError) as error:
        raise StoreError(f"{path} is not a reference record: {error!r}") from error
