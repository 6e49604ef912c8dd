"""Contracts of what users lay down: the roster, the scales of tiers and the briefs."""

from typing import Any

import pandera.polars as pa
import polars as pl

from schemas import columns
from schemas.brief import TARGET_DIMENSIONS


class Roster(pa.DataFrameModel):
    """Which account belongs to whom; one row per account and version, as the user wrote it."""

    platform: str = columns.platform()
    account_handle: str = columns.account_handle(nullable=False)
    account_ref: str = columns.account_ref(nullable=True)
    creator_id: str = columns.creator_id(nullable=True)
    display_name: str = columns.display_name()
    category: str = columns.category()
    country: str = columns.country()
    market: str = columns.market()
    account_currency: str = columns.account_currency()
    time_zone: str = columns.time_zone()
    followers: int = columns.followers()
    followers_observed_on: pl.Date = columns.observed_on(nullable=True)
    alias_of: str = columns.account_handle()
    valid_from: pl.Date = columns.valid_from()

    class Config:
        strict = True
        unique = ["platform", "account_handle", "valid_from"]

    @pa.dataframe_check
    def a_follower_count_needs_its_day(cls, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(
            pl.col("followers").is_null() | pl.col("followers_observed_on").is_not_null()
        )


class TierScale(pa.DataFrameModel):
    """One tier of one scale."""

    preset: str = columns.described("Scale of tiers.")
    tier: str = columns.described("Name of the tier.")
    position: int = columns.described("Place in the scale, the smallest 1.", ge=1)
    followers_above: int = columns.described(
        "Followers the tier begins above.", unit="follower", ge=0
    )
    followers_up_to: int = columns.described(
        "Most followers of the tier, inclusive; null for the greatest.",
        unit="follower",
        ge=1,
        nullable=True,
    )
    source: str = columns.described("Where the scale was read.")
    read_on: pl.Date = columns.described("Day it was read.", unit="day")

    class Config:
        strict = True
        unique = ["preset", "tier"]


def _limit(description: str) -> Any:
    return columns.described(
        f"{description}; null where the brief sets none.",
        unit="1",
        in_range={"min_value": 0, "max_value": 1},
        nullable=True,
    )


def _weight(component: str) -> Any:
    return columns.described(
        f"Weight of {component} as the brief has it, else the default; not normalised.",
        unit="1",
        ge=0,
    )


class BriefInForce(pa.DataFrameModel):
    """One brief that is in force."""

    brief_id: str = columns.described("Brief, as its file names it.")
    brand: str = columns.described("Brand that asks.")
    valid_from: pl.Date = columns.valid_from()
    valid_until: pl.Date = columns.described(
        "Last day on which creators are scored for it; null for no end.", unit="day", nullable=True
    )
    platforms: str = columns.described(
        "Platforms wanted, joined by `+`; null for any.", nullable=True
    )
    tiers: str = columns.described("Tiers wanted, joined by `+`; null for any.", nullable=True)
    budget: float = columns.described(
        "Money there is, in `currency`.", unit="money", gt=0, nullable=True
    )
    currency: str = columns.currency()
    deliverables: str = columns.described(
        "Posts wanted of one creator, in words: `1 reel, 2 story`.", nullable=True
    )
    min_engagement_rate: float = _limit("Least engagement rate of a creator who is ranked")
    max_risk: float = _limit(
        "Greatest risk of a creator who is ranked; not held against anybody until risk signals are "
        "measured"
    )
    min_fit: float = _limit("Least score of a creator who is ranked")
    plateau: float = _limit("Audience match from which more earns nothing")
    weight_audience_match: float = _weight("audience_match")
    weight_target_share: float = _weight("target_share")
    weight_targeted_reach: float = _weight("targeted_reach")
    weight_engagement: float = _weight("engagement")
    weight_consistency: float = _weight("consistency")
    weight_content_match: float = _weight("content_match")
    weight_brand_crowding: float = _weight("brand_crowding")
    weight_brand_safety: float = _weight("brand_safety")
    version_sha256: str = columns.described(
        "SHA-256 of the version's bytes; as in ops.build.reference_versions."
    )

    class Config:
        strict = True
        unique = ["brief_id"]

    @pa.dataframe_check
    def a_budget_has_its_currency(cls, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(pl.col("budget").is_null() == pl.col("currency").is_null())


class BriefTarget(pa.DataFrameModel):
    """Share of one segment in the audience that a brief in force wants."""

    brief_id: str = columns.described("Brief; key of ref.brief.")
    dimension: str = columns.described(
        "What the audience wanted is parted by.", isin=TARGET_DIMENSIONS
    )
    segment: str = columns.segment()
    share: float = columns.described(
        "Share of the audience wanted; those of a brief and dimension sum to 1.",
        unit="1",
        in_range={"min_value": 0, "max_value": 1},
    )

    class Config:
        strict = True
        unique = ["brief_id", "dimension", "segment"]
