"""What stands beside the tier: follower trend, median views, and percentiles."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

_ACCOUNT = ["platform", "account_id"]
_POST = ["platform", "post_id"]


@dataclass(frozen=True, kw_only=True)
class StandingSettings:
    """What a deployment can set.

    Attributes
    ----------
    trend_days, trend_step_days, trend_min_steps
        Window of the follower trend, its steps, and how many it needs.
    bandwidth
        Standard deviation of the kernel on the natural log of followers: 0.25 means that an
        account a quarter larger weighs 0.67, one twice as large 0.02.
    min_comparable
        Sum of weights below which there is no comparison; the account itself weighs 1.
    posts_days
        Posts count that were published within so many days.
    mature_days, mature_days_youtube
        Age from which the views of a post count.
    """

    trend_days: int = 90
    trend_step_days: int = 7
    trend_min_steps: int = 4
    bandwidth: float = 0.25
    min_comparable: float = 5.0
    posts_days: int = 365
    mature_days: int = 7
    mature_days_youtube: int = 28


def follower_trend(levels: pl.LazyFrame, as_of: date, settings: StandingSettings) -> pl.LazyFrame:
    """Estimate the drift of log followers per day, with its 95 % interval.

    Parameters
    ----------
    levels
        Grain (series, day), with followers: only days that tell a level.

    Returns
    -------
    LazyFrame
        Grain series: slope, slope_lo, slope_hi (natural log per day) and the same as
        followers_trend_30d_share, _lo, _hi (relative change per 30 days).

    Notes
    -----
    A level is the sum of all changes before it, so a line through levels would be far too
    sure of itself. The changes between the last levels of successive weeks are taken as
    independent with variance in proportion to their days (a random walk with drift): the
    drift is the whole change over the whole time, its error comes from the spread of the
    steps, the interval from Student's t.
    """
    first = as_of - timedelta(days=settings.trend_days)
    step = (pl.lit(as_of) - pl.col("day")).dt.total_days() // settings.trend_step_days
    log_change = pl.col("followers").log().diff().over("series", order_by="day")
    n_days = pl.col("day").diff().over("series", order_by="day").dt.total_days()
    slope = pl.col("log_change").sum() / pl.col("n_days").sum()
    residual = (pl.col("log_change") - slope * pl.col("n_days")) ** 2 / pl.col("n_days")
    half = _student_975(pl.col("n") - 1) * (pl.col("variance") / pl.col("total_days")).sqrt()
    return (
        levels.filter(pl.col("day").is_between(first, as_of), pl.col("followers") > 0)
        .group_by("series", step=step)
        .agg(pl.col("followers").max_by("day"), pl.col("day").max())
        .with_columns(log_change=log_change, n_days=n_days)
        .filter(pl.col("n_days").is_not_null())
        .group_by("series")
        .agg(
            slope=slope,
            variance=residual.sum() / (pl.len() - 1),
            total_days=pl.col("n_days").sum(),
            n=pl.len().cast(pl.Float64),
        )
        .filter(pl.col("n") >= settings.trend_min_steps)
        .with_columns(slope_lo=pl.col("slope") - half, slope_hi=pl.col("slope") + half)
        .select("series", "slope", "slope_lo", "slope_hi", *_per_30_days())
    )


def _per_30_days() -> list[pl.Expr]:
    share = "followers_trend_30d_share"
    ends = {share: "slope", f"{share}_lo": "slope_lo", f"{share}_hi": "slope_hi"}
    return [((30 * pl.col(slope)).exp() - 1).alias(name) for name, slope in ends.items()]


def _student_975(freedom: pl.Expr) -> pl.Expr:
    """Give the 97.5 % quantile of Student's t, within 0.2 % from 3 degrees of freedom on.

    Notes
    -----
    Expansion in 1/freedom around the normal quantile: Abramowitz and Stegun 26.7.5.
    """
    z = 1.959963984540054
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return pl.sum_horizontal(
        pl.lit(z), *(term / freedom ** (i + 1) for i, term in enumerate(terms))
    )


def mature_views(
    post: pl.LazyFrame, post_observation: pl.LazyFrame, as_of: date, settings: StandingSettings
) -> pl.LazyFrame:
    """Take the median views of an account's mature posts.

    A post is mature when its target age (7 days, 28 on YouTube) lies on or before `as_of`;
    its views are those observed at that age, or as soon after as any were.

    Returns
    -------
    LazyFrame
        Grain (platform, account_id): median_views, n_mature_posts, views_catalogue. Only
        posts of the account's most complete catalogue count, since a list of the best posts
        is not a sample; views_catalogue says which it was.
    """
    is_youtube = pl.col("platform") == "youtube"
    target = pl.when(is_youtube).then(settings.mature_days_youtube).otherwise(settings.mature_days)
    published = pl.col("published_at").dt.date()
    age = (pl.col("observed_on") - pl.col("published_on")).dt.total_days()
    since_published = (pl.lit(as_of) - pl.col("published_on")).dt.total_days()
    order = pl.Enum(["top", "capped", "complete"])
    return (
        post.select(
            *_POST,
            "account_id",
            pl.col("catalogue").cast(order),
            published_on=published,
            target=target,
        )
        .filter(
            pl.col("account_id").is_not_null(),
            since_published >= pl.col("target"),
            since_published <= settings.posts_days,
        )
        .join(
            post_observation.select(*_POST, "observed_on", "views").filter(
                pl.col("views").is_not_null()
            ),
            on=_POST,
            how="inner",
            validate="1:m",
        )
        .filter(age >= pl.col("target"))
        .group_by(*_POST, "account_id", "catalogue")
        .agg(pl.col("views").min_by("observed_on"))
        .filter(pl.col("catalogue") == pl.col("catalogue").max().over(_ACCOUNT))
        .group_by(_ACCOUNT)
        .agg(
            median_views=pl.col("views").median(),
            n_mature_posts=pl.len().cast(pl.Int64),
            views_catalogue=pl.col("catalogue").first().cast(pl.String),
        )
    )


def percentiles(frame: pl.LazyFrame, settings: StandingSettings) -> pl.LazyFrame:
    """Place each account among those of its platform.

    Parameters
    ----------
    frame
        platform, followers, median_views.

    Returns
    -------
    LazyFrame
        With followers_percentile, views_per_follower_percentile and comparable_accounts.
    """
    n_known = pl.col("followers").count().over("platform")
    place = pl.col("followers").rank("average").over("platform")
    followers = pl.col("followers")
    per_follower = pl.when(followers > 0).then(pl.col("median_views") / followers)
    placed = frame.with_columns(
        followers_percentile=(place - 0.5) / n_known, views_per_follower=per_follower
    )
    schema = {
        **placed.collect_schema(),
        "views_per_follower_percentile": pl.Float64(),
        "comparable_accounts": pl.Float64(),
    }
    return placed.map_batches(lambda rows: _compare(rows, settings), schema=schema)


def _compare(rows: pl.DataFrame, settings: StandingSettings) -> pl.DataFrame:
    share = np.full(rows.height, np.nan)
    weight = np.full(rows.height, np.nan)
    numbered = rows.with_row_index("row").filter(pl.col("views_per_follower").is_not_null())
    for _, peers in numbered.group_by("platform"):
        row = peers["row"].to_numpy()
        share[row], weight[row] = kernel_percentile(
            np.log(peers["followers"].to_numpy().astype(np.float64)),
            peers["views_per_follower"].to_numpy(),
            settings.bandwidth,
        )
    is_thin = ~(weight >= settings.min_comparable)
    share[is_thin] = np.nan
    return rows.with_columns(
        views_per_follower_percentile=pl.Series(share).fill_nan(None),
        comparable_accounts=pl.Series(weight).fill_nan(None),
    )


def kernel_percentile(
    place: np.ndarray, value: np.ndarray, bandwidth: float
) -> tuple[np.ndarray, np.ndarray]:
    """Give the weighted share of near points with a smaller value, ties half.

    Parameters
    ----------
    place, value
        Where each point stands and what is compared.
    bandwidth
        Standard deviation of the Gaussian weight on the distance of places; cut at three.

    Returns
    -------
    tuple
        Share in 0..1 and sum of weights, per point. A point counts itself, as a tie.

    Notes
    -----
    Places are put in bins of an eighth of the bandwidth and weights taken between the bins'
    centres. Within a bin values are sorted, so that each of the 49 neighbouring bins is one
    bisection for all points at once: n log n instead of n squared.
    """
    width = bandwidth / 8
    bins = np.floor(place / width).astype(np.int64)
    bins -= bins.min(initial=0)
    _, rank = np.unique(value, return_inverse=True)
    span = len(value) + 1
    points = np.sort(bins * span + rank)
    below, weight = np.zeros(len(value)), np.zeros(len(value))
    for offset in range(-24, 25):
        near = (bins + offset) * span
        start = np.searchsorted(points, near, side="left")
        less = np.searchsorted(points, near + rank, side="left")
        equal = np.searchsorted(points, near + rank, side="right")
        end = np.searchsorted(points, near + span, side="left")
        kernel = np.exp(-0.5 * (offset / 8) ** 2)
        below += kernel * ((less - start) + 0.5 * (equal - less))
        weight += kernel * (end - start)
    return below / weight, weight
