"""Captions written by hand, brought to the index that briefs are asked of."""

from datetime import UTC, date, datetime, timedelta

import polars as pl

from schemas.brief import Brief
from transforms.fit.content.captions import caption_mention, caption_post, caption_term
from transforms.fit.content.index import ContentIndex, content_index
from transforms.reference.disclosure import disclosure_words

AS_OF = date(2026, 5, 31)


def posts(*rows: tuple[str, str | None], days_ago: int = 1, **columns) -> pl.DataFrame:
    """Give core.post rows of (account_id, caption), as far as captions need them."""
    day = datetime(AS_OF.year, AS_OF.month, AS_OF.day, 12, tzinfo=UTC) - timedelta(days_ago)
    base = {
        "platform": "instagram",
        "post_id": [f"{days_ago}-{k}" for k in range(len(rows))],
        "account_id": [account for account, _ in rows],
        "caption": [caption for _, caption in rows],
        "published_at": day,
        "is_paid_partnership": None,
    }
    return pl.DataFrame(
        base | columns,
        schema_overrides={
            "platform": pl.String,
            "post_id": pl.String,
            "caption": pl.String,
            "account_id": pl.String,
            "is_paid_partnership": pl.Boolean,
            "published_at": pl.Datetime("us", "UTC"),
        },
    )


def read(post: pl.DataFrame) -> pl.LazyFrame:
    return caption_post(post.lazy(), disclosure_words(), as_of=AS_OF)


def brief(brief_id: str = "b", **wishes) -> Brief:
    return Brief(brief_id=brief_id, **{"brand": "Havre & Co", "audience": {}} | wishes)


def panel(*accounts: str, **columns) -> pl.DataFrame:
    return pl.DataFrame(
        {"platform": "instagram", "account_id": accounts} | columns,
        schema_overrides={"platform": pl.String, "account_id": pl.String},
    )


def index(post: pl.DataFrame, accounts: pl.DataFrame, *briefs: Brief) -> ContentIndex:
    captions = read(post).collect().lazy()
    terms = caption_term(captions).collect().lazy()
    return content_index(captions, terms, caption_mention(captions), accounts, briefs)
