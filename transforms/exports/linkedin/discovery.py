"""LinkedIn member, analytics export, sheet DISCOVERY: impressions and people reached over a period.

Impressions are the sum of those of the days; people reached are told of the whole period alone. The
period stands in the header, in the order of the member's language, and in the file's name, which is
read, else that of the days beside it.
"""

import polars as pl

from transforms.cells import parse
from transforms.cells.not_data import label
from transforms.export import Export
from transforms.exports.linkedin.conventions import MEMBER_EXPORT, MEMBER_SOURCE
from transforms.layout import Layout, LayoutError
from transforms.reading.table import TextTable
from transforms.vocabulary import Vocabulary, read_vocabulary

FIGURES = ("impressions", "members_reached")


def _lay_out(table: TextTable, about: str, names: Vocabulary) -> Layout:
    """Give one record with all figures."""
    if len(table.header) < 2:
        raise LayoutError(f"under {table.tab!r} names and figures are expected: download it again")
    told = {name: table.rows.filter(label("0").is_in(names.words(name))) for name in FIGURES}
    if all(rows.is_empty() for rows in told.values()):
        listed = ", ".join(repr(cell) for cell in table.rows["0"].drop_nulls().head(3))
        raise LayoutError(
            f"under {table.tab!r} none of {listed} is known: add them to [labels] of "
            "linkedin_discovery.toml"
        )
    cells = {str(place): [_only(rows)] for place, rows in enumerate(told.values(), start=1)}
    rows = pl.DataFrame(
        {"0": [table.header[1]], **cells, "row_number": [1], "surplus": [None]},
        schema={
            **dict.fromkeys(("0", *cells), pl.String),
            "row_number": pl.UInt32,
            "surplus": pl.String,
        },
    )
    header = (table.header[0], *(names.labels[name][0].spelled for name in FIGURES))
    laid = TextTable(header, rows, table.sheet, table.encoding, table.delimiter, table.notes)
    return Layout(laid, (about, *FIGURES))


def _only(rows: pl.DataFrame) -> str | None:
    cells = rows.get_column("1").to_list()
    if len(cells) > 1:
        raise LayoutError(f"{rows['0'][0]!r} stands {len(cells)} times: one of them must go")
    return cells[0] if cells else None


EXPORT = Export(
    name="linkedin_discovery",
    platform="linkedin",
    title="LinkedIn member analytics, DISCOVERY, of the period",
    vocabulary=read_vocabulary(__name__),
    tables=("account_period",),
    columns={
        "impressions": parse.count("impressions"),
        "reach": parse.count("members_reached"),
    },
    key="discovery",
    optional=frozenset(FIGURES),
    titles=frozenset({"discovery"}),
    is_sheet=True,
    layout=_lay_out,
    period="figures",
    source=MEMBER_SOURCE,
    where=MEMBER_EXPORT,
)
