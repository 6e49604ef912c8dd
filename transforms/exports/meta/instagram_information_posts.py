"""Instagram, Download your information: insights of posts, reels, stories and live videos.

They name a post by its caption, its thumbnail and the second of upload, and by no id or link:
nothing keys their figures to the post that other exports list. They fill no table.
"""

from transforms.export import Export
from transforms.exports.meta import information
from transforms.layout import Layout, LayoutError
from transforms.reading.table import TextTable
from transforms.vocabulary import Vocabulary


def _lay_out(table: TextTable, about: str, _: Vocabulary) -> Layout:
    if not table.header:
        raise LayoutError(f"{table.title!r} holds no entry")
    return Layout(table, (about, *(f"label_{i}" for i in range(2, len(table.header) + 1))))


EXPORT = Export(
    name="instagram_information_posts",
    platform="instagram",
    title="Instagram, Download your information, insights of posts",
    vocabulary=information.NAMES,
    tables=(),
    columns={},
    kept="insights of posts without an id or a link, which nothing can key: the content export "
    "of Meta Business Suite has the same posts with their ids",
    key="posts",
    titles=frozenset({"posts"}),
    layout=_lay_out,
    source="Public programs that read such files, read 2026-11-23: no file was seen",
    where=information.WHERE,
)
