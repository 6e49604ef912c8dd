"""What the exports of X (Twitter) have in common: a post's link tells its id, moment and author."""

from dataclasses import replace
from functools import reduce
from operator import add

import polars as pl

from transforms.cells import parse
from transforms.cells.parse import Parsed
from transforms.export import CrossCheck, NotData

LINK = r"(?i)^\s*https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/"
"""Beginning of a link to X, of either name."""

MOSTLY = 0.49
"""Share of the links that must lead to X; a report on several networks has its headers, too."""

_HANDLE = LINK + r"([a-z0-9_]{1,20})/status/\d"
_ID_IN_LINK = LINK + r"[^\s?#]*/status/(\d{15,19})(?:\D|$)"
_ID = r'^\s*(?:=")?(\d{15,19})"?\s*$'
_NO_HANDLE = "i"
"""Stands for any author in links like `x.com/i/status/1`."""

_ID_EPOCH_MS = 1_288_834_974_657
_BITS_BELOW_MS = 22
_DIGITS_EXCEL_KEEPS = 14
_WESTERNMOST = pl.duration(hours=12)


def post(id_column: str, link_column: str) -> dict[str, Parsed]:
    """Read what a post is from its link, and from its id where the link has none.

    Returns
    -------
    dict
        post_id, account_ref, account_handle, published_at, published_at_source, url.

    Notes
    -----
    The bits above the 22nd of an id are milliseconds since 2010-11-04: on 94 posts of 2016 to
    2021 that is the minute that stands beside it, in UTC (real exports, read 2026-11-23). What
    Excel does to an id, it does not do to the link.
    """
    both = (link_column, id_column)
    told, moment = _told(id_column, link_column), _moment(id_column, link_column)
    author = _handle(link_column)
    source = pl.when(moment.is_not_null()).then(pl.lit("post_id"))
    stands = ~parse.is_not_reported(link_column) | ~parse.is_not_reported(id_column)
    return {
        "post_id": Parsed(
            both,
            told,
            stands & told.is_null(),
            "a link to a post on X whose id is the one beside it",
        ),
        "account_ref": _silent((link_column,), author),
        "account_handle": _silent((link_column,), author),
        "published_at": _silent(both, moment),
        "published_at_source": _silent(both, source),
        "url": parse.text(link_column),
    }


def newest_day(id_column: str, link_column: str) -> pl.Expr:
    """Give the day of publication, the day before where the browser's may still have been that.

    A file is named for days of the browser's time zone, which can be 12 hours behind UTC.
    """
    return (_moment(id_column, link_column) - _WESTERNMOST).dt.date()


def caption(column: str) -> Parsed:
    """Read a post's text without the entities X writes for `<`, `>` and `&`."""
    text = parse.text(column)
    return text.with_value(
        text.value.str.replace_all("&lt;", "<", literal=True)
        .str.replace_all("&gt;", ">", literal=True)
        .str.replace_all("&amp;", "&", literal=True)
    )


def ghost(id_column: str, link_column: str) -> NotData:
    """Recognise the rows of no post that X lists: no id, and a link to `/status/undefined`."""
    no_id = ~pl.col(id_column).str.contains(_ID).fill_null(value=False)
    return NotData(
        reason="ghost",
        rows=no_id & pl.col(link_column).str.contains(r"/status/undefined\s*$"),
    )


def milliseconds_as_s(column: str) -> Parsed:
    """Read a number of milliseconds as seconds."""
    number = parse.decimal(column)
    return replace(number.mapped(lambda value: value / 1000), rule="a number of milliseconds")


def net_follows(gained: str, lost: str) -> Parsed:
    """Read followers gained less lost; null where either is not told."""
    net = parse.signed_count(gained).value - parse.signed_count(lost).value
    return _silent((gained, lost), net)


def within_engagements(reposts: str) -> CrossCheck:
    """Hold likes, replies and reposts to X's own sum of engagements, which counts clicks too."""
    parts = (parse.count(column).value for column in ("likes", "replies", reposts))
    return CrossCheck(
        name="likes + replies + reposts <= engagements",
        metric="likes",
        said=parse.count("engagements").value,
        found=reduce(add, parts),
        is_bound=True,
    )


def _told(id_column: str, link_column: str) -> pl.Expr:
    """Give the id; null where link and id are those of two posts."""
    linked = pl.col(link_column).str.extract(_ID_IN_LINK, 1)
    own = pl.col(id_column).str.extract(_ID, 1)
    agree = linked.str.head(_DIGITS_EXCEL_KEEPS) == own.str.head(_DIGITS_EXCEL_KEEPS)
    return pl.when(agree.fill_null(value=True)).then(pl.coalesce(linked, own))


def _moment(id_column: str, link_column: str) -> pl.Expr:
    number = _told(id_column, link_column).cast(pl.Int64, strict=False)
    ms = number // 2**_BITS_BELOW_MS + _ID_EPOCH_MS
    return (ms * 1000).cast(pl.Datetime("us", "UTC"))


def _handle(link_column: str) -> pl.Expr:
    author = pl.col(link_column).str.extract(_HANDLE, 1).str.to_lowercase()
    return pl.when(author != _NO_HANDLE).then(author)


def _silent(columns: tuple[str, ...], value: pl.Expr) -> Parsed:
    """Take what another column answers for."""
    return Parsed(columns, value, pl.lit(value=False), "")
