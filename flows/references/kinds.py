"""The kinds of reference data, and the scales of tiers among them."""

from collections.abc import Collection
from datetime import date

from transforms.tiers.presets import TierPreset, shipped_tiers, tier_presets
from warehouse import reference
from warehouse.home import Home

ROSTER = "roster"
TIERS = "tiers"
DEFINITIONS = "metric_definitions"
EDITED = {TIERS: "tiers.toml", DEFINITIONS: "metric_definitions.toml"}
"""Kind to file name of the reference data that <home>/reference holds for editing."""

KEPT = (ROSTER, *EDITED)
"""Kinds that a build uses one version of, beside the briefs."""


def presets_of(own: str | None) -> dict[str, TierPreset]:
    """Give the scales that ship with the deployment's own on top."""
    return tier_presets(shipped_tiers(), *([own] if own else []))


def tiers_in_use(home: Home, scale: str | None, today: date) -> Collection[str] | None:
    """Name the tiers of a scale as the deployment has it; null where there is no such scale."""
    own = reference.in_force(home, TIERS, today, "latest")
    presets = presets_of(own.content().decode("utf-8") if own else None)
    return presets[scale].tiers if scale in presets else None
