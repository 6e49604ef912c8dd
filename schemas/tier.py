"""Contracts of mart.tier and mart.tier_creator: how big, since when, and where it leads."""

import pandera.polars as pa
import polars as pl

from schemas import columns
from schemas.columns import described

FOLLOWERS_METHODS = ("observed", "carried_forward", "carried_back", "roster")


def _tier(description: str) -> str:
    return described(description, nullable=True)


class _Standing(pa.DataFrameModel):
    preset: str = described("Scale of tiers in use.")
    tier: str = _tier("Tier by followers, with hysteresis; null where followers are unknown.")
    tier_since: pl.Date = described(
        "Day the tier was entered; where it never changed, the first day known.",
        unit="day",
        nullable=True,
    )
    previous_tier: str = _tier("Tier before; null where it never changed.")
    days_in_tier: int = described("Days from tier_since to as_of.", unit="day", ge=0, nullable=True)
    n_observations: int = described(
        "Days up to as_of on which an export or the roster tells the level.", unit="day", ge=0
    )


class _Account(pa.DataFrameModel):
    as_of: pl.Date = columns.as_of()
    platform: str = columns.platform()
    account_id: str = columns.account_id()
    creator_id: str = columns.creator_id()
    followers: int = columns.followers()
    followers_method: str = described(
        "How the level at as_of is known.", isin=FOLLOWERS_METHODS, nullable=True
    )
    followers_observed_on: pl.Date = described(
        "Day of the level that was observed or carried.", unit="day", nullable=True
    )
    staleness_days: int = described(
        "Days the level stood still for want of a level or net follows.",
        unit="day",
        ge=0,
        nullable=True,
    )


class Tier(_Standing, _Account):
    """How big each account is on a day, since when, and against whom."""

    followers_trend_30d_share: float = described(
        "Relative change of followers per 30 days, from the last 90 days.", unit="1", nullable=True
    )
    followers_trend_30d_share_lo: float = described(
        "Lower end of its 95 % interval.", unit="1", nullable=True
    )
    followers_trend_30d_share_hi: float = described(
        "Upper end of its 95 % interval.", unit="1", nullable=True
    )
    next_tier: str = _tier("Tier the trend leads to; null where it is not told from flat.")
    days_to_next_tier: float = described(
        "Days until the trend reaches the edge; 0 when past it and not yet crossed.",
        unit="day",
        ge=0,
        nullable=True,
    )
    days_to_next_tier_lo: float = described(
        "Lower end of its 95 % interval.", unit="day", ge=0, nullable=True
    )
    days_to_next_tier_hi: float = described(
        "Upper end of its 95 % interval.", unit="day", ge=0, nullable=True
    )
    followers_percentile: float = described(
        "Share of the platform's accounts with fewer followers, ties half.",
        unit="1",
        in_range={"min_value": 0, "max_value": 1},
        nullable=True,
    )
    views_per_follower_percentile: float = described(
        "Share of accounts with near-equal followers on the platform that have fewer median "
        "views per follower, ties half, near ones weighing more.",
        unit="1",
        in_range={"min_value": 0, "max_value": 1},
        nullable=True,
    )
    comparable_accounts: float = described(
        "Accounts that the comparison rests on, by the sum of their weights.",
        unit="account",
        ge=0,
        nullable=True,
    )
    views_tier: str = _tier("Tier by the median views of mature posts; without hysteresis.")
    median_views: float = described(
        "Median views of mature posts of 365 days, each at the age nearest the target.",
        unit="view",
        ge=0,
        nullable=True,
    )
    n_mature_posts: int = described("Posts in that median.", unit="post", ge=0)
    views_catalogue: str = columns.catalogue(nullable=True)

    class Config:
        strict = True
        unique = ["as_of", "platform", "account_id"]


class TierCreator(_Standing):
    """How big each creator is over all platforms, people who follow twice counted twice."""

    as_of: pl.Date = columns.as_of()
    creator_id: str = columns.creator_id()
    followers: int = columns.followers()
    is_deduplicated: bool = described("Whether people who follow on two platforms count once.")
    n_accounts: int = described("Accounts of the creator.", unit="account", ge=1)
    n_accounts_known: int = described(
        "Accounts whose followers are known, the ones in the sum.", unit="account", ge=0
    )
    staleness_days: int = described(
        "Staleness of the stalest level in the sum.", unit="day", ge=0, nullable=True
    )

    class Config:
        strict = True
        unique = ["as_of", "creator_id"]


TIER: dict[str, type[pa.DataFrameModel]] = {"tier": Tier, "tier_creator": TierCreator}
"""Table name within the mart layer to contract."""
