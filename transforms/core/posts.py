"""Tables about posts: the best row per key, with owners resolved."""

import polars as pl

from schemas import contract
from schemas.core import Post, PostAccount, TopPost
from schemas.posts import PostAttributes, PostCounters
from transforms.core.accounts import resolved
from transforms.core.best_rows import best_per_key, best_per_observation, best_per_period
from transforms.core.identity import OWNER
from transforms.core.periods import lifetime_from_periods

_KEY = ["platform", "post_id"]
_FIGURES = tuple(contract.columns(PostCounters))
_PUBLICATION = ("published_at", "published_at_source")
_ATTRIBUTES = tuple(
    name for name in contract.columns(PostAttributes) if name not in (*_PUBLICATION, "catalogue")
)
_CATALOGUE = pl.Enum(["top", "capped", "complete"])


def post(
    history_post: pl.LazyFrame, account_ref: pl.LazyFrame, account: pl.LazyFrame
) -> pl.LazyFrame:
    """Describe each post once, each attribute from the best row that reports it.

    Returns
    -------
    LazyFrame
        Grain (platform, post_id). `published_at` and its source come from one row;
        `catalogue` is the most complete one that ever listed the post.
    """
    rows = history_post.with_columns(
        owner=OWNER,
        publication=pl.when(pl.col("published_at").is_not_null()).then(pl.struct(_PUBLICATION)),
    )
    span = history_post.group_by(_KEY).agg(
        first_observed_on=pl.col("observed_on").min(),
        last_observed_on=pl.col("observed_on").max(),
        catalogue=pl.col("catalogue").cast(_CATALOGUE).max().cast(pl.String),
    )
    best = best_per_key(rows, _KEY, ("owner", "publication", *_ATTRIBUTES), ties=("owner",))
    return (
        resolved(best, account_ref, "owner")
        .join(
            account.select("platform", "account_id", "creator_id"),
            on=["platform", "account_id"],
            how="left",
            validate="m:1",
        )
        .join(span, on=_KEY, how="left", validate="1:1")
        .unnest("publication")
        .select(*contract.columns(Post))
    )


def post_account(
    history_post: pl.LazyFrame, account_ref: pl.LazyFrame, post: pl.LazyFrame
) -> pl.LazyFrame:
    """Say whose each post is: its owner, and the accounts whose exports list it as well.

    Returns
    -------
    LazyFrame
        Grain (platform, post_id, account_id). A post of an unknown owner has no row.
    """
    owner = post.select(*_KEY, "account_id").filter(pl.col("account_id").is_not_null())
    exporters = resolved(
        history_post.select(*_KEY, "exported_by").filter(pl.col("exported_by").is_not_null()),
        account_ref,
        "exported_by",
    ).select(*_KEY, "account_id")
    collab = (
        exporters.join(owner, on=[*_KEY, "account_id"], how="anti")
        .join(owner.select(_KEY), on=_KEY, how="semi")
        .unique()
    )
    return pl.concat(
        [owner.with_columns(role=pl.lit("owner")), collab.with_columns(role=pl.lit("collab"))]
    ).select(*contract.columns(PostAccount))


def post_lifetime(history_post_lifetime: pl.LazyFrame) -> pl.LazyFrame:
    """Give the counters since publication as last observed.

    Returns
    -------
    LazyFrame
        Grain (platform, post_id). Exports of the last day complete each other; a counter
        that none of them reports stays null, whatever earlier days said, so that the
        figures of a row are of one day.
    """
    last = history_post_lifetime.group_by(_KEY).agg(pl.col("observed_on").max())
    return best_per_observation(
        history_post_lifetime.join(last, on=[*_KEY, "observed_on"], how="semi"),
        [*_KEY, "observed_on"],
        _FIGURES,
    )


def post_observation(
    history_post_lifetime: pl.LazyFrame, post_period: pl.LazyFrame, post: pl.LazyFrame
) -> pl.LazyFrame:
    """Give every known counter since publication.

    Parameters
    ----------
    post_period
        Grain (platform, post_id, period_start, period_end). A period in which the post was
        published equals the lifetime counter at its end; gapless periods from there on are
        added up. Every other period, and one that nothing tells, enters nothing.

    Returns
    -------
    LazyFrame
        Grain (platform, post_id, observed_on); observed_on is the period's end for figures
        from periods, since they say nothing of the days between end and export. A lifetime
        row of the same day goes first, having evidence to rank by where the sum of periods
        has none; a period fills what it does not report.
    """
    derived = lifetime_from_periods(post_period, post).collect().lazy()
    return best_per_observation(
        pl.concat([history_post_lifetime, derived], how="diagonal"),
        [*_KEY, "observed_on"],
        _FIGURES,
    )


def post_period(history_post_period: pl.LazyFrame) -> pl.LazyFrame:
    """Give what each post earned within each period, each figure from the best row.

    Returns
    -------
    LazyFrame
        Grain (platform, post_id, period_start, period_end). Rows whose period nothing tells
        may be about different periods: of those only the last observation stays.
    """
    return best_per_period(history_post_period, _KEY, _KEY, _FIGURES)


def post_day(history_post_day: pl.LazyFrame) -> pl.LazyFrame:
    """Give what each post earned on each day, each figure from the best row.

    Returns
    -------
    LazyFrame
        Grain (platform, post_id, day).
    """
    return best_per_key(history_post_day, [*_KEY, "day"], _FIGURES)


def top_post(post: pl.LazyFrame, post_lifetime: pl.LazyFrame) -> pl.LazyFrame:
    """Give the posts that only a list of the best ones names, with their counters.

    Returns
    -------
    LazyFrame
        Grain (platform, post_id). Never a catalogue: a trend over it would be selection.
    """
    return (
        post.filter(pl.col("catalogue") == "top")
        .select(*_KEY, "account_id")
        .join(post_lifetime, on=_KEY, how="inner", validate="1:1")
        .select(*contract.columns(TopPost))
    )
