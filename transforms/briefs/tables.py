"""Briefs as rows: what the published file says of those in force."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from schemas import contract
from schemas.brief import COMPONENTS, TARGET_DIMENSIONS, Brief
from schemas.reference import BriefInForce, BriefTarget


@dataclass(frozen=True)
class BriefVersion:
    """A brief, the day from which its version holds, and the version's SHA-256."""

    brief: Brief
    valid_from: date
    sha256: str


def brief_in_force(versions: Iterable[BriefVersion]) -> pl.DataFrame:
    """Write a row a brief, grain (brief_id)."""
    rows = [_row(one) for one in versions]
    return pl.DataFrame(rows, schema=contract.polars_schema(BriefInForce)).sort("brief_id")


def brief_target(versions: Iterable[BriefVersion]) -> pl.DataFrame:
    """Write a row a segment wanted, grain (brief_id, dimension, segment)."""
    rows = [
        {"brief_id": one.brief.brief_id, "dimension": dimension, "segment": segment, "share": share}
        for one in versions
        for dimension in TARGET_DIMENSIONS
        for segment, share in one.brief.audience.get(dimension, {}).items()
    ]
    return pl.DataFrame(rows, schema=contract.polars_schema(BriefTarget)).sort(
        contract.grain(BriefTarget)
    )


def _row(version: BriefVersion) -> Mapping[str, Any]:
    brief = version.brief
    return {
        "brief_id": brief.brief_id,
        "brand": brief.brand,
        "valid_from": version.valid_from,
        "valid_until": brief.valid_until,
        "platforms": "+".join(sorted(brief.platforms)) or None,
        "tiers": "+".join(brief.tiers) or None,
        "budget": brief.budget,
        "currency": brief.currency,
        "deliverables": ", ".join(f"{n} {kind}" for kind, n in brief.deliverables.items()) or None,
        "min_engagement_rate": brief.min_engagement_rate,
        "max_risk": brief.max_risk,
        "min_fit": brief.min_fit,
        "plateau": brief.plateau,
        **{f"weight_{component}": brief.weights[component] for component in COMPONENTS},
        "version_sha256": version.sha256,
    }
