r"""TikTok Studio, Content, `Content.csv`: the best posts, figures since publication.

A list of the best, never a catalogue. The handle and the id stand in the link; the id holds the
second of upload, which `Post time` (local, without a year) does not tell. `Time` is the day of
export. Titles can hold quotes and commas that nothing escapes: such a record is put right from
both ends, the link and the five cells after it.
"""

from datetime import date, datetime, timedelta

import polars as pl

from transforms.cells import parse
from transforms.cells.label_days import said_day
from transforms.cells.parse import Parsed
from transforms.cells.published import published
from transforms.cells.typed import typed, typed_column
from transforms.export import FILLED, Clues, Export
from transforms.vocabulary import read_vocabulary

NAMES = read_vocabulary(__name__)

LINK = r"https?://(?:www\.)?tiktok\.com/@[^/\s]+/(?:video|photo)/\d+"
_HANDLE = r"tiktok\.com/@([^/\s]+)/(?:video|photo)/"
_HANDLE_IN_LINK = pl.col("link").str.extract(_HANDLE, 1).str.to_lowercase()
_FORMAT_IN_LINK = (
    pl.when(pl.col("link").str.contains("/photo/", literal=True))
    .then(pl.lit("carousel"))
    .when(pl.col("link").is_not_null())
    .then(pl.lit("video"))
)
_ID = r"tiktok\.com/@[^/\s]+/(?:video|photo)/(\d{15,20})"
_ORDER = ["time", "title", "link", "posted", "likes", "comments", "shares", "views"]
_SEPARATOR = "\x1f"
_RECORD = (
    r"(?s)^(?<time>[^\x1f]*[^\x1f\d.][^\x1f]*)\x1f(?<title>.*?)\x1f"  # no label is a number alone
    rf"\s*(?<link>{LINK}[^\x1f]*)\x1f(?<posted>[^\x1f]*)"
    r"\x1f(?<likes>[^\x1f]*)\x1f(?<comments>[^\x1f]*)\x1f(?<shares>[^\x1f]*)\x1f(?<views>[^\x1f]*)$"
)
_IS_SHIFTED = (
    ~pl.col("link").str.contains(rf"^\s*{LINK}").fill_null(value=False)
    | pl.col("surplus").is_not_null()
)
_TIME_ZONES_EAST_TO_WEST = timedelta(days=1)
_UPLOAD = typed_column("upload", pl.Datetime("us", "UTC"), parse.moment_from_tiktok_id("link"))


def _put_right(text: pl.DataFrame) -> pl.DataFrame:
    """Undo what an unescaped comma or quote in a title does: find the link, count from there."""
    present = [column for column in text.columns if column in _ORDER]
    if present != _ORDER or not text.select_seq((_IS_SHIFTED & (pl.col(FILLED) > 1)).any()).item():
        return text
    joined = pl.concat_str(
        [
            *(pl.col(column).fill_null("") for column in _ORDER),
            pl.col("surplus").str.replace_all(",", _SEPARATOR, literal=True),
        ],
        separator=_SEPARATOR,
        ignore_nulls=True,
    )
    found = joined.str.extract_groups(_RECORD)
    is_found = _IS_SHIFTED & found.struct.field("link").is_not_null()
    return text.with_columns(
        *(
            pl.when(is_found)
            .then(_cell(found.struct.field(column), column))
            .otherwise(column)
            .alias(column)
            for column in _ORDER
        ),
        pl.when(~is_found).then("surplus").alias("surplus"),
    )


def _cell(found: pl.Expr, column: str) -> pl.Expr:
    cell = found.str.replace_all(_SEPARATOR, ",") if column == "title" else found
    return cell.replace("", None)


def _said_on(data: pl.DataFrame, clues: Clues) -> date | None:
    """Read the day of export: the first such day on or after the newest upload of that export.

    The upload's day is UTC and the label's is local, so that the label may be the day before.
    """
    own = data.get_column("time").drop_nulls().unique()
    exported = clues.whole.filter(pl.col("time").is_in(own.implode()))
    newest = typed(exported, [_UPLOAD]).get_column("upload").max()
    upload = newest.date() if isinstance(newest, datetime) else None
    earliest = upload - _TIME_ZONES_EAST_TO_WEST if upload else None
    return said_day(own, earliest, clues.newest_possible)


def _from_link(value: pl.Expr) -> Parsed:
    return Parsed(("link",), value, pl.lit(value=False), "")


EXPORT = Export(
    name="tiktok_content",
    platform="tiktok",
    title="TikTok Studio content, best posts",
    vocabulary=NAMES,
    tables=("post", "post_lifetime"),
    columns={
        "post_id": parse.identifier_within("link", _ID, "a link to a TikTok post"),
        "account_ref": _from_link(_HANDLE_IN_LINK),
        "account_handle": _from_link(_HANDLE_IN_LINK),
        **published("post_id", parse.moment_from_tiktok_id("link")),
        "format": _from_link(_FORMAT_IN_LINK),
        "caption": parse.text("title"),
        "url": parse.text("link"),
        "views": parse.count("views"),
        "likes": parse.count("likes"),
        "comments": parse.count("comments"),
        "shares": parse.count("shares"),
    },
    key="link",
    also_required=frozenset({"time", "title"}),
    optional=frozenset({"posted"}),
    catalogue="top",
    repair=_put_right,
    repairs="records",
    settled_by=frozenset({"time", "link"}),
    said_on=_said_on,
    source="Real exports of 2021 and 2026, read 2026-11-23; TikTok Creator Academy, 'Introduction "
    "to analytics' (tiktok.com/creator-academy/en/article/tool-analytics-intro)",
    where="TikTok Studio > Analytics > Content > Download data; keep the zip's name",
)
