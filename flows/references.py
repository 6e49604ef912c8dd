"""What the user writes: kept by version, and handed to the transforms as frames and texts."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pandera.polars as pa
import polars as pl

from schemas import contract
from schemas.definitions import MetricDefinition
from schemas.reference import Roster, TierScale
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

REFERENCES: dict[str, type[pa.DataFrameModel]] = {
    "metric_definition": MetricDefinition,
    "roster": Roster,
    "tier": TierScale,
}
"""Table name within the ref layer to contract."""


def presets_of(own: str | None) -> dict[str, TierPreset]:
    """Give the scales that ship with the deployment's own on top."""
    return tier_presets(shipped_tiers(), *([own] if own else []))


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
    versions
        Kind to SHA-256 of the version in force; a kind nobody wrote is absent.
    fingerprint
        Changes with anything above.
    """

    roster: pl.DataFrame
    texts: dict[str, str]
    versions: dict[str, str]
    fingerprint: str


def keep(home: Home, found: Iterable[ReferenceFile], now: datetime, zone: ZoneInfo) -> list[str]:
    """Keep a new version of each file that changed and can be used; say what is wrong.

    A file that cannot be used is kept apart, under `unusable/`, and the version before it
    stays in force.
    """
    problems: list[str] = []
    for file in found:
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
    return problems


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
    for kind in (ROSTER, *EDITED):
        held = reference.in_force(home, kind, as_of, knowledge, cutoff)
        if held is None:
            continue
        versions[kind] = held.sha256
        if kind in EDITED:
            texts[kind] = held.content().decode("utf-8")
    marks = (*(one.sha256 for one in rosters), *(f"{k}={v}" for k, v in sorted(versions.items())))
    return References(
        roster=_roster(rosters, as_of, knowledge),
        texts=texts,
        versions=versions,
        fingerprint=hashlib.sha256("\n".join(marks).encode()).hexdigest(),
    )


def published(home: Home, as_of: date) -> dict[str, pl.DataFrame]:
    """Give the ref layer: what is in force on `as_of` with all that is known now."""
    held = known(home, as_of, "latest")
    return {
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
