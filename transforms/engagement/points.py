"""The points of engagement trends: one per post, or one per account and week."""

from datetime import date, timedelta

import polars as pl

from transforms.engagement.breaks import possible_format, with_definition
from transforms.engagement.maturation import counters_at_target_age
from transforms.engagement.rates import PARTS, first_reason, with_rate_basis
from transforms.engagement.settings import TrendSettings
from transforms.engagement.weeks import week_points
from transforms.reference.maturation import maturation_frame

POINT = (
    "platform",
    "account_id",
    "series",
    "measure",
    "point_id",
    "at",
    "starts_on",
    "ends_on",
    "format",
    "metric",
    "definition_id",
    "defined_from",
    "segment",
    "er_basis",
    "engagements_parts",
    "quantity",
    "public_quantity",
    "basis_quantity",
    "matured_share",
    "value",
    "excluded",
)
_POST = ["platform", "post_id"]
_NOON = timedelta(hours=12)
_COUNTERS = {
    "engagement_rate": (*PARTS, "reach", "impressions", "views"),
    "views": ("views",),
}


def engagement_point(
    post: pl.LazyFrame,
    post_observation: pl.LazyFrame,
    account_day: pl.LazyFrame,
    follower_level: pl.LazyFrame,
    definitions: pl.LazyFrame,
    *,
    as_of: date,
    settings: TrendSettings,
) -> pl.LazyFrame:
    """Give every point, and every post or week that is none with the reason: the account stage.

    Parameters
    ----------
    post, post_observation, account_day
        Tables of core; observations after as_of say what a post was at its target age.
    follower_level
        Grain (platform, account_id, day) for days of publication: followers, staleness_days.
    definitions
        ref.metric_definition.

    Returns
    -------
    LazyFrame
        Grain (platform, account_id, series, measure, point_id), columns `POINT`: posts that
        matured in the `longest_days` up to as_of or are still to, and ISO weeks with data in
        them. `value` (rate as a share, or views) is null exactly where `excluded` is not.
        `starts_on` and `ends_on` bound the days that must lie in a window.
    """
    posts = post_points(
        post, post_observation, follower_level, definitions, as_of=as_of, settings=settings
    )
    weeks = week_points(account_day, definitions, as_of=as_of, settings=settings)
    return pl.concat([posts.select(POINT), weeks.select(POINT)])


def post_points(
    post: pl.LazyFrame,
    post_observation: pl.LazyFrame,
    follower_level: pl.LazyFrame,
    definitions: pl.LazyFrame,
    *,
    as_of: date,
    settings: TrendSettings,
) -> pl.LazyFrame:
    """Give the points of series `post`, of both measures.

    Returns
    -------
    LazyFrame
        As `engagement_point`. `matured_share` is the share the post had earned when seen.
    """
    candidates = _candidates(post, as_of, settings)
    figures = _figures(candidates, post_observation)
    seen = figures.with_columns(is_observed=True)
    rated = with_rate_basis(
        candidates.join(seen, on=_POST, how="left", validate="1:1").join(
            _followers(follower_level, settings),
            on=["platform", "account_id", "published_on"],
            how="left",
            validate="m:1",
        ),
        settings.post_bases,
        settings,
    )
    measures = (_rate_point(settings), _views_point(settings))
    points = pl.concat([rated.with_columns(**measure) for measure in measures]).with_columns(
        series=pl.lit("post"),
        point_id=pl.col("post_id"),
        at=pl.col("published_at"),
        content_format=possible_format(settings.short_max_s),
        starts_on=pl.col("matured_on"),
        ends_on=pl.col("matured_on"),
        value=pl.when(pl.col("excluded").is_null()).then("value"),
    )
    return with_definition(points, definitions, "published_on")


def _candidates(post: pl.LazyFrame, as_of: date, settings: TrendSettings) -> pl.LazyFrame:
    """Give the posts that matured in the longest window, and those published but still young."""
    return (
        post.filter(pl.col("account_id").is_not_null())
        .select(
            *_POST,
            "account_id",
            "published_at",
            "format",
            "duration_s",
            "catalogue",
            published_on=pl.col("published_at").dt.date(),
        )
        .join(maturation_frame(settings.maturation), on="platform", how="inner", validate="m:1")
        .with_columns(
            matured_on=pl.col("published_on") + pl.duration(days=pl.col("target_age_days"))
        )
        .filter(
            pl.col("published_on") <= as_of,
            pl.col("matured_on") > as_of - timedelta(days=settings.longest_days),
        )
    )


