"""Accounts and components made up by hand, for the tests of the score."""

from datetime import date

import numpy as np
import polars as pl

from schemas.brief import COMPONENTS, Brief
from transforms.fit.accounts.targeted_reach import targeted_reach
from transforms.fit.component import Component
from transforms.fit.creators import creators_on, in_order
from transforms.fit.facts import Asked
from transforms.fit.verdict import judge, rows

AS_OF = date(2026, 6, 30)
UNKNOWN = None
_ACCOUNT = {
    "platform": pl.String,
    "account_id": pl.String,
    "creator_id": pl.String,
    "followers": pl.Int64,
    "tier": pl.String,
    "engagement_rate": pl.Float64,
    "expected_reach": pl.Float64,
    "reach_basis": pl.String,
    "n_reach_posts": pl.Int64,
    "reach_unknown_because": pl.String,
}
_TYPICAL = {
    "platform": "tiktok",
    "followers": 1_000,
    "tier": "micro",
    "engagement_rate": 0.05,
    "expected_reach": 1_000.0,
    "reach_basis": "views",
    "n_reach_posts": 10,
    "reach_unknown_because": None,
}


def accounts(*rows):
    """One dict per account; what it leaves out is typical, its creator is its id."""
    told = [
        {"account_id": str(place), "creator_id": row.get("account_id", str(place))} | _TYPICAL | row
        for place, row in enumerate(rows)
    ]
    return pl.DataFrame(told, schema=_ACCOUNT)


def component(name, values, *, known=None, because="not told", **more):
    value = np.array([np.nan if each is None else each for each in values], dtype=float)
    is_known = ~np.isnan(value)
    return Component(
        name=name,
        value=value,
        raw=value,
        raw_unit="1",
        known=is_known.astype(float) if known is None else np.array(known, dtype=float),
        unknown_because=pl.Series([None if k else because for k in is_known], dtype=pl.String),
        evidence=lambda places: pl.Series([f"{each:.2f}" for each in value[places]]),
        **more,
    )


def brief(**wishes):
    return Brief(
        **{"brief_id": "spring", "brand": "Acme", "audience": {"country": {"DK": 1.0}}} | wishes
    )


def asked(panel, share, *components, parts=(), inside=None):
    """Target share by account, and the other components; targeted reach follows."""
    of_target = component("target_share", share, because="no audience")
    reach = targeted_reach(panel, of_target, np.arange(panel.height))
    found = {each.name: each for each in (of_target, reach, *components)}
    return Asked(
        components={name: found[name] for name in COMPONENTS if name in found},
        share=of_target,
        reach=reach,
        parts={part.name.removeprefix("audience_match_"): part for part in parts},
        inside=inside or {},
    )


def verdict(wishes, panel, wanted):
    return judge(wishes, creators_on(in_order(panel), wishes.platforms), wanted)


def fit_rows(wishes, panel, wanted):
    """Rows of mart.fit, a dict per creator."""
    made = rows(verdict(wishes, panel, wanted), AS_OF)
    return {row["creator_id"]: row for row in made.iter_rows(named=True)}
