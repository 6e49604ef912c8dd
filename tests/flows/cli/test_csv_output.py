import csv
import io

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.cli.csv_output import csv_text


def cells(frame: pl.DataFrame, **options) -> list[list[str]]:
    return list(csv.reader(io.StringIO(csv_text(frame, **options), newline="")))


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1"]
)
def test_text_that_begins_a_formula_gets_an_apostrophe_unless_raw_is_asked(text):
    frame = pl.DataFrame({"caption": [text], "views": [-3]})
    assert cells(frame) == [["caption", "views"], ["'" + text, "-3"]]
    assert cells(frame, raw=True) == [["caption", "views"], [text, "-3"]]


def test_numbers_days_nulls_and_other_text_stay_as_they_are():
    frame = pl.DataFrame({"n": [-1.5], "null": pl.Series([None], dtype=pl.String), "t": ["a=b"]})
    assert cells(frame) == [["n", "null", "t"], ["-1.5", "", "a=b"]]


def test_the_name_of_a_column_is_no_formula_either():
    assert cells(pl.DataFrame({"=1": [1]})) == [["'=1"], ["1"]]


def test_words_of_an_enum_are_text():
    frame = pl.DataFrame({"e": pl.Series(["=a"], dtype=pl.Enum(["=a"]))})
    assert cells(frame) == [["e"], ["'=a"]]


def test_lists_and_records_are_written_as_json_and_bytes_as_hex():
    frame = pl.DataFrame({"l": [["=a", None]], "s": [{"x": -1}], "b": [b"="]})
    assert cells(frame) == [["l", "s", "b"], ['["=a", null]', '{"x": -1}', "3d"]]


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=6), min_size=1))
def test_whatever_the_text_no_cell_begins_a_formula_and_raw_says_it_exactly(texts):
    frame = pl.DataFrame({"a": texts, "n": range(len(texts))})
    guarded = [row[0] for row in cells(frame)[1:]]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in guarded)
    assert [row[0] for row in cells(frame, raw=True)[1:]] == texts
