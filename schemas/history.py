"""The history layer: what the files said, append-only."""

import pandera.polars as pa

from schemas.accounts import AccountDay, AccountHour, AccountPeriod
from schemas.audience import Audience
from schemas.breakdowns import AccountBreakdown, AccountBreakdownDay
from schemas.listing import Listing
from schemas.posts import Post, PostDay, PostLifetime, PostPeriod

HISTORY: dict[str, type[pa.DataFrameModel]] = {
    "post": Post,
    "post_lifetime": PostLifetime,
    "post_period": PostPeriod,
    "post_day": PostDay,
    "account_day": AccountDay,
    "account_hour": AccountHour,
    "account_period": AccountPeriod,
    "account_breakdown": AccountBreakdown,
    "account_breakdown_day": AccountBreakdownDay,
    "audience": Audience,
    "listing": Listing,
}
"""Table name within the layer to contract."""

PROVENANCE = (
    "observed_on_source",
    "observed_on_is_exact",
    "evidence_rank",
    "load_id",
    "file_id",
    "sha256",
    "row_number",
    "loaded_at",
)
"""Columns that say where a row came from; no grain holds them."""
