"""Contracts for the tables that cut an account's figures by one dimension."""

import pandera.polars as pa
import polars as pl

from schemas import columns
from schemas.provenance import Provenance


class BreakdownKey(pa.DataFrameModel):
    """Which part of an account's figures a row is."""

    dimension: str = columns.breakdown_dimension()
    segment: str = columns.breakdown_segment()


class BreakdownFigures(pa.DataFrameModel):
    """What one part of an account's figures came to; the parts need not sum to the whole."""

    segment_name: str = columns.segment_name()
    views: int = columns.views()
    engaged_views: int = columns.engaged_views()
    impressions: int = columns.impressions()
    unique_viewers: int = columns.unique_viewers()
    likes_net: int = columns.likes_net()
    comments_net: int = columns.comments_net()
    shares_net: int = columns.shares_net()
    gross_follows: int = columns.gross_follows()
    lost_follows: int = columns.lost_follows()
    net_follows: int = columns.net_follows()
    watch_time_s: float = columns.watch_time_s()
    average_view_duration_s: float = columns.average_view_duration_s()
    average_viewed_share: float = columns.average_viewed_share()
    impressions_ctr_share: float = columns.impressions_ctr_share()
    estimated_revenue: float = columns.estimated_revenue()
    currency: str = columns.currency()


class _Account(pa.DataFrameModel):
    platform: str = columns.platform()
    account_ref: str = columns.account_ref()


class _Observed(pa.DataFrameModel):
    observed_on: pl.Date = columns.observed_on()
    account_handle: str = columns.account_handle()


class _Period(pa.DataFrameModel):
    period_start: pl.Date = columns.period_start()
    period_end: pl.Date = columns.period_end()


class _Day(pa.DataFrameModel):
    day: pl.Date = columns.day()


class AccountBreakdown(Provenance, BreakdownFigures, _Observed, _Period, BreakdownKey, _Account):
    """What one segment of a dimension came to within a period; null where nothing tells it."""

    class Config:
        strict = True
        metadata = {
            "grain": [
                "platform", "account_ref", "dimension", "segment", "period_start", "period_end",
                "observed_on",
            ]
        }  # fmt: skip

    @pa.dataframe_check
    def period_ends_after_it_starts(cls, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(
            (pl.col("period_end") >= pl.col("period_start")).fill_null(value=True)
        )


class AccountBreakdownDay(Provenance, BreakdownFigures, _Observed, _Day, BreakdownKey, _Account):
    """What one segment of a dimension came to on one day; only those a chart showed."""

    class Config:
        strict = True
        metadata = {
            "grain": ["platform", "account_ref", "dimension", "segment", "day", "observed_on"]
        }
