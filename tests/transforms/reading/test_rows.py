from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from transforms.reading import rows
from transforms.reading.damaged import Dialect
from transforms.reading.rows import NotUtf8Error, parse_records, parse_some, read_rows

cell = st.text('",;\n\r ab\u00e9\u2028', max_size=6)
records = st.lists(st.lists(cell, max_size=5), max_size=6)


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in '",;\n\r') else text


@given(records, st.sampled_from(",;"), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_few_records_read_as_many_do(cells, delimiter, line_end, is_ended):
    lines = [delimiter.join(map(quoted, record)) for record in cells]
    content = (line_end.join(lines) + line_end * is_ended).encode()
    few, notes = read_rows(content, Dialect(delimiter), 3, "f")
    with patch.object(rows, "_FEW_BYTES", -1):
        many, same_notes = read_rows(content, Dialect(delimiter), 3, "f")
    assert_frame_equal(few, many)
    assert notes == same_notes


@pytest.mark.parametrize("record", ['"",,""', ",,", '"",""'])
def test_a_record_of_empty_cells_is_none_whether_or_not_they_are_quoted(record):
    content = f'a,"",c\n{record}\nd,,"f"\n'.encode()
    whole = parse_records(content, ",", 3)
    assert whole.rows() == [("a", None, "c", 1, None), ("d", None, "f", 2, None)]
    for some in (["0"], ["1"], ["0", "2"]):
        rows = parse_some(content, ",", 3, some)
        assert_frame_equal(rows.select(*some, "row_number"), whole.select(*some, "row_number"))


def test_few_records_that_are_not_utf8_are_said_to_be():
    with pytest.raises(NotUtf8Error):
        read_rows("a\n\u00e9\n".encode("cp1252"), Dialect(","), 1, "f")
