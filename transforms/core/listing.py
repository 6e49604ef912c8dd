"""What lists of creators say: the last word of each list on each account."""

import polars as pl

from schemas import contract
from schemas.core import Listing
from schemas.listing import ListingFigures
from transforms.core.accounts import resolved
from transforms.core.best_rows import best_per_observation

_KEY = ["source", "platform", "account_id"]
_FIGURES = tuple(contract.columns(ListingFigures))


def listing(history_listing: pl.LazyFrame, account_ref: pl.LazyFrame) -> pl.LazyFrame:
    """Give what each list said last of each account.

    All figures are of one day: a figure that the newer list lacks is not taken from an older one.
    An account that nothing else names is listed under its own name and makes no row of
    core.account: a list names thousands of strangers.

    Returns
    -------
    LazyFrame
        Grain (source, platform, account_id).
    """
    rows = resolved(history_listing, account_ref, "account_ref").with_columns(
        pl.col("account_id").fill_null(pl.col("account_ref"))
    )
    return (
        best_per_observation(rows, _KEY, _FIGURES)
        .sort("observed_on")
        .group_by(_KEY)
        .last()
        .select(*contract.columns(Listing))
    )
