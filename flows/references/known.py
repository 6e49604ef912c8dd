"""The reference rows that a build of a day may know, and which versions they are."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import polars as pl

from flows.references.briefs import HeldBrief, in_force_among, is_brief, kept_versions
from flows.references.kinds import EDITED, KEPT, ROSTER
from schemas.brief import Brief
from transforms.roster import no_roster, read_roster
from warehouse import reference
from warehouse.home import Home
from warehouse.reference import Knowledge, Version


@dataclass(frozen=True)
class References:
    """The reference rows a build may know.

    Attributes
    ----------
    roster
        All versions: grain (platform, account_handle, valid_from), contract Roster.
    texts
        Kind to the deployment's own TOML text; a kind nobody wrote is absent.
    briefs
        Id to brief, in the order of the ids; only those in force.
    versions
        Kind to SHA-256 of the version in force, `briefs/<name>` for a brief; a kind nobody wrote
        is absent.
    roster_versions
        SHA-256 of each version that the roster is put together from.
    """

    roster: pl.DataFrame
    texts: Mapping[str, str]
    versions: Mapping[str, str]
    roster_versions: tuple[str, ...]
    briefs: Mapping[str, Brief] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """Hash all of it."""
        marks = (*self.roster_versions, *(f"{k}={v}" for k, v in sorted(self.versions.items())))
        return hashlib.sha256("\n".join(marks).encode()).hexdigest()

    def without_briefs(self) -> "References":
        """Give what a mart knows that reads no brief: one that changes does not concern it."""
        kept = {kind: sha256 for kind, sha256 in self.versions.items() if not is_brief(kind)}
        return replace(self, versions=kept, briefs={})


@dataclass(frozen=True)
class InForce:
    """The versions that a build of a day uses: by these it is recorded, and found stale.

    Attributes
    ----------
    others
        Kind to version, of what is no brief; a kind nobody wrote is absent.
    briefs
        Id to brief.
    """

    others: Mapping[str, Version]
    briefs: Mapping[str, HeldBrief]

    @property
    def versions(self) -> dict[str, Version]:
        """Give every version by its kind, `briefs/<name>` for a brief."""
        briefs = (one.version for one in self.briefs.values())
        return {**self.others, **{version.kind: version for version in briefs}}


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """All versions that the store holds, read once to ask of many days what holds on them.

    Attributes
    ----------
    others
        Kind to versions, of what is no brief.
    briefs
        Kind to the versions that can be read.
    """

    others: Mapping[str, Sequence[Version]]
    briefs: Mapping[str, Sequence[Version]]

    @classmethod
    def of(cls, home: Home) -> "Shelf":
        """Read what a home holds."""
        others = {kind: reference.versions(home, kind) for kind in KEPT}
        return cls(others=others, briefs=kept_versions(home))

    def in_force(
        self, as_of: date, knowledge: Knowledge, cutoff: datetime | None = None
    ) -> "InForce":
        """Choose what a build of a day uses."""
        others = {
            kind: version
            for kind, versions in self.others.items()
            if (version := reference.choose(versions, as_of, knowledge, cutoff))
        }
        return InForce(others, in_force_among(self.briefs, as_of, knowledge, cutoff))


def known(
    home: Home, as_of: date, knowledge: Knowledge, cutoff: datetime | None = None
) -> References:
    """Gather the reference rows that a build of `as_of` may know.

    Parameters
    ----------
    cutoff
        Under `loaded`, versions that arrived up to here.
    """
    rosters = [
        one
        for one in reference.versions(home, ROSTER)
        if knowledge != "loaded" or cutoff is None or one.arrived_at <= cutoff
    ]
    held = Shelf.of(home).in_force(as_of, knowledge, cutoff)
    return References(
        roster=_roster(rosters, as_of, knowledge),
        texts={
            kind: version.content().decode("utf-8")
            for kind, version in held.others.items()
            if kind in EDITED
        },
        versions={kind: version.sha256 for kind, version in held.versions.items()},
        roster_versions=tuple(one.sha256 for one in rosters),
        briefs={brief_id: one.brief for brief_id, one in held.briefs.items()},
    )


def _roster(versions: Iterable[Version], as_of: date, knowledge: Knowledge) -> pl.DataFrame:
    """Put all versions' rows together; of two for one day the later arrival's holds."""
    frames = [
        read_roster(one.content(), one.valid_from).rows
        for one in sorted(versions, key=lambda one: one.arrived_at)
    ]
    rows = pl.concat([no_roster(), *frames]).unique(
        ["platform", "account_handle", "valid_from"], keep="last", maintain_order=True
    )
    if knowledge != "reported":
        return rows
    was_counted = (pl.col("followers_observed_on") <= as_of).fill_null(value=False)
    return rows.filter(pl.col("valid_from") <= as_of).with_columns(
        pl.when(was_counted).then("followers"),
        pl.when(was_counted).then("followers_observed_on"),
    )
