"""LinkedIn page, content export, sheet All posts: one record per post, or several of one post.

A boosted post has the same link in a record `Organic`, one `Sponsored` per campaign, and their
`Total`: the Total is stored, else the organic record, so that nothing counts twice. What was only
ever sponsored is an advertisement and no post of the page's. `Posted by` names an employee and is
not read. A video's views stand in `Views`, blank for every other post.
"""

import polars as pl

from transforms.cells import parse
from transforms.cells.not_data import label
from transforms.cells.parse import Parsed
from transforms.export import CrossCheck, Export, NotData
from transforms.exports.linkedin import conventions as linkedin
from transforms.vocabulary import read_vocabulary

NAMES = read_vocabulary(__name__)

_ORGANIC = "_organic_impressions"

POST_TYPES = ("total", "organic", "sponsored")
FORMATS = ("carousel", "image", "link", "live", "video", "text")

COUNTERS = {
    "impressions": parse.count("impressions"),
    "views": parse.count("views"),
    "clicks": parse.count("clicks"),
    "likes": parse.count("likes"),
    "comments": parse.count("comments"),
    "shares": parse.count("reposts"),
    "follows": parse.count("follows"),
}


def _is(post_type: str) -> pl.Expr:
    return label("post_type").is_in(NAMES.words(post_type)).fill_null(value=False)


def _beside(post_type: str) -> pl.Expr:
    """Tell whether a record of that type has the same link."""
    return _is(post_type).any().over("post_link")


def _known_type() -> Parsed:
    cell = label("post_type")
    known = [word for post_type in POST_TYPES for word in NAMES.words(post_type)]
    wrong = cell.is_not_null() & ~cell.is_in(known)
    rule = f"a known word for one of {', '.join(POST_TYPES)}"
    return Parsed(("post_type",), pl.lit(None, pl.String), wrong, rule)


def _format() -> Parsed:
    cell = label("content_type")
    value: pl.Expr = pl.when(cell.str.contains(r"\S")).then(pl.lit("other"))
    for kind in reversed(FORMATS):
        value = pl.when(cell.is_in(NAMES.words(kind))).then(pl.lit(kind)).otherwise(value)
    return Parsed(("content_type",), value, pl.lit(value=False), "a content type")


def _with_parts(text: pl.DataFrame) -> pl.DataFrame:
    """Add what the organic and sponsored records of a boosted post sum to.

    A Total of follows leaves organic ones out where LinkedIn does not report them, and is blanked.
    """
    is_told = _is("organic") & ~parse.is_not_reported("follows")
    follows = pl.when(~_is("total") | is_told.any().over("post_link")).then("follows")
    return text.with_columns(
        *(
            _summed(("organic", "sponsored"), metric).alias(_parts_of(metric))
            for metric in COUNTERS
        ),
        _summed(("organic",), "impressions").alias(_ORGANIC),
        follows.alias("follows"),
    )


def _summed(post_types: tuple[str, ...], metric: str) -> pl.Expr:
    figures = COUNTERS[metric].value.filter(pl.any_horizontal(map(_is, post_types)))
    is_told = _beside("total") & (figures.count() > 0).over("post_link")
    return pl.when(is_told).then(figures.sum().over("post_link"))


def _parts_of(metric: str) -> str:
    return f"_parts_of_{metric}"


def _sum_of_parts(metric: str) -> CrossCheck:
    return CrossCheck(
        name="organic + sponsored = total",
        metric=metric,
        said=COUNTERS[metric].value,
        found=pl.col(_parts_of(metric)),
    )


def _remarks(data: pl.DataFrame) -> tuple[str, ...]:
    boosted = data.filter(_is("total"))
    if boosted.is_empty():
        return ()
    organic, both = boosted.select(pl.col(_ORGANIC), pl.col(_parts_of("impressions"))).sum().row(0)
    return (
        f"{boosted.height} of {data.height} posts were boosted: their totals are stored, of which "
        f"{organic} impressions are organic and {both - organic} sponsored",
    )


EXPORT = Export(
    name="linkedin_page_posts",
    platform="linkedin",
    title="LinkedIn page content, All posts",
    vocabulary=NAMES,
    tables=("post", "post_lifetime"),
    columns={
        **linkedin.post_columns("post_link"),
        "caption": parse.text("post_title"),
        "format": _format(),
        **COUNTERS,
    },
    key="post_link",
    also_required=frozenset({"post_title"}),
    optional=frozenset(column for parsed in COUNTERS.values() for column in parsed.columns)
    | {"post_type", "content_type"},
    one_of=frozenset({"impressions"}),
    not_data=(
        NotData(reason="part of a Total", rows=~_is("total") & _beside("total")),
        NotData(reason="sponsored", rows=_is("sponsored")),
    ),
    catalogue="complete",
    checks=(_known_type(),),
    cross_checks=tuple(map(_sum_of_parts, COUNTERS)),
    repair=_with_parts,
    remarks=_remarks,
    days_inside=linkedin.moment_from_id("post_link").value.dt.date(),
    source="A real export of 2025, read 2026-11-23; Spanish names from a public program, content "
    "types from LinkedIn's page, not seen in a file",
    where="LinkedIn page, as admin > Analytics > Content > Export; keep the file's name",
)
