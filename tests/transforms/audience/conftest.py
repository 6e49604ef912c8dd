from collections.abc import Callable
from datetime import date

import polars as pl
import pytest

from schemas import contract
from schemas.core import Audience


@pytest.fixture(scope="session")
def core_audience() -> Callable[..., pl.LazyFrame]:
    """Make core.audience out of rows that say only what matters."""
    schema = contract.polars_schema(Audience)
    defaults = {
        "platform": "tiktok",
        "account_id": "anna",
        "basis": "followers",
        "dimension": "country",
        "segment": "DK",
        "observed_on": date(2026, 6, 1),
        "share": 1.0,
        "method": "reported",
        "is_share_of_listed": False,
    }

    def table(*rows: dict) -> pl.LazyFrame:
        blank = dict.fromkeys(schema)
        return pl.LazyFrame([blank | defaults | row for row in rows], schema=schema)

    return table
