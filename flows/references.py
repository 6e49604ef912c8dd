"""What the user writes: kept by version, and handed to the transforms as frames and texts."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pandera.polars as pa
import polars as pl

from flows.briefs import briefs_in_force, in_force_among, is_brief, keep_briefs, kept_versions
from flows.mappings import keep_additions
from schemas import contract
from schemas.brief import Brief
from schemas.definitions import MetricDefinition
from schemas.reference import BriefInForce, BriefTarget, Roster, TierScale
from transforms.briefs.tables import BriefVersion, brief_in_force, brief_target
from transforms.reading import ReadingError
from transforms.reference.definitions import metric_definition
from transforms.roster import RosterError, no_roster, read_roster
from transforms.tiers.presets import TierPreset, shipped_tiers, tier_presets
from warehouse import reference
from warehouse.collect import ReferenceFile
from warehouse.home import Home
from warehouse.reference import Knowledge, Version

ROSTER = "roster"
TIERS = "tiers"
DEFINITIONS = "metric_definitions"
EDITED = {TIERS: "tiers.toml", DEFINITIONS: "metric_definitions.toml"}
"""Kind to file name of the reference data that <home>/reference holds for editing."""

_KEPT = (ROSTER, *EDITED)
"""Kinds that a build uses one version of, beside the briefs."""

REFERENCES: dict[str, type[pa.DataFrameModel]] = {
    "brief": BriefInForce,
    "brief_target": BriefTarget,
    "metric_definition": MetricDefinition,
    "roster": Roster,
    "tier": TierScale,
}
"""Table name within the ref layer to contract."""


def presets_of(own: str | None) -> dict[str, TierPreset]:
    """Give the scales that ship with the deployment's own on top."""
    return tier_presets(shipped_tiers(), *([own] if own else []))


def tiers_in_use(home: Home, scale: str | None, today: date) -> Collection[str] | None:
    """Name the tiers of a scale as the deployment has it; null where there is no such scale."""
    own = reference.in_force(home, TIERS, today, "latest")
    presets = presets_of(own.content().decode("utf-8") if own else None)
    return presets[scale].tiers if scale in presets else None


_CHECKED: dict[str, Callable[[str], object]] = {
    TIERS: presets_of,
    DEFINITIONS: metric_definition,
}


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
        others = {kind: reference.versions(home, kind) for kind in _KEPT}
        return cls(others=others, briefs=kept_versions(home))

    def in_force(
        self, as_of: date, knowledge: Knowledge, cutoff: datetime | None = None
    ) -> dict[str, Version]:
        """Give the versions that a build of a day uses, as in `References.versions`."""
        chosen = {
            kind: version
            for kind, versions in self.others.items()
            if (version := reference.choose(versions, as_of, knowledge, cutoff))
        }
        held = in_force_among(self.briefs, as_of, knowledge, cutoff)
        return chosen | {one.version.kind: one.version for one in held.values()}


def keep(
    home: Home,
    found: Iterable[ReferenceFile],
    now: datetime,
    zone: ZoneInfo,
    tier_scale: str | None = None,
) -> list[str]:
    """Keep a new version of each file that changed and can be used; say what is wrong.

    A file that cannot be used is kept apart, under `unusable/`, and the version before it
    stays in force.

    Parameters
    ----------
    tier_scale
        Scale in use, whose tiers a brief can name; without it any name will do.
    """
    files = list(found)
    problems: list[str] = []
    for file in files:
        if is_brief(file.kind):
            continue
        if file.kind == ROSTER:
            try:
                problems += read_roster(file.content, file.arrived_on).problems
            except (RosterError, ReadingError) as error:
                problems.append(f"{error}; the roster before it stays in force")
                reference.record(home, f"unusable/{ROSTER}", file.content, file.path, now)
                continue
        local = file.arrived_at.astimezone(zone)
        reference.record(home, file.kind, file.content, file.path, local)
    for kind, name in EDITED.items():
        path = home.edited_reference / name
        if path.exists():
            problems += _keep_edited(home, kind, path.read_bytes(), name, now.astimezone(zone))
    briefs = [file for file in files if is_brief(file.kind)]
    today = now.astimezone(zone).date()
    problems += keep_additions(home, now.astimezone(zone))
    return problems + keep_briefs(home, briefs, zone, tiers_in_use(home, tier_scale, today))


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
    texts: dict[str, str] = {}
    versions: dict[str, str] = {}
    for kind in _KEPT:
        held = reference.in_force(home, kind, as_of, knowledge, cutoff)
        if held is None:
            continue
        versions[kind] = held.sha256
        if kind in EDITED:
            texts[kind] = held.content().decode("utf-8")
    briefs = briefs_in_force(home, as_of, knowledge, cutoff)
    return References(
        roster=_roster(rosters, as_of, knowledge),
        texts=texts,
        versions=versions | {one.version.kind: one.version.sha256 for one in briefs.values()},
        roster_versions=tuple(one.sha256 for one in rosters),
        briefs={brief_id: one.brief for brief_id, one in briefs.items()},
    )


def published(home: Home, as_of: date) -> dict[str, pl.DataFrame]:
    """Give the ref layer: what is in force on `as_of` with all that is known now."""
    held = known(home, as_of, "latest")
    briefs = [
        BriefVersion(one.brief, one.version.valid_from, one.version.sha256)
        for one in briefs_in_force(home, as_of, "latest").values()
    ]
    return {
        "brief": brief_in_force(briefs),
        "brief_target": brief_target(briefs),
        "metric_definition": metric_definition(held.texts.get(DEFINITIONS)),
        "roster": held.roster.sort(contract.grain(Roster)),
        "tier": _scales(presets_of(held.texts.get(TIERS))),
    }


def _scales(presets: dict[str, TierPreset]) -> pl.DataFrame:
    rows = [
        {
            "preset": preset.name,
            "tier": tier,
            "position": position,
            "followers_above": 0 if position == 1 else preset.followers_up_to[position - 2],
            "followers_up_to": dict(enumerate(preset.followers_up_to, start=1)).get(position),
            "source": preset.source,
            "read_on": preset.read_on,
        }
        for preset in presets.values()
        for position, tier in enumerate(preset.tiers, start=1)
    ]
    return pl.DataFrame(rows, schema=contract.polars_schema(TierScale)).sort("preset", "position")


def _keep_edited(home: Home, kind: str, content: bytes, name: str, now: datetime) -> list[str]:
    try:
        _CHECKED[kind](content.decode("utf-8"))
    except ValueError as error:
        reference.record(home, f"unusable/{kind}", content, name, now)
        return [f"reference/{name}: {error}; the version before it stays in force"]
    reference.record(home, kind, content, name, now)
    return []


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
