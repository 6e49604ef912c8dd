from datetime import date

import numpy as np
import polars as pl

from schemas import contract
from schemas.core import Account, Post, PostObservation
from schemas.engagement import EngagementTrend
from schemas.tier import Tier
from transforms.fit.panel import panel


def table(model, *rows):
    schema = contract.polars_schema(model)
    return pl.LazyFrame([dict.fromkeys(schema) | row for row in rows], schema=schema)


def account(platform, name, creator, *, is_tracked=True):
    return {
        "platform": platform,
        "account_id": name,
        "creator_id": creator,
        "account_handle": f"@{name}",
        "is_tracked": is_tracked,
    }


def test_a_panel_is_every_tracked_account_in_the_order_of_its_key(told, brief_for):
    brief = brief_for({"gender": {"female": 1.0}})

    whole = panel(
        table(
            Account,
            account("tiktok", "b", "bo"),
            account("tiktok", "a", "anna"),
            account("instagram", "b", "bo"),
            account("instagram", "z", "z", is_tracked=False),
        ),
        told(
            {"a": {"gender": {"female": 0.75, "male": 0.25}}, "z": {"gender": {"male": 1.0}}}
        ).lazy(),
        table(
            Tier,
            {
                "platform": "tiktok",
                "account_id": "a",
                "followers": 900,
                "tier": "micro",
                "median_views": 40.0,
                "n_mature_posts": 3,
                "views_catalogue": "complete",
            },
        ),
        table(EngagementTrend),
        table(Post),
        table(PostObservation),
        [brief],
        as_of=date(2026, 6, 30),
    )

    assert whole.n_accounts == 3
    assert whole.accounts.select("platform", "account_id", "creator_id").rows() == [
        ("instagram", "b", "bo"),
        ("tiktok", "a", "anna"),
        ("tiktok", "b", "bo"),
    ]
    assert whole.accounts["expected_reach"].to_list() == [None, 40.0, None]
    assert whole.accounts["reach_basis"].to_list() == [None, "views", None]
    assert whole.accounts["tier"].to_list() == [None, "micro", None]
    assert whole.audience["gender"].share("female").tolist() == [0.0, 0.75, 0.0]
    assert np.isnan(whole.engagement.value).all()
    assert whole.consistency.unknown_because.null_count() == 0
