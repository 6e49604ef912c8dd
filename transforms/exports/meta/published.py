"""Meta Business Suite, Insights: how many posts of each format were published. Fills no table."""

from transforms.export import Export
from transforms.layout import Layout, LayoutError
from transforms.reading.table import TextTable
from transforms.vocabulary import Vocabulary, read_vocabulary


def _lay_out(table: TextTable, about: str, _: Vocabulary) -> Layout:
    if not table.header:
        raise LayoutError(f"nothing stands under {table.title!r}")
    return Layout(table, (about, *(f"format_{i}" for i in range(2, len(table.header) + 1))))


def _export(platform: str, network: str) -> Export:
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
        source="Real export of 2024, read 2026-11-23; public importers of such files",
        where=f"Meta Business Suite > Insights > Content, {network} > Export, CSV",
    )


EXPORTS = (_export("facebook", "Facebook"), _export("instagram", "Instagram"))
