"""Large text in another encoding is written anew a piece at a time, to the same text."""

import pytest

from transforms.reading import content, encoding
from transforms.reading.encoding import from_damaged_utf8, is_utf8, to_utf8
from transforms.reading.errors import ReadingError

TEXT = "Værdi,b😀\n" + "å,2\n" * 500


@pytest.fixture(params=[1000, 1001, 1003])
def piece_bytes(request, monkeypatch):
    monkeypatch.setattr(content, "_CHUNK_BYTES", request.param)


@pytest.mark.usefixtures("piece_bytes")
@pytest.mark.parametrize("name", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_utf8_afterwards_wherever_its_pieces_end(tmp_path, name):
    path = tmp_path / "f.csv"
    path.write_bytes(("\ufeff" * name.endswith("be") + TEXT).encode(name))
    for held in (path, path.read_bytes()):
        encoded = to_utf8(held, "f")
        assert encoded.content == TEXT.encode()
        assert encoded.encoding.startswith("utf-16")


@pytest.mark.usefixtures("piece_bytes")
def test_lines_that_end_in_cr_alone_end_in_lf_afterwards(tmp_path):
    path = tmp_path / "f.csv"
    for mark in ("", "\ufeff"):
        path.write_bytes((mark + TEXT.replace("\n", "\r")).encode())
        for held in (path, path.read_bytes()):
            assert to_utf8(held, "f").content == TEXT.encode()


@pytest.mark.usefixtures("piece_bytes")
def test_what_is_not_utf8_is_cp1252_or_keeps_its_good_characters(tmp_path):
    path = tmp_path / "f.csv"
    path.write_bytes(TEXT.replace("😀", "").encode("cp1252"))
    assert not is_utf8(path)
    found = from_damaged_utf8(path, "f")
    assert (found.content, found.encoding) == (TEXT.replace("😀", "").encode(), "cp1252")
    path.write_bytes(TEXT.encode().replace("😀".encode(), b"\xf0\x9f\x98"))
    found = from_damaged_utf8(path, "f")
    assert found.content == TEXT.replace("😀", "\ufffd").encode()
    assert found.notes == ("1 character(s) are not UTF-8 and were replaced by \ufffd",)


@pytest.mark.usefixtures("piece_bytes")
def test_a_broken_file_says_where(tmp_path):
    path = tmp_path / "f.csv"
    path.write_bytes(TEXT.encode("utf-16") + b"\x00\xd8")
    with pytest.raises(ReadingError, match=r"begins like UTF-16-LE but is not near byte"):
        to_utf8(path, "f")
    path.write_bytes((TEXT + "\0").encode("utf-16"))
    with pytest.raises(ReadingError, match="NUL characters"):
        to_utf8(path, "f")
    path.write_bytes(b"a,\x81\n")
    with pytest.raises(ReadingError, match=r"byte 0x81"):
        from_damaged_utf8(path, "f")


def test_a_limit_below_a_piece_holds_for_lines_within_it():
    assert encoding._longest_line(b"ab\nabc\na") == 3
