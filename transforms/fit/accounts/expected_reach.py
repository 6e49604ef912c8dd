"""Expected reach: how many people or views a mature post of an account has."""

from datetime import date

import polars as pl

from transforms.tiers.standing import StandingSettings, mature_views

MIN_REPORTED_SHARE = 0.8
"""Share of an account's mature posts that must report reach for it to be the basis."""

_ACCOUNT = ["platform", "account_id"]
_TOP_ONLY = "the exports list only the best posts"
_NO_POST = "no mature post of the last year with reach or views"


def expected_reach(
    tier: pl.LazyFrame, post: pl.LazyFrame, post_observation: pl.LazyFrame, *, as_of: date
) -> pl.LazyFrame:
    """Take the median reach of each account's mature posts, or their median views.

    Parameters
    ----------
    tier
        mart.tier of the day, with median_views, n_mature_posts, views_catalogue.
    post, post_observation
        Core tables of what the build may know.

    Returns
    -------
    LazyFrame
        Grain (platform, account_id): expected_reach; reach_basis, `reach` where at least
        MIN_REPORTED_SHARE of the posts report it, else `views`; n_reach_posts; and
        reach_unknown_because where neither is known. A post is mature, and its reach the one
        observed, as `transforms.tiers.standing.mature_views` has it. A list of the best posts
        tells neither.
    """
    reach = mature_views(
        post,
        post_observation.select("platform", "post_id", "observed_on", views="reach"),
        as_of,
        StandingSettings(),
    ).select(
        *_ACCOUNT,
        median_reach="median_views",
        n_reach="n_mature_posts",
        reach_catalogue="views_catalogue",
    )
    is_reach = pl.col("reach_catalogue").ne("top") & (
        pl.col("n_reach") >= MIN_REPORTED_SHARE * pl.col("n_mature_posts")
    )
    is_views = pl.col("median_views").is_not_null() & pl.col("views_catalogue").ne("top")
    is_top = pl.any_horizontal(pl.col("reach_catalogue", "views_catalogue").eq("top"))
    return tier.join(reach, on=_ACCOUNT, how="left", validate="1:1").select(
        *_ACCOUNT,
        expected_reach=pl.when(is_reach).then("median_reach").when(is_views).then("median_views"),
        reach_basis=pl.when(is_reach).then(pl.lit("reach")).when(is_views).then(pl.lit("views")),
        n_reach_posts=pl.when(is_reach).then("n_reach").when(is_views).then("n_mature_posts"),
        reach_unknown_because=pl.when(is_reach | is_views)
        .then(None)
        .when(is_top)
        .then(pl.lit(_TOP_ONLY))
        .otherwise(pl.lit(_NO_POST)),
    )
