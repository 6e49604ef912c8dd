"""What the evidence says of a trend, in one word and in a sentence."""

import polars as pl

from transforms.engagement.settings import TrendSettings

SLOPE = pl.col("slope_share_per_30d")
LOW, HIGH = pl.col("slope_share_per_30d_lo"), pl.col("slope_share_per_30d_hi")


def with_verdict(groups: pl.DataFrame, settings: TrendSettings) -> pl.DataFrame:
    """Add class and class_reason.

    Parameters
    ----------
    groups
        One row per owner, series, measure and window, with counts, slopes and p_value.

    Notes
    -----
    The interval goes before the test: a slope of +3 % that is certain is stable all the same.
    """
    is_tested = LOW.is_not_null()
    band = settings.stable_band_share
    is_stable = LOW.ge(-band) & HIGH.le(band)
    is_moving = (pl.col("p_value") < settings.alpha) & (SLOPE != 0)
    is_missing = _is_missing()
    verdict = (
        pl.when(is_missing)
        .then(pl.lit("not_reported"))
        .when(~is_tested)
        .then(pl.lit("insufficient_evidence"))
        .when(is_stable)
        .then(pl.lit("stable"))
        .when(is_moving & (SLOPE > 0))
        .then(pl.lit("rising"))
        .when(is_moving)
        .then(pl.lit("falling"))
        .otherwise(pl.lit("insufficient_evidence"))
    )
    reason = (
        pl.when(is_missing)
        .then(_missing_reason())
        .when(~is_tested)
        .then(_too_little_reason(settings))
        .otherwise(_change_reason())
    )
    return groups.with_columns(verdict.alias("class")).with_columns(class_reason=reason)


def _is_missing() -> pl.Expr:
    is_rate = pl.col("measure") == "engagement_rate"
    unusable = pl.col("n_excluded_parts") + pl.col("n_excluded_basis")
    return (pl.col("n_points") == 0) & pl.when(is_rate).then(
        (pl.col("er_basis").is_null() | pl.col("engagements_parts").is_null()) & (unusable > 0)
    ).otherwise(pl.col("n_excluded_basis") > 0)


def _missing_reason() -> pl.Expr:
    has_no_parts = pl.col("engagements_parts").is_null()
    return (
        pl.when(pl.col("measure") == "views")
        .then(pl.lit("the exports do not report views"))
        .when(has_no_parts)
        .then(pl.lit("the exports report no likes, comments, shares or saves"))
        .otherwise(pl.lit("what the rate would be over is reported too seldom to choose it"))
    )


def _too_little_reason(settings: TrendSettings) -> pl.Expr:
    is_post = pl.col("series") == "post"
    plural = pl.when(pl.col("n_points") == 1).then(pl.lit("")).otherwise(pl.lit("s"))
    noun = pl.when(is_post).then(pl.format("post{}", plural)).otherwise(pl.format("week{}", plural))
    left_out = pl.col("n_candidates") - pl.col("n_points")
    few = pl.format("{} {} in the window, {} are needed", "n_points", noun, settings.min_points)
    capped = pl.format(
        "the export lists only some of the posts: {} {} in the window, {} are needed",
        "n_points",
        noun,
        settings.min_points,
    )
    others = pl.when(left_out > 0).then(pl.format("; {} more cannot be used", left_out))
    young = pl.when(pl.col("n_immature") > 0).then(
        pl.format("; {} are too young to compare", "n_immature")
    )
    spans = pl.format(
        "the {} {} span {} days, {} are needed",
        "n_points",
        noun,
        pl.col("span_days").floor().cast(pl.Int64),
        int(settings.min_span_days),
    )
    is_few = pl.col("n_points") < settings.min_points
    is_capped = pl.col("n_excluded_catalogue") > 0
    return (
        pl.when(is_few)
        .then(
            pl.concat_str(
                pl.when(is_capped).then(capped).otherwise(few),
                others.fill_null(""),
                young.fill_null(""),
            )
        )
        .when(pl.col("span_days") < settings.min_span_days)
        .then(spans)
        .otherwise(pl.lit("changes of definition leave no two points to compare"))
    )


def _change_reason() -> pl.Expr:
    interval = pl.format("between {} and {}", _percent(LOW), _percent(HIGH))
    doubt = pl.format("the change lies anywhere {} per 30 days", interval)
    return (
        pl.when(pl.col("class") == "stable")
        .then(pl.format("{} per 30 days", interval))
        .when(pl.col("class") == "insufficient_evidence")
        .then(doubt)
        .otherwise(pl.format("{} per 30 days ({})", _percent(SLOPE), interval))
    )


def _percent(share: pl.Expr) -> pl.Expr:
    number = (share * 100).round(0).cast(pl.Int64, strict=False)
    sign = pl.when(number > 0).then(pl.lit("+")).otherwise(pl.lit(""))
    return pl.format("{}{} %", sign, number)
