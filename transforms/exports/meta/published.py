"""Meta Business Suite, Insights: lists that are known and fill no table.

How many posts of each format were published; which other Pages the followers of a Page follow.
"""

from transforms.export import Export
from transforms.layout import Layout, LayoutError
from transforms.reading.table import TextTable
from transforms.vocabulary import Vocabulary, read_vocabulary


def _lay_out(table: TextTable, about: str, _: Vocabulary) -> Layout:
    if not table.header:
        raise LayoutError(f"nothing stands under {table.title!r}")
    return Layout(table, (about, *(f"name_{i}" for i in range(2, len(table.header) + 1))))


def _published(platform: str, network: str) -> Export:
    return Export(
        name=f"{platform}_published",
        platform=platform,
        title=f"Meta Business Suite, {network} content published, by format",
        vocabulary=read_vocabulary(f"{__package__}.{platform}_insights"),
        tables=(),
        columns={},
        kept="posts published, by format, {key} the first: known, and no table is filled from it",
        key="published_content",
        titles=frozenset({"published_content"}),
        layout=_lay_out,
        source="Real exports of 2024 and 2025, read 2026-11-23; public importers of such files",
        where=f"Meta Business Suite > Insights > Content, {network} > Export, CSV",
    )


_TOP_PAGES = Export(
    name="facebook_top_pages",
    platform="facebook",
    title="Meta Business Suite audience, Pages that followers follow too",
    vocabulary=read_vocabulary(f"{__package__}.facebook_insights"),
    tables=(),
    columns={},
    kept="other Pages that the followers follow, {key} the first: known, and no table is filled "
    "from it",
    key="top_pages",
    titles=frozenset({"top_pages"}),
    layout=_lay_out,
    source="Real export of 2025, read 2026-11-23",
    where="Meta Business Suite > Insights > Audience, Facebook > Export, CSV",
)

EXPORTS = (_published("facebook", "Facebook"), _published("instagram", "Instagram"), _TOP_PAGES)
