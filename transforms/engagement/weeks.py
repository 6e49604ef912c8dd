"""Points of series `account_week`: what an account's days add up to per ISO week."""

from datetime import date, timedelta

import polars as pl

from transforms.engagement.breaks import ANY_FORMAT, with_definition
from transforms.engagement.rates import first_reason, with_rate_basis
from transforms.engagement.settings import TrendSettings

_WEEK = ["platform", "account_id", "starts_on"]
_PARTS = {
    "likes": ("likes_net", "likes"),
    "comments": ("comments_net", "comments"),
    "shares": ("shares_net", "shares"),
    "reposts": ("reposts",),
    "saves": ("saves",),
}
"""Parts to the columns that count them: net of the day where a platform nets, else gross."""


def week_points(
    account_day: pl.LazyFrame,
    definitions: pl.LazyFrame,
    *,
    as_of: date,
    settings: TrendSettings,
) -> pl.LazyFrame:
    """Give the points of series `account_week`, of both measures.

    Parameters
    ----------
    account_day
        core.account_day; likes, comments and shares can be net, and then negative.

    Returns
    -------
    LazyFrame
        Grain (platform, account_id, measure, point_id), the columns of `engagement_point`: one
        row per ISO week that lies within the longest window and has a reported day. A rate is
        the week's engagements over its basis, of days that report both, with half an engagement
        where they add up to none or less; views are the mean of the reported days times seven.
        The floor holds for rates only: weeks of few views are what a fall in views looks like.
    """
    first_day = as_of - timedelta(days=settings.longest_days - 1)
    days = _days(account_day, first_day, as_of)
    weeks = (
        with_rate_basis(days, settings.week_bases, settings)
        .group_by(*_WEEK)
        .agg(
            pl.first("er_basis", "engagements_parts"),
            *_sums_of_reported_days(),
            views_days=pl.col("views").count(),
            views_mean=pl.col("views").mean(),
        )
        .with_columns(ends_on=pl.col("starts_on") + timedelta(days=6))
        .filter(pl.col("starts_on") >= first_day, pl.col("ends_on") <= as_of)
    )
    measures = (_rate_point(settings), _views_point(settings))
    points = pl.concat([weeks.with_columns(**measure) for measure in measures]).with_columns(
        series=pl.lit("account_week"),
        point_id=pl.col("starts_on").dt.to_string("%G-W%V"),
        at=pl.col("starts_on").cast(pl.Datetime("us", "UTC")) + timedelta(days=3, hours=12),
        format=pl.lit(None, pl.String),
        content_format=pl.lit(ANY_FORMAT),
        matured_share=pl.lit(None, pl.Float64),
    )
    return _with_break(points, definitions).with_columns(
        value=pl.when(pl.col("excluded").is_null()).then("value")
    )


def _days(account_day: pl.LazyFrame, first_day: date, as_of: date) -> pl.LazyFrame:
    figures = ("views", "reach", "impressions")
    parts = {part: pl.coalesce(columns) for part, columns in _PARTS.items()}
    return (
        account_day.filter(pl.col("day").is_between(first_day, as_of))
        .filter(
            pl.any_horizontal(
                figure.is_not_null() for figure in (*map(pl.col, figures), *parts.values())
            )
        )
        .select(
            "platform",
            "account_id",
            *figures,
            **parts,
            starts_on=pl.col("day").dt.truncate("1w"),
        )
    )


def _sums_of_reported_days() -> tuple[pl.Expr, ...]:
    reported = pl.col("engagements").is_not_null() & pl.col("basis_quantity").is_not_null()
    return (
        reported.sum().alias("rate_days"),
        *(
            pl.col(name).filter(reported).sum().alias(name)
            for name in ("engagements", "engagements_public", "basis_quantity")
        ),
    )


def _rate_point(settings: TrendSettings) -> dict[str, pl.Expr]:
    engagements, basis = pl.col("engagements"), pl.col("basis_quantity")
    return {
        "measure": pl.lit("engagement_rate"),
        "metric": pl.col("er_basis"),
        "quantity": engagements.clip(lower_bound=0.0),
        "public_quantity": pl.col("engagements_public").clip(lower_bound=0.0),
        "basis_quantity": basis,
        "value": pl.when(engagements <= 0).then(0.5).otherwise(engagements) / basis,
        "excluded": first_reason(
            parts=pl.col("engagements_parts").is_null(),
            basis=pl.col("er_basis").is_null(),
            days=pl.col("rate_days") < settings.min_reported_days,
            zero_basis=basis <= 0,
            floor=basis < settings.min_week_basis,
        ),
    }


def _views_point(settings: TrendSettings) -> dict[str, pl.Expr]:
    views = pl.col("views_mean") * 7
    return {
        "measure": pl.lit("views"),
        "metric": pl.lit("views"),
        "er_basis": pl.lit(None, pl.String),
        "engagements_parts": pl.lit(None, pl.String),
        "quantity": views,
        "public_quantity": pl.lit(None, pl.Float64),
        "basis_quantity": pl.lit(None, pl.Float64),
        "value": pl.when(views == 0).then(0.5).otherwise(views),
        "excluded": first_reason(
            basis=pl.col("views_days") == 0,
            days=pl.col("views_days") < settings.min_reported_days,
        ),
    }


def _with_break(points: pl.LazyFrame, definitions: pl.LazyFrame) -> pl.LazyFrame:
    """Add definition and segment by the Monday; a week with a break inside is no point."""
    by_end = (
        with_definition(points, definitions, "ends_on")
        .rename({"segment": "segment_at_end"})
        .drop("definition_id", "defined_from")
    )
    return with_definition(by_end, definitions, "starts_on").with_columns(
        excluded=pl.when(
            pl.col("excluded").is_null() & (pl.col("segment") != pl.col("segment_at_end"))
        )
        .then(pl.lit("break"))
        .otherwise("excluded")
    )
