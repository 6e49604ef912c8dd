"""An .xls that asks for more than it holds is refused before anything is laid out."""

import struct

import pytest

from schemas.limits import Limits
from tests.transforms.reading.xls import compound, record, xls
from transforms.reading.errors import ReadingError
from transforms.reading.tables import read_tables

CELLS = [(0, 0, "a"), (0, 1, "b"), (1, 0, 1.0), (1, 1, 2.5)]


def test_a_workbook_within_the_limits_is_read():
    (table,) = read_tables(xls(CELLS, ["a", "b"]), "f.xls", Limits(max_workbook_cells=4))
    assert table.header == ("a", "b")
    assert table.rows.rows() == [("1", "2.5", 2, None)]


def test_cells_in_far_corners_are_refused():
    content = xls([*CELLS, (65_535, 65_535, 1.0)], ["a", "b"])
    with pytest.raises(ReadingError, match=r"spans 4,294,967,296 cells.*limits\.max_workbook"):
        read_tables(content, "f.xls")


def test_a_size_that_no_sheet_has_is_refused():
    claim = record(0x200, struct.pack("<IIHHH", 0, 0xFFFFFF, 0, 0xFFFF, 0))
    with pytest.raises(ReadingError, match=r"more than an \.xls can hold"):
        read_tables(xls(CELLS, ["a", "b"], claim), "f.xls")


def test_one_text_that_many_cells_repeat_is_refused():
    long = "x" * 4000
    content = xls([(row, 0, long) for row in range(300)], [long])
    limits = Limits(max_unpacked_bytes=200_000)
    with pytest.raises(ReadingError, match=r"repeats its texts to .*limits\.max_unpacked_bytes"):
        read_tables(content, "f.xls", limits)


def test_sheets_that_are_all_the_same_part_of_the_file_count_each():
    content = xls(CELLS, ["a", "b"], sheets=50)
    with pytest.raises(ReadingError, match=r"50 sheets, more than 49 \(setting limits\.max_sheets"):
        read_tables(content, "f.xls", Limits(max_sheets=49))
    with pytest.raises(ReadingError, match=r"spans \d+ cells, more than 150"):
        read_tables(content, "f.xls", Limits(max_workbook_cells=150))


@pytest.mark.parametrize("next_sector", [0, 5, 0xFFFF])
def test_a_chain_of_sectors_that_does_not_end_is_refused(next_sector):
    content = bytearray(xls(CELLS, ["a", "b"]))
    table = len(content) - 512
    struct.pack_into("<I", content, table + 4 * 7, next_sector)
    with pytest.raises(ReadingError, match=r"damaged \.xls workbook"):
        read_tables(bytes(content), "f.xls")


def test_a_compound_file_without_a_workbook_is_refused():
    with pytest.raises(ReadingError, match=r"f\.doc"):
        read_tables(compound(b"text", "WordDocument"), "f.doc")
