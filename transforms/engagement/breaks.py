"""Which definition of its metric a point was counted under."""

import polars as pl

from schemas.columns import FORMATS

ANY_FORMAT = "any"
"""A point whose format is unknown, or that covers several: every definition concerns it."""
_KEY = ["platform", "metric", "content_format"]


def possible_format(short_max_s: float) -> pl.Expr:
    """Give the format of a post for the sake of definitions.

    YouTube's content export does not say what a Short is: a video that may be one by its length
    (up to three minutes since 2024-10-15), or whose length is unknown too, is taken for one.
    """
    is_undeclared = pl.col("format").is_null() | pl.col("format").is_in(["video", "other"])
    is_unknown = pl.col("format").is_null() & pl.col("duration_s").is_null()
    may_be_short = is_undeclared & (is_unknown | (pl.col("duration_s") <= short_max_s))
    is_youtube = pl.col("platform") == "youtube"
    return (
        pl.when(is_youtube & may_be_short)
        .then(pl.lit("short"))
        .when(is_youtube & pl.col("format").is_null())
        .then(pl.lit("video"))
        .otherwise(pl.col("format").fill_null(ANY_FORMAT))
    )


def with_definition(points: pl.LazyFrame, definitions: pl.LazyFrame, on: str) -> pl.LazyFrame:
    """Add the definition in force on a day, and the segment it belongs to.

    Parameters
    ----------
    points
        With platform, metric, content_format and the day named by `on`.
    definitions
        ref.metric_definition.

    Returns
    -------
    LazyFrame
        `points` with definition_id, defined_from (the day it holds from) and segment, the
        definition since which figures compare; all null where the table has none.
    """
    return points.sort(on).join_asof(
        _timeline(definitions),
        left_on=on,
        right_on="valid_from",
        by=_KEY,
        strategy="backward",
        check_sortedness=False,
    )


def _timeline(definitions: pl.LazyFrame) -> pl.LazyFrame:
    """Spread definitions over the formats they concern, in order, with their segment."""
    formats = pl.LazyFrame({"format": [*FORMATS, ANY_FORMAT]})
    concerns = (
        pl.col("content_format").is_null()
        | (pl.col("content_format") == pl.col("format"))
        | (pl.col("format") == ANY_FORMAT)
    )
    starts = pl.when(~pl.col("comparable_with_previous")).then(pl.col("definition_id"))
    return (
        definitions.join(formats, how="cross")
        .filter(concerns)
        .sort("valid_from", "content_format", "definition_id", nulls_last=False)
        .with_columns(content_format=pl.col("format"), starts=starts)
        .with_columns(
            segment=pl.coalesce(
                pl.col("starts").forward_fill().over(_KEY),
                pl.col("definition_id").first().over(_KEY),
            )
        )
        .select(*_KEY, "valid_from", "definition_id", "segment", defined_from="valid_from")
        .sort("valid_from", maintain_order=True)
    )
