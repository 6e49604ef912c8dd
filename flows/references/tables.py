"""The ref layer of the published file: what is in force."""

from datetime import date

import pandera.polars as pa
import polars as pl

from flows.references.briefs import briefs_in_force
from flows.references.kinds import DEFINITIONS, TIERS, presets_of
from flows.references.known import known
from schemas import contract
from schemas.definitions import MetricDefinition
from schemas.reference import BriefInForce, BriefTarget, Roster, TierScale
from transforms.briefs.tables import BriefVersion, brief_in_force, brief_target
from transforms.reference.definitions import metric_definition
from transforms.tiers.presets import TierPreset
from warehouse.home import Home

REFERENCES: dict[str, type[pa.DataFrameModel]] = {
    "brief": BriefInForce,
    "brief_target": BriefTarget,
    "metric_definition": MetricDefinition,
    "roster": Roster,
    "tier": TierScale,
}
"""Table name within the ref layer to contract."""


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
