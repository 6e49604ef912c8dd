"""Contracts of what users lay down: the roster and the scales of tiers."""

import pandera.polars as pa
import polars as pl

from schemas import columns


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
