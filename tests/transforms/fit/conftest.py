from datetime import date

import numpy as np
import polars as pl
import pytest

from schemas.brief import Brief
from transforms.fit.audience.matrix import audience_matrix
from transforms.fit.audience.wanted import segments_of
from transforms.fit.component import Component
from transforms.fit.panel import Panel

ROW = {
    "platform": pl.String,
    "account_id": pl.String,
    "basis": pl.String,
    "dimension": pl.String,
    "segment": pl.String,
    "share": pl.Float64,
    "method": pl.String,
    "is_share_of_listed": pl.Boolean,
    "observed_on": pl.Date,
}
USUAL = {
    "platform": "tiktok",
    "basis": "followers",
    "method": "reported",
    "is_share_of_listed": False,
    "observed_on": date(2026, 6, 1),
}


def audience_rows(accounts, **instead):
    """Account to dimension to segment to share, as rows of audience_on."""
    rows = [
        USUAL
        | {"account_id": account, "dimension": dimension, "segment": segment, "share": share}
        | instead
        for account, dimensions in accounts.items()
        for dimension, shares in dimensions.items()
        for segment, share in shares.items()
    ]
    return pl.DataFrame(rows, schema=ROW)


def nothing(name, n):
    unknown = np.full(n, np.nan)
    return Component(
        name=name,
        value=unknown,
        raw=unknown,
        raw_unit="1",
        known=np.zeros(n),
        unknown_because=pl.repeat("not asked", n, eager=True),
    )


def panel_with(rows, account_ids, *briefs):
    accounts = pl.DataFrame({"platform": "tiktok", "account_id": account_ids})
    return Panel(
        accounts=accounts,
        audience=audience_matrix(rows.lazy(), accounts, segments_of(briefs)),
        engagement=nothing("engagement", accounts.height),
        consistency=nothing("consistency", accounts.height),
    )


@pytest.fixture(scope="session")
def told():
    """Give the rows of made-up audiences."""
    return audience_rows


@pytest.fixture(scope="session")
def panel_of():
    """Give a panel of TikTok accounts with the audiences in some rows, in the order of ids."""
    return panel_with


@pytest.fixture(scope="session")
def brief_for():
    """Give a brief that asks for an audience."""
    return lambda audience, **more: Brief(
        brief_id="oat-milk", brand="Havre", audience=audience, **more
    )
