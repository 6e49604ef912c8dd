import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.reading.errors import ReadingError
from transforms.reading.tables import read_tables
from transforms.reading.wrapped import count_wrapped, unwrapped

PLAIN = (
    'Post ID,"Page name",Caption,Views\n'
    '1,"Anna, and co","Line one, no quote\n\nso she said ""yes"", twice",5\n'
    '2,"Bo, too","Short",6\n'
)


def wrap(text: str) -> str:
    """Quote each line that has a quote once more, as a spreadsheet does."""
    lines = text.splitlines()
    return "".join(
        ('"' + line.replace('"', '""') + '"' if '"' in line else line) + "\n" for line in lines
    )


def test_lines_within_quotes_are_read_as_before_they_were_saved():
    (table,) = read_tables(wrap(PLAIN).encode(), "f.csv")
    (plain,) = read_tables(PLAIN.encode(), "f.csv")
    assert table.rows.equals(plain.rows)
    assert table.header == plain.header == ("Post ID", "Page name", "Caption", "Views")
    assert [note for note in table.notes if "pair of quotes" in note]


def test_a_first_cell_that_lost_its_quotes_makes_no_difference():
    content = '"Post ID,""Page name"""\n1,Anna\n2,Bo\n'
    (table,) = read_tables(content.encode(), "f.csv")
    assert table.header == ("Post ID", "Page name")
    assert table.rows.get_column("1").to_list() == ["Anna", "Bo"]


def test_lines_that_tell_no_cells_any_more_are_refused_with_what_to_do():
    content = '"a,""b"""\n"1,""yes"" she said,""x"""\n'
    with pytest.raises(ReadingError, match=r"one pair of quotes.*download it again"):
        read_tables(content.encode(), "f.csv")


@pytest.mark.parametrize(
    "content",
    [
        PLAIN,
        '"Date","Views"\n"March 1","5"\n',
        'Caption\n"She said ,""yes"""\n',
        'sep=,\n"Reach"\n"Date","Primary"\n',
    ],
)
def test_a_file_whose_lines_are_no_single_cells_is_left_as_it_is(content):
    tables = read_tables(content.encode(), "f.csv")
    assert not [note for table in tables for note in table.notes if "pair of quotes" in note]


cells = st.text(st.sampled_from('ab,;"\n '), max_size=6)


@given(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=5))
def test_whatever_was_wrapped_comes_back_byte_for_byte(rows):
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerows([("id", "name, first", "text"), *(("1" + a, b, c) for a, b, c in rows)])
    plain = file.getvalue()
    assert count_wrapped(wrap(plain).encode()) > 0
    assert unwrapped(wrap(plain).encode(), ",", is_stack=False) == plain.encode()
