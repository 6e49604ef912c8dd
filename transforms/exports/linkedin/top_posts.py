"""LinkedIn member, analytics export, sheet TOP POSTS: the best posts of the period.

Two rankings of at most 50 posts stand side by side, by engagements and by impressions, parted by a
blank column; a post of one of them need not be in the other. The figures are those of the period,
which the file's name or the days beside them tell. Some readers see a number, such as 481, in every
blank cell of the rankings: it is an index that points to no text.
"""

import polars as pl

from transforms.cells import parse
from transforms.export import Export
from transforms.exports.linkedin import conventions as linkedin
from transforms.layout import Layout, LayoutError
from transforms.reading.table import TextTable
from transforms.vocabulary import Vocabulary, read_vocabulary

FIGURES = ("engagements", "impressions")


def _lay_out(table: TextTable, about: str, names: Vocabulary) -> Layout:
    """Give one record per post, with its figure in each ranking that has it."""
    rankings = _rankings(table, names)
    if not rankings:
        raise LayoutError(
            f"under {table.title or table.tab!r} a link and a figure are expected, not "
            f"{list(table.header)}: download the file again"
        )
    rows = _without_stand_ins(table, names)
    listed = [
        rows.select(
            pl.col(str(link)).alias("0"),
            *(_figure(own, figure, place) for own in FIGURES),
            "row_number",
            "surplus",
        )
        for link, figure, place in rankings
    ]
    spelled = (names.spell(column, "en") for column in FIGURES)
    laid = TextTable(
        (table.header[rankings[0][0]], *spelled),
        _joined(pl.concat(listed)),
        table.sheet,
        table.encoding,
        table.delimiter,
        tuple(note for note in table.notes if not note.startswith("header ")),
    )
    return Layout(laid, ("post_link", *FIGURES))


def _rankings(table: TextTable, names: Vocabulary) -> list[tuple[int, str, int]]:
    """Find the place of each ranking's link, and its figure with its place."""
    found = []
    link: int | None = None
    for place, name in enumerate(table.header):
        match = names.match(name)
        if match and match.column == "post_link":
            link = place
        elif match and match.column in FIGURES and link is not None:
            found.append((link, match.column, place))
    return found


def _without_stand_ins(table: TextTable, names: Vocabulary) -> pl.DataFrame:
    """Blank the cells that repeat the number in the header of a column without a name."""
    numbers = {name for name in table.header if name.strip().isdigit() and not names.match(name)}
    cells = pl.exclude("row_number", "surplus")
    return table.rows.with_columns(pl.when(~cells.is_in(list(numbers))).then(cells).name.keep())


def _figure(own: str, figure: str, place: int) -> pl.Expr:
    cell = pl.col(str(place)) if own == figure else pl.lit(None, pl.String)
    return cell.alias(str(1 + FIGURES.index(own)))


def _joined(listed: pl.DataFrame) -> pl.DataFrame:
    """Join the rankings on the post's id; a link without one stands for itself."""
    told = listed.filter(pl.any_horizontal(pl.col("0", "1", "2").is_not_null()))
    post = pl.coalesce(pl.col("0").str.extract(linkedin.POST_URN, 1), "0")
    apart = pl.when(post.is_null()).then(pl.int_range(pl.len()))
    first = pl.col("0", "1", "2", "row_number", "surplus").drop_nulls().first()
    return (
        told.group_by(post.alias("post"), apart.alias("apart"), maintain_order=True)
        .agg(first)
        .drop("post", "apart")
        .with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).alias("row_number"))
    )


EXPORT = Export(
    name="linkedin_top_posts",
    platform="linkedin",
    title="LinkedIn member analytics, TOP POSTS",
    vocabulary=read_vocabulary(__name__),
    tables=("post", "post_period"),
    columns={
        **linkedin.post_columns("post_link"),
        "impressions": parse.count("impressions"),
        "reactions_comments_shares": parse.count("engagements"),
    },
    key="post_link",
    titles=frozenset({"top_posts"}),
    is_sheet=True,
    layout=_lay_out,
    optional=frozenset(FIGURES),
    catalogue="top",
    period="figures",
    days_inside=linkedin.moment_from_id("post_link").value.dt.date(),
    source=linkedin.MEMBER_SOURCE + "; LinkedIn Help, 'Post analytics for your content' "
    "(linkedin.com/help/linkedin/answer/a516971), for what engagements are, read that day",
    where=linkedin.MEMBER_EXPORT,
)
