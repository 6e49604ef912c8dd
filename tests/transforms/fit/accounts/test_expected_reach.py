from datetime import UTC, date, datetime, timedelta

import polars as pl

from schemas import contract
from schemas.core import Post, PostObservation
from schemas.tier import Tier
from transforms.fit.accounts.expected_reach import expected_reach

AS_OF = date(2026, 6, 30)
KEY = {"platform": "instagram", "account_id": "a"}


def table(model, rows):
    schema = contract.polars_schema(model)
    return pl.LazyFrame(
        [dict.fromkeys(schema) | KEY_OF[model] | row for row in rows], schema=schema
    )


KEY_OF = {
    Post: KEY | {"catalogue": "complete"},
    PostObservation: {"platform": "instagram"},
    Tier: KEY,
}


def tier(**standing):
    usual = {"median_views": 900.0, "n_mature_posts": 3, "views_catalogue": "complete"}
    return table(Tier, [usual | standing]).select(
        "platform", "account_id", "median_views", "n_mature_posts", "views_catalogue"
    )


def posts(*reaches, days_ago=30, catalogue="complete"):
    """One post per reach, observed a week after publication."""
    published = AS_OF - timedelta(days_ago)
    names = [f"p{i}" for i in range(len(reaches))]
    moment = datetime.combine(published, datetime.min.time(), UTC)
    post = table(
        Post, [{"post_id": n, "published_at": moment, "catalogue": catalogue} for n in names]
    )
    observed_on = published + timedelta(7)
    observations = table(
        PostObservation,
        [
            {"post_id": n, "observed_on": observed_on, "reach": r}
            for n, r in zip(names, reaches, strict=True)
        ],
    )
    return post, observations


def row(standing, post, observations):
    (found,) = expected_reach(standing, post, observations, as_of=AS_OF).collect().to_dicts()
    return [
        found[name]
        for name in ("expected_reach", "reach_basis", "n_reach_posts", "reach_unknown_because")
    ]


def test_reach_that_most_posts_report_is_the_basis():
    assert row(tier(), *posts(100, 200, 900)) == [200.0, "reach", 3, None]


def test_reach_that_few_posts_report_gives_way_to_views():
    assert row(tier(n_mature_posts=10), *posts(100, 200, 900)) == [900.0, "views", 10, None]


def test_posts_still_young_do_not_count():
    assert row(tier(), *posts(100, days_ago=6))[1] == "views"


def test_a_list_of_the_best_posts_tells_neither():
    standing = tier(views_catalogue="top")

    assert row(standing, *posts(100, 200, 900, catalogue="top")) == [
        None,
        None,
        None,
        "the exports list only the best posts",
    ]


def test_without_posts_the_reason_is_said():
    standing = tier(median_views=None, n_mature_posts=0, views_catalogue=None)

    assert row(standing, *posts()) == [
        None,
        None,
        None,
        "no mature post of the last year with reach or views",
    ]
