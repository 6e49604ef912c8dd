"""What captions say, account by account: the tables that every brief's content is read from."""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from transforms.fit.content.terms import folded, is_term, mention_text, word_text, words_of
from transforms.reference.disclosure import DisclosureWords

WINDOW_DAYS = 365
"""Posts of so many days up to as_of tell what an account is about."""
RECENT_DAYS = 90
"""Posts of so many days up to as_of tell which brands crowd an account."""

_PARTS = 32
_ACCOUNT = ["platform", "account_id"]
_POST = ["platform", "post_id"]


def caption_post(
    post: pl.LazyFrame, disclosures: Sequence[DisclosureWords], *, as_of: date
) -> pl.LazyFrame:
    """Read the captions of each account's own posts of the last 365 days.

    Parameters
    ----------
    post
        core.post; YouTube's captions are titles. Posts without an owner, a day of publication or
        a caption have no row.

    Returns
    -------
    LazyFrame
        Grain (platform, post_id): account_id; `words`, the words in their order, a space before,
        between and after them; `mentions`, the different @handles and #hashtags, spaced alike;
        `is_recent`, published within the last 90 days; `is_commercial`, which the platform's mark
        or a disclosure word says.
    """
    day = pl.col("published_at").dt.date()
    first, recent_first = (as_of - timedelta(days - 1) for days in (WINDOW_DAYS, RECENT_DAYS))
    return (
        post.filter(
            pl.col("account_id").is_not_null(),
            day.is_between(first, as_of),
            pl.col("caption").str.contains(r"\S"),
        )
        .select(
            *_POST,
            "account_id",
            "is_paid_partnership",
            is_recent=day >= recent_first,
            folded=folded(pl.col("caption")),
        )
        .with_columns(
            words=word_text(pl.col("folded")),
            mentions=mention_text(pl.col("folded")),
        )
        .select(
            *_POST,
            "account_id",
            "words",
            "mentions",
            "is_recent",
            is_commercial=pl.col("is_paid_partnership").fill_null(False) | _discloses(disclosures),
        )
    )


def caption_term(caption_post: pl.LazyFrame) -> pl.LazyFrame:
    """Count the terms of each account's captions.

    Parameters
    ----------
    caption_post
        As `caption_post` makes it, stored: it is scanned once for each part of the accounts, so
        that memory follows the counts and not the words.

    Returns
    -------
    LazyFrame
        Grain (platform, account_id, term): `n`, how often it stands there, and `n_posts`, in how
        many posts.
    """
    part_of = pl.col("account_id").hash() % _PARTS
    parts = (_counted(caption_post.filter(part_of == part)) for part in range(_PARTS))
    return pl.concat(parts, parallel=False)


def caption_mention(caption_post: pl.LazyFrame) -> pl.LazyFrame:
    """Count whom and what each account's captions of the last 90 days name.

    Returns
    -------
    LazyFrame
        Grain (platform, account_id, mention): `@handle` or `#hashtag`, with `n_posts` and, of
        them, `n_commercial_posts`.
    """
    return (
        caption_post.filter("is_recent")
        .select(*_ACCOUNT, "is_commercial", mention=pl.col("mentions").str.strip_chars(" "))
        .with_columns(pl.col("mention").str.split(" "))
        .explode("mention")
        .filter(pl.col("mention") != "")
        .group_by(*_ACCOUNT, "mention")
        .agg(n_posts=pl.len(), n_commercial_posts=pl.col("is_commercial").sum())
    )


def _counted(caption_post: pl.LazyFrame) -> pl.LazyFrame:
    return (
        caption_post.select(*_POST, "account_id", term=pl.col("words").str.strip_chars(" "))
        .with_columns(pl.col("term").str.split(" "))
        .explode("term")
        .filter(is_term(pl.col("term")))
        .group_by(*_POST, "account_id", "term")
        .agg(n=pl.len())
        .group_by(*_ACCOUNT, "term")
        .agg(n=pl.col("n").sum(), n_posts=pl.len())
    )


def _discloses(disclosures: Sequence[DisclosureWords]) -> pl.Expr:
    words = {(word, word in each.only_first) for each in disclosures for word in _all_words(each)}
    hashtags = [f" {word.casefold()} " for word, _ in words if word.startswith("#")]
    anywhere = words_of(
        [word for word, is_first in words if not word.startswith("#") and not is_first]
    )
    first = words_of([word for word, is_first in words if is_first])
    return pl.any_horizontal(
        pl.col("mentions").str.contains_any(hashtags),
        pl.col("words").str.contains_any(anywhere),
        *(pl.col("words").str.starts_with(opening) for opening in sorted(first)),
    )


def _all_words(each: DisclosureWords) -> tuple[str, ...]:
    return (*each.clear, *each.unclear)
