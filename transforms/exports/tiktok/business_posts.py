"""TikTok Business Suite, posts: every video of the chosen span, figures since publication.

The id and the handle stand in the link. `Post time` is UTC: in the one file seen it is 3 to 8
seconds after the second in the id, which is that of upload. The figures go beyond the span: its
51 videos sum to more views than the account had on the days of the span. A pinned video stands
first, the others newest first, one on almost every day: a catalogue of the span, not the best.
"""

import polars as pl

from transforms.cells import parse
from transforms.cells.kept_moments import with_seconds
from transforms.cells.parse import Parsed
from transforms.cells.published import published
from transforms.export import Export
from transforms.vocabulary import read_vocabulary

NAMES = read_vocabulary(__name__)

TIME_FORMAT = "%Y/%m/%d %H:%M:%S"

_POST = r"tiktok\.com/@[^/\s]+/(?:video|photo)/(\d{15,20})"
_HANDLE = pl.col("link").str.extract(r"tiktok\.com/@([^/\s]+)/(?:video|photo)/", 1)
_IS_PHOTO = pl.col("link").str.contains("/photo/", literal=True)

FIGURES = {name: parse.count(name) for name in ("views", "likes", "comments", "shares", "saves")}


def _from_link(value: pl.Expr) -> Parsed:
    return Parsed(("link",), value, pl.lit(value=False), "")


def _as_downloaded(text: pl.DataFrame) -> pl.DataFrame:
    return with_seconds(text, "posted", TIME_FORMAT)


EXPORT = Export(
    name="tiktok_business_posts",
    platform="tiktok",
    title="TikTok Business Suite, posts",
    vocabulary=NAMES,
    tables=("post", "post_lifetime"),
    columns={
        "post_id": parse.identifier_within("link", _POST, "a link to a TikTok post"),
        "account_ref": _from_link(_HANDLE.str.to_lowercase()),
        "account_handle": _from_link(_HANDLE.str.to_lowercase()),
        **published("file_datetime", parse.moment("posted", TIME_FORMAT, "UTC")),
        "format": _from_link(
            pl.when(_IS_PHOTO).then(pl.lit("carousel")).when(~_IS_PHOTO).then(pl.lit("video"))
        ),
        "caption": parse.text("title"),
        "url": parse.text("link"),
        **FIGURES,
    },
    key="link",
    key_like=_POST,
    also_required=frozenset({"title", "posted"}),
    optional=frozenset(FIGURES),
    one_of=frozenset(FIGURES),
    repair=_as_downloaded,
    settled_by=frozenset({"posted"}),
    catalogue="complete",
    days_inside=parse.day("posted", TIME_FORMAT).value,
    source="Real export of 2025, read 2026-11-23",
    where="TikTok Business Suite > Analytics > Content > Export data",
)
