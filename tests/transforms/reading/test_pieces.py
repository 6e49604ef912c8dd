"""A file in pieces has the records that it has at once, in the same order and number."""

from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from transforms.reading.pieces import NotCleanError, Pieces, open_pieces
from transforms.reading.tables import Limits, ReadingError, read_tables

CELLS = st.sampled_from(["", "1", "a b", '"a,b"', '"two\nlines"', '"""said"""', '"\n\n"', "ø"])
RECORDS = st.lists(st.lists(CELLS, min_size=1, max_size=5).map(",".join), max_size=15)


def pieces(path: Path, content: bytes, piece_bytes: int, **limits: int) -> Pieces | None:
    path.write_bytes(content)
    bounds = Limits(**{"max_whole_bytes": 1, "piece_bytes": piece_bytes, **limits})
    return open_pieces(path, path.name, bounds)


@given(
    records=RECORDS,
    piece_bytes=st.integers(1, 120),
    end=st.sampled_from(["\n", "\r\n"]),
    start=st.sampled_from(["", "\ufeff", "sep=,\n", "\n\n"]),
)
def test_pieces_hold_the_records_of_the_whole(records, piece_bytes, end, start):
    content = (start + end.join(["a,b,c", *records]) + end).encode()
    with TemporaryDirectory() as folder:
        found = pieces(Path(folder, "t.csv"), content, piece_bytes, max_stack_bytes=1)
        assert found is not None
        first_time = pl.concat(table.rows for table in found.tables())
        again = pl.concat(table.rows for table in found.tables())
        some = pl.concat(table.rows.select("row_number", "1") for table in found.tables(["1"]))
    (whole,) = read_tables(content, "t.csv", Limits(max_stack_bytes=1))
    assert found.header == whole.header
    assert_frame_equal(first_time, whole.rows)
    assert_frame_equal(again, whole.rows)
    assert_frame_equal(some, whole.rows.select("row_number", "1"))


@pytest.mark.parametrize(
    "content",
    [b'a,b\n1,"x" y\n2,z\n', b'a,b\n1,"never closed\n', "a,b\n1,ø\n".encode("cp1252")],
    ids=["a damaged quote", "an open quote", "not UTF-8"],
)
def test_what_is_not_clean_is_not_cut(tmp_path, content):
    found = pieces(tmp_path / "t.csv", content, 4)
    assert found is not None
    for some in (None, ["0"]):
        with pytest.raises(NotCleanError):
            list(found.tables(some))


def test_a_record_longer_than_any_is_not_held(tmp_path):
    content = b'a,b\n1,"' + b"x\n" * 1_000
    found = pieces(tmp_path / "t.csv", content, 100, max_line_bytes=200)
    assert found is not None
    with pytest.raises(NotCleanError):
        list(found.tables())


def test_a_cell_beyond_the_limit_is_refused(tmp_path):
    content = b"a,b\n1," + b"x" * 500 + b"\n"
    found = pieces(tmp_path / "t.csv", content, 100, max_record_bytes=100)
    assert found is not None
    for some in (None, ["0"]):
        with pytest.raises(ReadingError, match="cell of more than"):
            list(found.tables(some))


def test_columns_that_nobody_asks_for_are_left_out(tmp_path):
    content = b"a,b,c\n" + b"1,2,3\n" * 50
    found = pieces(tmp_path / "t.csv", content, 100, max_record_bytes=20)
    assert found is not None
    assert {*next(found.tables(["1"])).rows.columns} == {"1", "row_number", "surplus"}


@pytest.mark.parametrize(
    "content",
    [b"[{}]", "a,b\n1,2\n".encode("utf-16"), b"a,b\r1,2\r", b"Views\n\nDate,Views\n2026-01-01,1\n"],
    ids=["JSON", "UTF-16", "lines that end in CR", "a stack of tables"],
)
def test_what_is_no_table_of_utf8_is_not_opened(tmp_path, content):
    assert pieces(tmp_path / "t.csv", content, 100) is None


def test_small_files_and_bytes_are_read_at_once(tmp_path):
    content = b"a,b\n1,2\n"
    assert pieces(tmp_path / "t.csv", content, 100, max_whole_bytes=len(content)) is None
    assert open_pieces(content, "t.csv", Limits(max_whole_bytes=1)) is None