def _figures(candidates: pl.LazyFrame, post_observation: pl.LazyFrame) -> pl.LazyFrame:
    """Estimate each post's counters at its target age; grain (platform, post_id)."""
    indexed = candidates.select(
        *_POST, "published_at", "target_age_days", "half_life_days"
    ).with_row_index("post")
    likes = pl.when(pl.col("platform") == "facebook").then(pl.coalesce("reactions", "likes"))
    observed = post_observation.join(indexed, on=_POST, how="inner", validate="m:1").select(
        "post",
        *_POST,
        "target_age_days",
        "half_life_days",
        likes.otherwise("likes").alias("likes"),
        *(name for name in _COUNTERS["engagement_rate"] if name != "likes"),
        age_days=_age_days(),
    )
    reported = pl.sum_horizontal(pl.col(part).is_not_null() for part in PARTS)
    basis = (
        pl.when(pl.col("platform").is_in(["facebook", "instagram"]))
        .then("reach")
        .when(pl.col("platform").is_in(["linkedin", "x"]))
        .then("impressions")
        .otherwise("views")
    )
    observed = observed.with_columns(
        reported=reported * 2 + basis.is_not_null(), has_any=reported > 0
    ).with_columns(
        is_fullest=pl.col("has_any") & (pl.col("reported") == pl.col("reported").max().over("post"))
    )
    usable = {"engagement_rate": pl.col("is_fullest"), "views": pl.col("views").is_not_null()}
    return counters_at_target_age(observed, _COUNTERS, usable).rename(
        {f"engagement_rate_{name}": name for name in _COUNTERS["engagement_rate"]}
    )


def _age_days() -> pl.Expr:
    seen = pl.col("observed_on").cast(pl.Datetime("us", "UTC")) + _NOON
    age = (seen - pl.col("published_at")).dt.total_microseconds() / 86_400_000_000
    return age.clip(lower_bound=0.0)


def _followers(follower_level: pl.LazyFrame, settings: TrendSettings) -> pl.LazyFrame:
    near = pl.col("staleness_days").abs() <= settings.max_follower_staleness_days
    return follower_level.select(
        "platform",
        "account_id",
        pl.when(near).then("followers").alias("followers"),
        published_on="day",
    )


def _rate_point(settings: TrendSettings) -> dict[str, pl.Expr]:
    engagements, basis = pl.col("engagements"), pl.col("basis_quantity")
    return {
        "measure": pl.lit("engagement_rate"),
        "metric": pl.col("er_basis"),
        "quantity": engagements,
        "public_quantity": pl.col("engagements_public"),
        "matured_share": pl.col("engagement_rate_matured"),
        "value": pl.when(engagements == 0).then(0.5).otherwise(engagements) / basis,
        "excluded": first_reason(
            catalogue=pl.col("catalogue") != "complete",
            unobserved=pl.col("is_observed").is_null(),
            young=pl.col("engagement_rate_matured") < settings.min_matured,
            parts=engagements.is_null(),
            basis=basis.is_null(),
            zero_basis=basis <= 0,
        ),
    }


def _views_point(settings: TrendSettings) -> dict[str, pl.Expr]:
    views = pl.col("views_views")
    return {
        "measure": pl.lit("views"),
        "metric": pl.lit("views"),
        "er_basis": pl.lit(None, pl.String),
        "engagements_parts": pl.lit(None, pl.String),
        "quantity": views,
        "public_quantity": pl.lit(None, pl.Float64),
        "basis_quantity": pl.lit(None, pl.Float64),
        "matured_share": pl.col("views_matured"),
        "value": pl.when(views == 0).then(0.5).otherwise(views),
        "excluded": first_reason(
            catalogue=pl.col("catalogue") != "complete",
            unobserved=pl.col("is_observed").is_null(),
            young=pl.col("views_matured") < settings.min_matured,
            basis=views.is_null(),
        ),
    }
