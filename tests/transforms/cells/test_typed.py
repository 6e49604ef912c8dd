"""What reads as it stands gives what reading in full gives, for every column of every export."""

import re
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from transforms.cells import parse
from transforms.cells.typed import TypedColumn, typed, typed_column
from transforms.exports import EXPORTS
from transforms.exports.meta.content import post_id

SHORTCUTS = {
    f"{export.name} {name}": typed_column(name, export.schema[name], parsed)
    for export in EXPORTS.values()
    for name, parsed in export.columns.items()
    if parsed.plain is not None
}
KINDS = {
    re.sub(r'(?:col|alias)\("[^"]*"\)', "", str(column.plain)): where
    for where, column in SHORTCUTS.items()
}
"""Shape of a shortcut, whatever its columns are called, to one place where it stands."""

WRITTEN = (
    "12", " 12 ", "-3", "\u22123", "1,234", "1.234", "12,34", "1938.0", "1 234", "0.5", "1e5",
    "nan", "inf", "+7", "6.27%", "4,85", "--", "-", "", "undefined", "N/A", "0:05:16", "316",
    "1:02:03", "24:00:00", "Aug 19, 2011", "Jan 1, 1901", "2026-05-26", "05/26/2026 10:23",
    "03/09/2025 02:30", "11/02/2025 01:30", "7301234567890123456", "1.78E+16", "@Handle.Name",
    '="17841400000000000"', "handle.name", "a b", "#NAME?", " -dQw4w9WgXcQ", "dQw4w9WgXcQ",
    "true", "Yes", "0.0", "https://www.tiktok.com/@a/video/7301234567890123456",
    "99999999999999999999",
)  # fmt: skip
IN_UTC = pl.Datetime("us", "UTC")
TOLD = "An error occurred while computing metadata for content with ID 933528094972880."
CELLS = st.one_of(st.none(), st.sampled_from(WRITTEN), st.text("0123456789.,-+ %eE:", max_size=9))


def shortcut_and_in_full(column: TypedColumn, cells: list[str | None]) -> tuple[pl.DataFrame, ...]:
    cells_of = {
        source: [*cells[place:], *cells[:place]]
        for place, source in enumerate(sorted(column.columns))
    }
    text = pl.DataFrame(cells_of, schema=dict.fromkeys(cells_of, pl.String)).with_columns(
        row_number=pl.int_range(1, pl.len() + 1)
    )
    return typed(text, [column]), typed(text, [replace(column, plain=None)])


def test_many_columns_have_a_shortcut_of_some_kinds():
    assert len(SHORTCUTS) > 100
    assert len(KINDS) > 10


@pytest.mark.parametrize("where", sorted(KINDS.values()))
@settings(max_examples=25)
@given(cells=st.lists(CELLS, min_size=1, max_size=6))
def test_the_shortcut_changes_no_value(where, cells):
    assert_frame_equal(*shortcut_and_in_full(SHORTCUTS[where], cells))


@pytest.mark.parametrize("where", sorted(KINDS.values()))
def test_every_way_to_write_a_cell_reads_the_same(where):
    for cell in WRITTEN:
        assert_frame_equal(*shortcut_and_in_full(SHORTCUTS[where], [cell, None]))


def test_one_cell_that_does_not_read_as_it_stands_is_read_in_full():
    column = typed_column("views", pl.Int64(), parse.count("views"))
    text = pl.DataFrame({"row_number": [1, 2, 3], "views": ["12", "1,234", "undefined"]})

    assert typed(text, [column]).to_dict(as_series=False) == {
        "row_number": [1, 2, 3],
        "views": [12, 1234, None],
    }


@pytest.mark.parametrize("rows", [5, 3_000])
def test_records_that_do_not_read_as_they_stand_keep_their_places(rows):
    columns = [
        typed_column("views", pl.Int64(), parse.count("views")),
        typed_column("published", IN_UTC, parse.moment("at", "%m/%d/%Y %H:%M", "Europe/Berlin")),
    ]
    cells = ["1", "1,234", "x", None, "5"]
    times = ["01/02/2026 10:00", "01/02/2026 11:00", "03/29/2026 02:30", "x", None]
    text = pl.DataFrame({"views": cells * (rows // 5), "at": times * (rows // 5)})

    read = typed(text.with_row_index("row_number"), columns)

    assert read.get_column("views").to_list() == [1, 1234, None, None, 5] * (rows // 5)
    hours = read.get_column("published").dt.to_string("%d %H:%M").to_list()
    assert hours == ["02 09:00", "02 10:00", "29 01:30", None, None] * (rows // 5)


@pytest.mark.parametrize(
    ("ids", "comments", "expected"),
    [
        (["1", None], [None, TOLD], ["1", "933528094972880"]),
        ([None, None], [TOLD, None], ["933528094972880", None]),
        ([" 1 ", "2"], [None, None], ["1", "2"]),
        ([None, "2"], [None, None], [None, "2"]),
    ],
)
def test_a_column_told_by_a_second_one_is_read_from_both(ids, comments, expected):
    column = typed_column("post_id", pl.String(), post_id())
    text = pl.DataFrame(
        {"row_number": [1, 2], "post_id": ids, "data_comment": comments},
        schema_overrides={"post_id": pl.String, "data_comment": pl.String},
    )
    assert typed(text, [column]).get_column("post_id").to_list() == expected


def test_another_value_has_no_shortcut_and_a_mapped_one_keeps_it():
    count = parse.count("views")

    assert count.with_value(pl.col("views")).plain is None
    assert pl.select(views=pl.lit("2")).select(
        count.mapped(lambda value: value * 10).plain
    ).item() == 20  # fmt: skip


@pytest.mark.parametrize("rows", [3, 3_000])
def test_a_column_that_repeats_is_read_as_any_other(rows):
    parsed = parse.one_of("kind", {"reel": "reel", "photo": "image"}, "a kind")
    in_full = typed_column("format", pl.String(), replace(parsed, plain=None))
    cells = [("Reel", " photo ", None, "", "--", "other")[row % 6] for row in range(rows)]
    text = pl.DataFrame({"row_number": range(rows), "kind": cells})
    repeating = replace(in_full, repeats=True)
    assert_frame_equal(typed(text, [repeating]), typed(text, [in_full]))
