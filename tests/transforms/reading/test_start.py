import pytest

from transforms.reading.encoding import Encoded
from transforms.reading.errors import ReadingError
from transforms.reading.limits import Limits
from transforms.reading.start import Start, as_quoted


def start_of(content: bytes, **limits: int) -> Start:
    return Start.of(Encoded(content, "utf-8"), Limits(**limits))


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_declared_delimiter_is_believed_and_its_line_is_no_header(mark):
    start = start_of(f"sep={mark}\na,b;{mark}c\td\n".encode())
    assert start.dialect.delimiter == mark
    assert start.header("file")[0] == 2
    assert start.header("file") == (2, tuple(f"a,b;{mark}c\td".split(mark)))


def test_a_header_below_blank_records_is_found_by_its_number_among_the_others():
    assert start_of(b"\n,,\n , \na,b\n1,2\n").header("file") == (2, ("a", "b"))


def test_records_can_be_asked_for_again_at_any_point():
    start = start_of(b"a,b\n1,2\n3,4\n")
    assert next(start.records()) == [b"a", b"b"]
    assert start.header("file") == (1, ("a", "b"))
    assert list(start.records()) == [[b"a", b"b"], [b"1", b"2"], [b"3", b"4"]]
    assert list(start.records()) == [[b"a", b"b"], [b"1", b"2"], [b"3", b"4"]]


def test_the_first_records_as_text_leave_the_declaration_out():
    assert list(start_of(b"\xef\xbb\xbfsep=;\na;b\n1;2\n").undeclared()) == [
        ["a", "b"],
        ["1", "2"],
    ]


def test_a_header_that_never_ends_is_refused():
    with pytest.raises(ReadingError, match="file: its header has more than 64 bytes"):
        start_of(b'"' + b"x" * 200, max_record_bytes=64).header("file")


@pytest.mark.parametrize(
    ("text", "is_quoted"),
    [
        (b'"a","b"\n1,2\n', True),
        (b'sep=,\n"a","b ""c"""\n', True),
        (b'"a",b\n"1","2"\n', False),
        (b"a,b\n", False),
    ],
)
def test_the_first_record_tells_whether_all_cells_stand_in_quotes(text, is_quoted):
    assert as_quoted(start_of(text).dialect, text).is_fully_quoted is is_quoted
