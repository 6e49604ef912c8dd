"""How high the rate or the views of an account are, alone and among its peers."""

import polars as pl

from transforms.engagement.settings import TrendSettings

_FIGURE = ["measure", "series", "window_days", "er_basis"]
POOLS: dict[str, tuple[str, ...]] = {
    "platform_tier_format": ("platform", "tier", "dominant_format"),
    "platform_tier": ("platform", "tier"),
    "platform": ("platform",),
}


def levels(points: pl.DataFrame) -> pl.DataFrame:
    """Describe where the points of each group lie.

    Parameters
    ----------
    points
        `group`, `measure`, `value`, `log_value`, `quantity`, `public_quantity`,
        `basis_quantity`, `format`.

    Returns
    -------
    DataFrame
        Grain (group): the level columns of mart.engagement_trend but the shrunk one, with
        log_mean, log_variance and dominant_format (the most common, the first of equals) for it.
    """
    value, basis = pl.col("value"), pl.col("basis_quantity")
    is_rate = pl.col("measure").first() == "engagement_rate"
    public = pl.col("public_quantity")
    return points.group_by("group").agg(
        level_pooled=pl.when(is_rate)
        .then(pl.col("quantity").sum() / basis.sum())
        .otherwise(pl.col("quantity").mean()),
        level_public=pl.when(public.count() > 0).then(public.sum() / basis.sum()),
        level_median=value.median(),
        level_q25=value.quantile(0.25, "linear"),
        level_q75=value.quantile(0.75, "linear"),
        log_mean=pl.col("log_value").mean(),
        log_variance=pl.col("log_value").var(),
        dominant_format=pl.col("format").drop_nulls().mode().min().cast(pl.String),
    )


def with_shrunk_level(groups: pl.DataFrame, settings: TrendSettings) -> pl.DataFrame:
    """Draw each account's geometric mean to that of its peers, the more the fewer its points.

    Parameters
    ----------
    groups
        One row per account, series, measure and window, with n_points, log_mean, log_variance,
        platform, tier, dominant_format, er_basis.

    Returns
    -------
    DataFrame
        `groups` with level_shrunk, shrink_weight and shrink_pool. The pool is the narrowest
        that has `min_peers` accounts with points; without any, nothing is drawn.

    Notes
    -----
    exp(g + w (x - g)) with w = tau2 / (tau2 + s2 / n), x the mean of the account's n log points.
    s2 is the variance within accounts, tau2 the variance between them by the method of moments
    (one-way analysis of variance with unequal sizes: Searle, Casella and McCulloch, 1992,
    Variance Components, section 3.6), g the mean weighted by 1 / (tau2 + s2 / n).
    """
    described = groups.with_columns(
        pl.col("tier", "dominant_format", "er_basis").fill_null("unknown").name.prefix("pool_")
    )
    for name, by in POOLS.items():
        described = _with_pool(described, name, by)
    names = list(POOLS)
    has_points = pl.col("log_mean").is_not_null()
    peers = {name: pl.col(f"{name}_accounts") >= settings.min_peers for name in names}
    centre = pl.coalesce(pl.when(peers[name]).then(f"{name}_centre") for name in names)
    weight = pl.coalesce(pl.when(peers[name]).then(f"{name}_weight") for name in names)
    pool = pl.coalesce(pl.when(peers[name]).then(pl.lit(name)) for name in names)
    return (
        described.with_columns(
            shrink_weight=pl.when(has_points).then(weight.fill_null(1.0)),
            shrink_pool=pl.when(has_points).then(pool.fill_null("none")),
            centre=pl.when(has_points).then(centre.fill_null(pl.col("log_mean"))),
        )
        .with_columns(
            level_shrunk=(
                pl.col("centre") + pl.col("shrink_weight") * (pl.col("log_mean") - pl.col("centre"))
            ).exp()
        )
        .select(*groups.columns, "level_shrunk", "shrink_weight", "shrink_pool")
    )


def _with_pool(groups: pl.DataFrame, name: str, by: tuple[str, ...]) -> pl.DataFrame:
    """Add the accounts of each row's pool, its centre, and the weight of the row's own points."""
    pooled = [f"pool_{key}" if f"pool_{key}" in groups.columns else key for key in by]
    pool = ["measure", "series", "window_days", "pool_er_basis", *pooled]
    x, n = pl.col("log_mean"), pl.when(pl.col("log_mean").is_not_null()).then("n_points")
    accounts, total = x.count(), n.sum()
    within = (pl.col("log_variance") * (n - 1)).sum() / (n.sum() - accounts)
    mean = (n * x).sum() / total
    between = (n * (x - mean) ** 2).sum() / (accounts - 1)
    size = (total - (n.cast(pl.Float64) ** 2).sum() / total) / (accounts - 1)
    s2, tau2 = pl.col(f"{name}_s2"), pl.col(f"{name}_tau2")
    variance = tau2 + s2 / n
    precision = pl.when(variance > 0).then(1 / variance).otherwise(pl.when(x.is_not_null()).then(1))
    return groups.with_columns(
        accounts.over(pool).alias(f"{name}_accounts"),
        within.fill_nan(0.0).over(pool).alias(f"{name}_s2"),
        ((between - within.fill_nan(0.0)) / size)
        .fill_nan(0.0)
        .clip(lower_bound=0.0)
        .over(pool)
        .alias(f"{name}_tau2"),
    ).with_columns(
        ((precision * x).sum() / precision.sum()).over(pool).alias(f"{name}_centre"),
        pl.when(variance > 0).then(tau2 / variance).otherwise(1.0).alias(f"{name}_weight"),
    )
