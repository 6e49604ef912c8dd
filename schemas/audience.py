"""Contract of the tables that say who an account's audience is."""

import pandera.polars as pa
import polars as pl

from schemas import columns
from schemas.columns import described
from schemas.provenance import Provenance

OTHERS = "others"
"""The platform's own cell for all it does not list."""

UNREPORTED = "unreported"
"""What is left when the listed shares do not sum to 1."""

JOINT = ":"
"""Stands between the two parts of a joint segment: `25-34:female`."""


class _AudienceObserved(pa.DataFrameModel):
    platform: str = columns.platform()
    account_ref: str = columns.account_ref()
    basis: str = columns.audience_basis()
    dimension: str = columns.dimension()
    segment: str = columns.segment()
    observed_on: pl.Date = columns.observed_on()
    account_handle: str = columns.account_handle()
    period_start: pl.Date = columns.period_start()
    period_end: pl.Date = columns.period_end()
    share: float = columns.share()
    is_share_of_listed: bool = described(
        "Whether the file tells no total, so that the share is of what it lists."
    )
    distribution_id: str = described(
        "Rows that one export said together have the same: a hash of their segments and shares."
    )


class Audience(Provenance, _AudienceObserved):
    """Share of one segment of an account's audience, as one export said it."""

    class Config:
        strict = True
        metadata = {
            "grain": ["platform", "account_ref", "basis", "dimension", "segment", "observed_on"]
        }
