"""Ids of posts that a file names by the second of upload alone: `<account>@<second>`.

The account stands in it since two of them can upload in the same second; so can a post and a story
of one account, whose id is `<account>@story/<second>`.
"""

import polars as pl

_MARK = "@"
STORY = "story/"
_FORM = rf"^[^/]+@(?:{STORY})?([0-9]{{9,10}})$"


def upload_id(account_ref: pl.Expr, second: pl.Expr) -> pl.Expr:
    """Make the id; null where either is."""
    return pl.concat_str(account_ref, pl.lit(_MARK), second)


def is_upload_id(post_id: pl.Expr) -> pl.Expr:
    """Tell whether the id is one of those, and none that a platform issued."""
    return post_id.str.contains(_FORM)


def uploaded_at(post_id: pl.Expr) -> pl.Expr:
    """Give the moment of upload, UTC."""
    second = post_id.str.extract(_FORM, 1).cast(pl.Int64)
    return (second * 1_000_000).cast(pl.Datetime("us", "UTC"))
