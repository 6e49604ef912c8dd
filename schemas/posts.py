"""Contracts for the tables that describe posts."""

import pandera.polars as pa
import polars as pl

from schemas import columns
from schemas.provenance import Provenance


class _PostKey(pa.DataFrameModel):
    platform: str = columns.platform()
    post_id: str = columns.post_id()


class _PostObserved(_PostKey):
    observed_on: pl.Date = columns.observed_on()


class _PostPeriodObserved(_PostKey):
    period_start: pl.Date = columns.period_start()
    period_end: pl.Date = columns.period_end()
    observed_on: pl.Date = columns.observed_on()


class _PostDayObserved(_PostKey):
    day: pl.Date = columns.day()
    observed_on: pl.Date = columns.observed_on()


class PostAttributes(pa.DataFrameModel):
    """What a post is, apart from whose."""

    published_at: pl.Datetime("us", "UTC") = columns.published_at()
    published_at_source: str = columns.published_at_source()
    format: str = columns.format()
    caption: str = columns.caption()
    url: str = columns.url()
    duration_s: float = columns.duration_s()
    is_paid_partnership: bool = columns.is_paid_partnership()
    catalogue: str = columns.catalogue()


class _PostFromFile(PostAttributes):
    account_ref: str = columns.account_ref(nullable=True)
    account_handle: str = columns.account_handle()
    account_name: str = columns.account_name()
    exported_by: str = columns.exported_by()


class PostCounters(pa.DataFrameModel):
    """What a post earned; the table says over what."""

    views: int = columns.views()
    engaged_views: int = columns.engaged_views()
    impressions: int = columns.impressions()
    reach: int = columns.reach()
    unique_viewers: int = columns.unique_viewers()
    likes: int = columns.likes()
    dislikes: int = columns.dislikes()
    reactions: int = columns.reactions()
    comments: int = columns.comments()
    shares: int = columns.shares()
    reposts: int = columns.reposts()
    saves: int = columns.saves()
    reactions_comments_shares: int = columns.reactions_comments_shares()
    follows: int = columns.follows()
    net_follows: int = columns.net_follows()
    clicks: int = columns.clicks()
    link_clicks: int = columns.link_clicks()
    watch_time_s: float = columns.watch_time_s()
    average_view_duration_s: float = columns.average_view_duration_s()
    average_viewed_share: float = columns.average_viewed_share()
    impressions_ctr_share: float = columns.impressions_ctr_share()
    estimated_revenue: float = columns.estimated_revenue()
    currency: str = columns.currency()


class PostCountersOfPeriod(PostCounters):
    """What a post earned within a period, less what was taken back in it."""

    likes: int = columns.likes_of_period()
    dislikes: int = columns.dislikes_of_period()
    comments: int = columns.comments_of_period()
    shares: int = columns.shares_of_period()


class PostCountersOfDay(PostCounters):
    """What a post earned on one day, less what was taken back on it where the platform nets."""

    likes: int = columns.likes_of_day()
    dislikes: int = columns.dislikes_of_day()
    comments: int = columns.comments_of_day()
    shares: int = columns.shares_of_day()


class Post(Provenance, _PostFromFile, _PostObserved):
    """What a file said a post is: one row per post and day of observation."""

    class Config:
        strict = True
        metadata = {"grain": ["platform", "post_id", "observed_on"]}


class PostLifetime(Provenance, PostCounters, _PostObserved):
    """What a post had earned since publication on the day of observation."""

    class Config:
        strict = True
        metadata = {"grain": ["platform", "post_id", "observed_on"]}


class PostPeriod(Provenance, PostCountersOfPeriod, _PostPeriodObserved):
    """What a post earned within a period; the period is null where nothing tells it."""

    class Config:
        strict = True
        metadata = {"grain": ["platform", "post_id", "period_start", "period_end", "observed_on"]}

    @pa.dataframe_check
    def period_ends_after_it_starts(cls, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(
            (pl.col("period_end") >= pl.col("period_start")).fill_null(value=True)
        )


class PostDay(Provenance, PostCountersOfDay, _PostDayObserved):
    """What a post earned on one day."""

    class Config:
        strict = True
        metadata = {"grain": ["platform", "post_id", "day", "observed_on"]}
