"""LinkedIn page, content export, sheet All posts: one record per post, or several of one post.

A boosted post has the same link in a record `Organic`, one `Sponsored` per campaign, and their
`Total`: the Total is stored, else the organic record, so that nothing counts twice. What was only
ever sponsored is an advertisement and no post of the page's. `Posted by` names an employee and is
not read. A video's views stand in `Views`, blank for every other post.
"""

from dataclasses import dataclass

import polars as pl

from transforms.cells import parse
from transforms.cells.not_data import label
from transforms.cells.parse import Parsed
from transforms.export import CrossCheck, Export, NotData
from transforms.exports.linkedin import conventions as linkedin
from transforms.vocabulary import Vocabulary, read_vocabulary

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


@dataclass(frozen=True)
class _Kinds:
    """What the records of a post are, told by words in them.

    Attributes
    ----------
    names
        Holds the words of types and formats.
    """

    names: Vocabulary

    def are(self, post_type: str) -> pl.Expr:
        return label("post_type").is_in(self.names.words(post_type)).fill_null(value=False)

    def beside(self, post_type: str) -> pl.Expr:
        """Tell whether a record of that type has the same link."""
        return self.are(post_type).any().over("post_link")

    def known_type(self) -> Parsed:
        cell = label("post_type")
        known = [word for post_type in POST_TYPES for word in self.names.words(post_type)]
        wrong = cell.is_not_null() & ~cell.is_in(known)
        rule = f"a known word for one of {', '.join(POST_TYPES)}"
        return Parsed(("post_type",), pl.lit(None, pl.String), wrong, rule)

    def format(self) -> Parsed:
        cell = label("content_type")
        value: pl.Expr = pl.when(cell.str.contains(r"\S")).then(pl.lit("other"))
        for kind in reversed(FORMATS):
            words = self.names.words(kind)
            value = pl.when(cell.is_in(words)).then(pl.lit(kind)).otherwise(value)
        return Parsed(("content_type",), value, pl.lit(value=False), "a content type")

    def with_parts(self, text: pl.DataFrame) -> pl.DataFrame:
        """Add what the organic and sponsored records of a boosted post sum to.

        A Total of follows leaves organic ones out where LinkedIn does not report them, and is
        blanked.
        """
        is_told = self.are("organic") & ~parse.is_not_reported("follows")
        follows = pl.when(~self.are("total") | is_told.any().over("post_link")).then("follows")
        return text.with_columns(
            *(
                self._summed(("organic", "sponsored"), metric).alias(_parts_of(metric))
                for metric in COUNTERS
            ),
            self._summed(("organic",), "impressions").alias(_ORGANIC),
            follows.alias("follows"),
        )

    def _summed(self, post_types: tuple[str, ...], metric: str) -> pl.Expr:
        figures = COUNTERS[metric].value.filter(pl.any_horizontal(map(self.are, post_types)))
        is_told = self.beside("total") & (figures.count() > 0).over("post_link")
        return pl.when(is_told).then(figures.sum().over("post_link"))

    def remarks(self, data: pl.DataFrame) -> tuple[str, ...]:
        boosted = data.filter(self.are("total"))
        if boosted.is_empty():
            return ()
        parts = pl.col(_ORGANIC), pl.col(_parts_of("impressions"))
        organic, both = boosted.select(parts).sum().row(0)
        return (
            f"{boosted.height} of {data.height} posts were boosted: their totals are stored, of "
            f"which {organic} impressions are organic and {both - organic} sponsored",
        )


def _parts_of(metric: str) -> str:
    return f"_parts_of_{metric}"


def _sum_of_parts(metric: str) -> CrossCheck:
    return CrossCheck(
        name="organic + sponsored = total",
        metric=metric,
        said=COUNTERS[metric].value,
        found=pl.col(_parts_of(metric)),
    )


def declared(names: Vocabulary) -> Export:
    """Declare the export with these names."""
    kinds = _Kinds(names)
    return Export(
        name="linkedin_page_posts",
        platform="linkedin",
        title="LinkedIn page content, All posts",
        vocabulary=names,
        declared=declared,
        tables=("post", "post_lifetime"),
        columns={
            **linkedin.post_columns("post_link"),
            "caption": parse.text("post_title"),
            "format": kinds.format(),
            **COUNTERS,
        },
        key="post_link",
        also_required=frozenset({"post_title"}),
        optional=frozenset(column for parsed in COUNTERS.values() for column in parsed.columns)
        | {"post_type", "content_type"},
        one_of=frozenset({"impressions"}),
        not_data=(
            NotData(reason="part of a Total", rows=~kinds.are("total") & kinds.beside("total")),
            NotData(reason="sponsored", rows=kinds.are("sponsored")),
        ),
        catalogue="complete",
        checks=(kinds.known_type(),),
        cross_checks=tuple(map(_sum_of_parts, COUNTERS)),
        repair=kinds.with_parts,
        remarks=kinds.remarks,
        days_inside=linkedin.moment_from_id("post_link").value.dt.date(),
        source="A real export of 2025, read 2026-11-23; Spanish names from a public program, "
        "content types from LinkedIn's page, not seen in a file",
        where="LinkedIn page, as admin > Analytics > Content > Export; keep the file's name",
    )


EXPORT = declared(NAMES)
