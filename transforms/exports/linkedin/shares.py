"""LinkedIn member, data download: `Shares.csv`, what a member posted, without a figure.

It is the only file that has the whole text of a member's posts. Every line break of a text stands
between two quotes, which are taken away. A post to a group has the group's id before its own.
"""

import polars as pl

from transforms.cells import parse
from transforms.cells.parse import Parsed
from transforms.export import Export
from transforms.exports.linkedin import conventions as linkedin
from transforms.vocabulary import read_vocabulary

_QUOTED_BREAK = '"\n"'


def _caption() -> Parsed:
    """Read the text, its line breaks freed where all of them stand between quotes."""

    def freed(text: pl.Expr) -> pl.Expr:
        all_breaks = text.str.count_matches("\n", literal=True)
        quoted = text.str.count_matches(_QUOTED_BREAK, literal=True)
        plain = text.str.replace_all(_QUOTED_BREAK, "\n", literal=True)
        return pl.when(all_breaks == quoted).then(plain).otherwise(text)

    return parse.text("commentary").mapped(freed)


EXPORT = Export(
    name="linkedin_shares",
    platform="linkedin",
    title="LinkedIn member, data download, Shares",
    vocabulary=read_vocabulary(__name__),
    tables=("post",),
    columns={**linkedin.post_columns("share_link"), "caption": _caption()},
    key="share_link",
    key_like=linkedin.POST_URN,
    also_required=frozenset({"date", "visibility"}),
    optional=frozenset({"shared_url", "media_url"}),
    catalogue="top",
    days_inside=linkedin.moment_from_id("share_link").value.dt.date(),
    source="A real file of 2026, read 2026-11-23, in which the day and second of the posts looked "
    "at are those of their ids, UTC",
    where="LinkedIn > Settings > Data privacy > Get a copy of your data > Download; Shares.csv",
)
