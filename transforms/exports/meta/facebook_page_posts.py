"""Facebook Page Insights, post level: what a Page's owner could download until about 2021.

Under the header stands a record that describes each figure, and is no data. An id is the Page's and
the post's, joined by `_`; the Business Suite lists the same post under the second alone. `Posted`
has a time of day and no zone, so that only its day is read: the order of day and month is the one
that all cells allow, else month first, as Meta writes it. Comments, likes and shares are stories by
action type, which a download has or leaves out.
"""

import polars as pl

from transforms.cells import parse
from transforms.cells.days import DAY, day_of, with_days
from transforms.cells.published import published
from transforms.export import Clues, Export, NotData
from transforms.exports.meta import content as meta
from transforms.vocabulary import Vocabulary, read_vocabulary

NAMES = read_vocabulary(__name__)

FIGURES = {
    "reach": parse.count("reach"),
    "impressions": parse.count("impressions"),
    "clicks": parse.count("clicks"),
    "likes": parse.count("likes"),
    "comments": parse.count("comments"),
    "shares": parse.count("shares"),
}

_ID = "the id of a Page and of its post, like 123_456"
_KEY = r"^\s*\d+_\d+\s*$"
_DATE_PART = r"^\s*(\S+)"
_MONTH_FIRST = ("%m/%d/%Y", "%m/%d/%y")


def _with_days(data: pl.DataFrame, clues: Clues) -> pl.DataFrame:
    cut = pl.col("posted").str.extract(_DATE_PART, 1)
    days, whole = data.select(cut), clues.whole.select(cut)
    found = with_days(days, whole, "posted").get_column(DAY)
    if found.null_count() == found.len():
        tried = [pl.col("posted").str.to_date(order, strict=False) for order in _MONTH_FIRST]
        found = days.select(pl.coalesce(tried).alias(DAY)).to_series()
    return data.with_columns(found)


def declared(names: Vocabulary) -> Export:
    """Declare the export with these names."""
    return Export(
        name="facebook_page_posts",
        platform="facebook",
        title="Facebook Page Insights, post level",
        vocabulary=names,
        declared=declared,
        tables=("post", "post_lifetime"),
        columns={
            "post_id": parse.identifier_within("post_id", r"^\s*\d+_(\d+)\s*$", _ID),
            "account_ref": parse.identifier_within("post_id", r"^\s*(\d+)_\d+\s*$", _ID),
            **published("file_day", day_of("posted")),
            "format": meta.format_of(names),
            "caption": parse.text("message"),
            "url": parse.text("permalink"),
            **FIGURES,
        },
        key="post_id",
        key_like=_KEY,
        also_required=frozenset({"post_id", "posted", "reach", "impressions"}),
        optional=frozenset(
            {"post_type", "message", "permalink", "clicks", "likes", "comments", "shares"}
        ),
        not_data=(
            NotData(
                reason="description",
                rows=pl.col("post_id").is_null() & pl.col("reach").str.contains(r"^\s*\p{L}"),
            ),
        ),
        catalogue="complete",
        derive=_with_days,
        days_inside=pl.col(DAY),
        source="Two records of a real export of 2015 in a public program's tests, and programs "
        "that read such files, read 2026-11-23",
        where="no longer offered: Facebook Page > Insights > Export Data > Post data",
    )


EXPORT = declared(NAMES)
