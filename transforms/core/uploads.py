"""Which post an upload is: Instagram's download names posts by their second of upload alone.

The content export of Meta Business Suite lists the same posts with their ids and the minute of
publication. One of the same account, about the same time, and with no other caption, is the same
post, where no second one could be. An upload that may be a post that is known, and that nothing
makes certain, would be counted twice: it stays in history alone. All others are posts of their
own. Of a list that says only the day, nothing is certain: every upload about that day may be the
post, unless its caption is another.
"""

from collections.abc import Mapping
from datetime import timedelta

import polars as pl

from transforms.cells.upload_ids import is_upload_id, uploaded_at
from transforms.core.accounts import resolved
from transforms.core.identity import OWNER

_PLATFORM = "instagram"
_TABLES = ("post", "post_lifetime")
"""What the download of information fills."""

_APART = pl.duration(minutes=5)
"""Between upload and publication, whose minute alone is exported."""

_AHEAD, _BEHIND = pl.duration(hours=14), pl.duration(hours=24 + 12)
"""From a day's midnight in UTC, when it begins and ends in the first and the last time zone."""

_DAYS_APART = timedelta(days=3)
"""Within which the same caption makes it doubtful that there are two posts."""

_FAMILY = ["account_id", "is_story"]


def with_uploads_told(
    history: Mapping[str, pl.LazyFrame], account_ref: pl.LazyFrame
) -> Mapping[str, pl.LazyFrame]:
    """Give history with every upload under the id of the post that it is.

    Parameters
    ----------
    history
        Every table of schemas.history.HISTORY.
    account_ref
        core.account_ref.

    Returns
    -------
    Mapping
        The same tables, without the uploads that may be a post which is known under its id.
    """
    posts = history["post"].filter(pl.col("platform") == _PLATFORM)
    is_upload = is_upload_id(pl.col("post_id"))
    uploads = _described(posts.filter(is_upload), account_ref)
    if uploads.is_empty():
        return history
    told = _told(uploads, _described(posts.filter(~is_upload), account_ref))
    meant = told.lazy().with_columns(platform=pl.lit(_PLATFORM))
    return {**history, **{table: _renamed(history[table], meant) for table in _TABLES}}


def _renamed(rows: pl.LazyFrame, meant: pl.LazyFrame) -> pl.LazyFrame:
    key = ["platform", "post_id"]
    return (
        rows.join(meant, on=key, how="left", validate="m:1", maintain_order="left")
        .filter(~pl.col("is_doubtful").fill_null(value=False))
        .with_columns(post_id=pl.coalesce("meant", "post_id"))
        .drop("meant", "is_doubtful")
    )


def _told(uploads: pl.DataFrame, listed: pl.DataFrame) -> pl.DataFrame:
    """Give post_id of each upload, the id that is `meant`, and whether it `is_doubtful`."""
    first = uploads.with_columns(
        meant=pl.col("post_id").min().over(*_FAMILY, uploaded_at(pl.col("post_id")))
    )
    each = first.filter(pl.col("post_id") == pl.col("meant"))
    near = _near(each, listed)
    found = near.filter("is_same").filter(
        pl.len().over("meant") == 1, pl.len().over("listed_id") == 1
    )
    perhaps = pl.concat([near.select("meant"), _repeating(each, listed)])
    doubtful = perhaps.join(found, on="meant", how="anti").unique()
    return first.select(
        "post_id",
        meant=pl.col("meant").replace_strict(
            found["meant"], found["listed_id"], default=pl.col("meant")
        ),
        is_doubtful=pl.col("meant").is_in(doubtful["meant"].implode()),
    )


def _described(posts: pl.LazyFrame, account_ref: pl.LazyFrame) -> pl.DataFrame:
    """Give each post once: post_id, account_id, at, is_day, is_story, caption."""
    own = pl.when(is_upload_id(pl.col("post_id"))).then(uploaded_at(pl.col("post_id")))
    rows = posts.select(
        "platform",
        "post_id",
        owner=OWNER,
        at=pl.coalesce(own, "published_at"),
        is_day=own.is_null() & pl.col("published_at_source").eq("file_day").fill_null(value=False),
        is_story=pl.col("format").eq("story").fill_null(value=False),
        caption=pl.col("caption").str.replace_all(r"\s+", " ").str.strip_chars().replace("", None),
    ).filter(pl.col("at").is_not_null())
    return (
        resolved(rows, account_ref, "owner")
        .group_by("post_id")
        .agg(
            pl.col("account_id").min(),
            pl.coalesce(pl.col("at").filter(~pl.col("is_day")).min(), pl.col("at").min()),
            pl.col("is_day").all(),
            pl.col("is_story").any(),
            pl.col("caption").max(),
        )
        .collect(engine="streaming")
    )


def _near(uploads: pl.DataFrame, listed: pl.DataFrame) -> pl.DataFrame:
    """Give the pairs that may be one post, and whether they can be taken for the same."""
    is_day = pl.col("is_day")
    span = listed.lazy().with_columns(
        earliest=pl.col("at") - pl.when(is_day).then(_AHEAD).otherwise(_APART),
        latest=pl.col("at") + pl.when(is_day).then(_BEHIND).otherwise(_APART),
    )
    pairs = (
        uploads.lazy()
        .drop("is_day")
        .join_where(
            span.rename({"post_id": "listed_id"}),
            *(pl.col(name) == pl.col(f"{name}_right") for name in _FAMILY),
            pl.col("at") >= pl.col("earliest"),
            pl.col("at") <= pl.col("latest"),
        )
    )
    one, other = pl.col("caption"), pl.col("caption_right")
    agrees = (one.str.starts_with(other) | other.str.starts_with(one)).fill_null(value=True)
    return (
        pairs.filter(~is_day | agrees)
        .select("meant", "listed_id", is_same=~is_day & agrees)
        .collect()
    )


def _repeating(uploads: pl.DataFrame, listed: pl.DataFrame) -> pl.DataFrame:
    """Give the uploads whose caption a post of about those days has: the nearest one tells."""
    key = [*_FAMILY, "caption"]
    return (
        uploads.drop_nulls(key)
        .sort("at")
        .join_asof(
            listed.drop_nulls(key).sort("at").select(*key, "at", listed_id="post_id"),
            on="at",
            by=key,
            strategy="nearest",
            tolerance=_DAYS_APART,
            check_sortedness=False,
        )
        .drop_nulls("listed_id")
        .select("meant")
    )
