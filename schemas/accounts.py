"""Contracts for the tables that describe accounts."""

import pandera.polars as pa
import polars as pl

from schemas import columns
from schemas.provenance import Provenance


class _AccountDayObserved(pa.DataFrameModel):
    platform: str = columns.platform()
    account_ref: str = columns.account_ref()
    day: pl.Date = columns.day()
    observed_on: pl.Date = columns.observed_on()
    account_handle: str = columns.account_handle()


class AccountDayFigures(pa.DataFrameModel):
    """What an account had or earned within a day."""

    followers: int = columns.followers()
    net_follows: int = columns.net_follows()
    gross_follows: int = columns.gross_follows()
    lost_follows: int = columns.lost_follows()
    views: int = columns.views()
    engaged_views: int = columns.engaged_views()
    impressions: int = columns.impressions()
    reach: int = columns.reach()
    unique_viewers: int = columns.unique_viewers()
    new_viewers: int = columns.new_viewers()
    returning_viewers: int = columns.returning_viewers()
    profile_views: int = columns.profile_views()
    likes: int = columns.likes()
    comments: int = columns.comments()
    shares: int = columns.shares()
    reposts: int = columns.reposts()
    likes_net: int = columns.likes_net()
    comments_net: int = columns.comments_net()
    shares_net: int = columns.shares_net()
    saves: int = columns.saves()
    clicks: int = columns.clicks()
    link_clicks: int = columns.link_clicks()
    interactions: int = columns.interactions()
    engagements_net: int = columns.engagements_net()
    watch_time_s: float = columns.watch_time_s()
    average_view_duration_s: float = columns.average_view_duration_s()
    average_viewed_share: float = columns.average_viewed_share()
    impressions_ctr_share: float = columns.impressions_ctr_share()
    estimated_revenue: float = columns.estimated_revenue()
    currency: str = columns.currency()


class _AccountHourObserved(pa.DataFrameModel):
    platform: str = columns.platform()
    account_ref: str = columns.account_ref()
    day: pl.Date = columns.day()
    hour: int = columns.hour()
    observed_on: pl.Date = columns.observed_on()
    account_handle: str = columns.account_handle()
    active_followers: int = columns.active_followers()


class AccountHour(Provenance, _AccountHourObserved):
    """How many followers were active within an hour, as one export said it."""

    class Config:
        strict = True
        metadata = {"grain": ["platform", "account_ref", "day", "hour", "observed_on"]}


class _AccountPeriodObserved(pa.DataFrameModel):
    platform: str = columns.platform()
    account_ref: str = columns.account_ref()
    period_start: pl.Date = columns.period_start(nullable=False)
    period_end: pl.Date = columns.period_end(nullable=False)
    observed_on: pl.Date = columns.observed_on()
    account_handle: str = columns.account_handle()


class AccountPeriodFigures(pa.DataFrameModel):
    """What an account earned within a period."""

    net_follows: int = columns.net_follows()
    gross_follows: int = columns.gross_follows()
    lost_follows: int = columns.lost_follows()
    views: int = columns.views()
    impressions: int = columns.impressions()
    reach: int = columns.reach()
    profile_views: int = columns.profile_views()
    link_clicks: int = columns.link_clicks()
    interactions: int = columns.described(
        "The platform's own sum of likes, comments, saves, shares and replies of the period; never "
        "added to them.",
        unit="interaction",
        ge=0,
        nullable=True,
    )


class AccountPeriod(Provenance, AccountPeriodFigures, _AccountPeriodObserved):
    """What an account earned within a period, as one export said it."""

    class Config:
        strict = True
        metadata = {
            "grain": ["platform", "account_ref", "period_start", "period_end", "observed_on"]
        }

    @pa.dataframe_check
    def period_ends_after_it_starts(cls, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(
            (pl.col("period_end") >= pl.col("period_start")).fill_null(value=True)
        )


class AccountDay(Provenance, AccountDayFigures, _AccountDayObserved):
    """What an account had or earned on one day, as one export said it."""

    followers_difference: int = columns.described(
        "Change of followers that TikTok writes beside the level: against the day before, or in "
        "a shifted export against the day after. Evidence of the shift, never summed.",
        unit="follower",
        nullable=True,
    )

    class Config:
        strict = True
        metadata = {"grain": ["platform", "account_ref", "day", "observed_on"]}
