import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.reading.damaged import Dialect, first_records, mend
from transforms.reading.quoting import is_regular
from transforms.reading.tables import read_tables

noise = st.text('",\n ab', max_size=40)


def read(content: str) -> list[tuple]:
    return read_tables(content.encode(), "f")[0].rows.rows()


@pytest.mark.parametrize(
    ("record", "cells"),
    [
        ('1"x,2', ('1"x', "2")),
        ('"he said "hi" ok",2', ('he said "hi" ok', "2")),
        ('"say "hi"",2', ('say "hi"', "2")),
        ('"one "two"\nthree",2', ('one "two"\nthree', "2")),
    ],
)
def test_a_record_with_one_reading_is_read_and_noted(record, cells):
    content = f"a,b\n{record}\n3,4\n"
    assert read(content) == [(*cells, 2, None), ("3", "4", 3, None)]
    table = read_tables(content.encode(), "f")[0]
    assert table.notes == ("1 record(s) with damaged quotes were read",)


def test_where_every_cell_is_quoted_commas_and_quotes_within_need_no_escape():
    content = '"a","b"\n"he said "hi", twice","2"\n"3","4"'
    assert read(content) == [('he said "hi", twice', "2", 2, None), ("3", "4", 3, None)]


def test_a_record_with_no_reading_goes_beyond_the_header():
    rows = read('a,b\n"he said "hi", twice",2\n3,4\n')
    assert rows[0][-1] == "2"
    assert rows[1] == ("3", "4", 3, None)


def test_a_cell_never_closed_spoils_its_own_record_and_its_further_lines_alone():
    rows = read('a,b,c\n1,"open,x\nfurther line\nanother, line\n3,4,5\n6\n')
    assert [row[-1] for row in rows] == [
        '1 | "open | x',
        "further line",
        "another |  line",
        *[None] * 2,
    ]
    assert all(cell is None for row in rows[:3] for cell in row[:3])
    assert rows[3][:3] == ("3", "4", "5")
    assert rows[4][:3] == ("6", None, None)


def test_two_records_are_never_taken_for_one():
    rows = read('"a","b"\n"cut off\n"x","1"\n')
    assert rows[0][-1] is not None
    assert rows[1] == ("x", "1", 3, None)


@given(noise)
def test_regular_content_is_left_as_it_is(text):
    content = text.encode()
    if is_regular(content, ","):
        assert mend(content, Dialect(","), 2).content == content


@given(noise, st.booleans())
def test_mended_content_is_regular_and_mending_it_again_changes_nothing(text, is_fully_quoted):
    mended = mend(text.encode(), Dialect(",", is_fully_quoted), 2).content
    assert is_regular(mended, ",")
    again = mend(mended, Dialect(",", is_fully_quoted), 2)
    assert (again.content, again.repaired, again.broken) == (mended, 0, 0)
    list(csv.reader(io.StringIO(mended.decode(), newline=""), strict=True))


@given(noise)
def test_content_is_regular_exactly_where_it_is_a_row_of_regular_records(text):
    content = text.encode() + b"\n"
    matched = Dialect(",").records.match(content)
    assert is_regular(content, ",") == (matched.end() == len(content))


def test_a_file_full_of_damage_is_read_in_good_time():
    content = "a,b\n" + '"x "y\n' * 3000
    rows = read(content)
    assert len(rows) == 3000
    assert all(row[-1] for row in rows)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_pattern_repeats_a_group_in_the_way_that_python_3_11_2_gets_wrong(delimiter):
    dialect = Dialect(delimiter)
    patterns = [
        dialect.record,
        dialect.records,
        dialect.quoted_record,
        dialect.escaping,
        dialect.unescaping,
    ]
    assert not [one for one in patterns if re.search(rb"\)(?:[*+?]|\{[^}]*\})\+", one.pattern)]


def test_quoted_cells_are_divided_and_a_quote_within_is_kept():
    records = first_records(b'"Date","Views"\n"a ""b"" c",\n"d "e" f",1\n', Dialect(","))
    assert list(records) == [[b"Date", b"Views"], [b'a "b" c', b""], [b'd "e" f', b"1"]]
