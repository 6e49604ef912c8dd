import json

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.reading.errors import ReadingError
from transforms.reading.tables import Limits, TextTable, read_tables, records


def insights(root: str = "organic_insights_reach", *entries: dict[str, str]) -> bytes:
    maps = [
        {"title": "", "media_map_data": {}, "string_map_data": {
            label: {"href": "", "value": value, "timestamp": 0} for label, value in entry.items()
        }}
        for entry in entries
    ]  # fmt: skip
    return json.dumps({root: maps}, indent=2).encode()


def read(content: bytes, limits: Limits | None = None) -> TextTable:
    (table,) = read_tables(content, "anything.csv", limits or Limits())
    return table


def as_single_bytes(text: str) -> str:
    return text.encode().decode("latin-1")


def test_a_root_is_a_table_of_that_title_whatever_the_file_is_called():
    table = read(insights("organic_insights_reach", {"Date range": "Feb 6 - May 6", "Reach": "1"}))
    assert (table.title, table.sheet) == ("organic_insights_reach", "organic_insights_reach")
    assert table.header == ("Date range", "Reach")
    assert table.rows.rows() == [("Feb 6 - May 6", "1", 1, None)]


def test_every_entry_is_a_record_and_a_missing_label_is_null():
    table = read(insights("organic_insights_posts", {"Likes": "1"}, {"Saves": "2", "Likes": ""}))
    assert table.header == ("Likes", "Saves")
    assert table.rows.drop("surplus").rows() == [("1", None, 1), (None, "2", 2)]


def test_a_label_that_has_only_a_time_gives_its_second():
    content = b"""{"organic_insights_posts": [{"string_map_data": {
        "Creation Timestamp": {"href": "", "value": "", "timestamp": 1651000000},
        "Comments": {"href": "", "value": "", "timestamp": 0}}}]}"""
    assert read(content).rows.rows() == [("1651000000", None, 1, None)]


def test_escaped_bytes_are_put_right_in_labels_and_values():
    table = read(insights("r", {as_single_bytes("Période"): as_single_bytes("São Paulo 😫")}))
    assert table.header == ("Période",)
    assert table.rows["0"].to_list() == ["São Paulo 😫"]
    assert table.notes == ("text was UTF-8 written as single bytes: put right",)


@pytest.mark.parametrize("clean", ["Période", "Łódź", "東京", "naïve \u00c3", "Ünïted"])
def test_clean_text_stays(clean):
    table = read(insights("r", {clean: clean}))
    assert (table.header, table.rows["0"].to_list(), table.notes) == ((clean,), [clean], ())


@given(st.text(min_size=1))
def test_a_value_is_read_as_it_was_before_its_bytes_were_escaped(text):
    try:
        written = as_single_bytes(text)
    except UnicodeEncodeError:
        written = text
    (cell,) = read(insights("r", {"a": written})).rows["0"].to_list()
    assert isinstance(cell, str)
    if written != text:
        assert cell == text


def test_a_label_that_stands_twice_is_two_columns():
    content = b'{"r": [{"string_map_data": {"a": {"value": "1"}, "a": {"value": "2"}}}]}'
    table = read(content)
    assert (table.header, table.rows.row(0)[:2]) == (("a", "a"), ("1", "2"))
    assert table.notes == ("header 'a' stands twice",)


def test_a_root_without_entries_has_no_header():
    table = read(b'{"organic_insights_live": []}')
    assert (table.header, table.rows.height) == ((), 0)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"r": [\n  {"string_map_data": {"a": }}]}', "in line 2, character 29"),
        (b'{"r": [{"string_map_data": {"a": {"value": "1"', "in line 1, character"),
        (b'{"r": NaN}', "NaN is no number"),
        (b'{"r": "\xff"}', "byte 8 is no utf-8"),
        (b"[" * 100_000, "nested more deeply"),
        (b'{"a":' * 100_000, "nested more deeply"),
        (b'[{"string_map_data": {}}]', "whose outermost value is a list"),
        (b'{"relationships_following": [{"title": "bo"}]}', "of 'relationships_following'"),
        (b'{"r": {"string_map_data": {}}}', "of 'r', without a table of figures"),
        (b"{}", "of an empty object"),
    ],
)
def test_other_json_is_refused_with_the_reason(content, reason):
    with pytest.raises(ReadingError, match=reason):
        read(content)


@pytest.mark.parametrize(
    "limits",
    [Limits(max_json_bytes=50), Limits(max_columns=1), Limits(max_json_cells=3),
     Limits(max_record_bytes=3)],
)  # fmt: skip
def test_json_beyond_the_limits_is_refused(limits):
    with pytest.raises(ReadingError, match="more than"):
        read(insights("r", {"a": "1234", "b": "1"}, {"a": "1", "b": "1"}), limits)


def test_more_roots_than_any_export_has_are_refused():
    many = {f"r{i}": [] for i in range(4)}
    with pytest.raises(ReadingError, match="4 tables, more than 3"):
        read_tables(json.dumps(many).encode(), "f", Limits(max_sheets=3))


def test_half_a_character_is_replaced():
    content = b'{"r": [{"string_map_data": {"a": {"value": "x\\ud83d"}}}]}'
    assert read(content).rows["0"].to_list() == ["x?"]


def test_the_first_records_are_shown():
    content = insights("r", {"a": "1"}, {"b": "2"})
    (preview,) = records(content, "f", count=2)
    assert (preview.sheet, preview.records) == ("r", [("a", "b"), ("1", "")])


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["string_map_data", "value", "timestamp", "a"]), inner,
                      max_size=3),
    max_leaves=20,
))  # fmt: skip
def test_any_json_gives_tables_or_our_error(value):
    try:
        tables = read_tables(json.dumps({"r": value}).encode(), "f")
    except ReadingError:
        return
    assert all(isinstance(table.rows, pl.DataFrame) for table in tables)


def test_a_root_that_stands_twice_is_refused():
    entry = '{"string_map_data": {"Likes": {"value": "%s"}}}'
    content = f'{{"posts": [{entry % 1}], "posts": [{entry % 2}]}}'.encode()
    with pytest.raises(ReadingError, match="'posts' stands twice"):
        read(content)
