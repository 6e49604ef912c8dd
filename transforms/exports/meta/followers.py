"""Meta Business Suite, Insights audience: how many followers there are, on the day of export.

The one figure of its table; `IG_ACCOUNT,FOLLOW,UNIQUE_USERS` stands above it (files of 2024).
The file says no day: it is the day of observation.
"""

from transforms.cells import parse
from transforms.export import Export
from transforms.layout import Layout, LayoutError
from transforms.reading.table import TextTable
from transforms.vocabulary import Vocabulary, read_vocabulary


def _lay_out(table: TextTable, about: str, _: Vocabulary) -> Layout:
    if len(table.header) > 1 or table.rows.height > 1:
        raise LayoutError(
            f"under {table.title!r} one figure is expected, not {len(table.header)} columns and "
            f"{table.rows.height} records: download the file again"
        )
    return Layout(table, (about,) if table.header else ())


def _export(platform: str, network: str) -> Export:
    return Export(
        name=f"{platform}_followers",
        platform=platform,
        title=f"Meta Business Suite audience, {network} followers",
        vocabulary=read_vocabulary(f"{__package__}.{platform}_insights"),
        tables=("account_day",),
        columns={"followers": parse.count("followers")},
        key="followers",
        titles=frozenset({"followers"}),
        layout=_lay_out,
        source="Real export of 2024, read 2026-11-23; public importers of such files",
        where=f"Meta Business Suite > Insights > Audience, {network} > Export, CSV",
    )


EXPORTS = (_export("facebook", "Facebook"), _export("instagram", "Instagram"))
