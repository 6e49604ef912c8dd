"""Quotes are told to be regular alike in memory and in a file, however both are gone through."""

from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from hypothesis import example, given
from hypothesis import strategies as st

from transforms.reading import content as reading
from transforms.reading import quoting
from transforms.reading.damaged import Dialect
from transforms.reading.quoting import count_quotes, is_regular

REGULAR, DAMAGED = 'a,"b ""c"" d"\n"e",f\n', 'a,"b "c" d"\n"e",f\n'
SIGNS = st.sampled_from(['"', '"', ",", "\n", "\r\n", " ", "a", "\u00e9"])
ENDED = st.lists(SIGNS, max_size=20).map(lambda signs: "".join(signs) + "\n")
SIZES = st.integers(1, 9)


@given(ENDED, SIZES)
@example(REGULAR, 1)
@example(DAMAGED, 1)
@example('"\n', 1)
def test_content_is_regular_wherever_its_windows_end(text, size):
    content = text.encode()
    expected = Dialect(",").records.match(content).end() == len(content)
    with patch.object(quoting, "_WINDOW_BYTES", size), patch.object(reading, "_CHUNK_BYTES", size):
        assert is_regular(content, ",") == expected
        assert is_regular(memoryview(bytearray(content)), ",") == expected
        with TemporaryDirectory() as folder:
            file = Path(folder, "t.csv")
            file.write_bytes(content)
            assert is_regular(file, ",") == expected


def test_a_mark_before_the_first_quote_is_none_of_its_cell():
    marked = b'\xef\xbb\xbf"a",b\n'
    assert is_regular(marked, ",")
    assert is_regular(memoryview(marked), ",")
    assert not is_regular(b"x" + marked, ",")


@given(ENDED, SIZES, st.integers(0, 20), st.integers(0, 20))
def test_quotes_are_counted_between_two_places(text, size, begin, end):
    content = text.encode()
    with patch.object(quoting, "_WINDOW_BYTES", size):
        assert count_quotes(content, begin, end) == content.count(b'"', begin, end)
