"""What the bytes are, told by themselves and never by the name of the file."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Literal

from transforms.reading.errors import ReadingError

Kind = Literal["delimited", "json", "workbook"]

_CHUNK_BYTES = 1024 * 1024
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"%PDF": "a PDF document",
    b"\x1f\x8b": "a gzip archive: unpack it",
    b"Rar!": "a RAR archive: unpack it",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive: unpack it",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "an SQLite database",
    b"{\\rtf": "an RTF document",
}
_JSON = re.compile(rb"""[\[{]\s*(?:["\[{\]}]|-?\d|true|false|null)""")
_MARKUP = re.compile(rb"<(?:!doctype|!--|html|head|body|\?xml|svg|table)\b", re.IGNORECASE)


def kind(content: bytes | Path, name: str) -> Kind:
    """Tell whether tables of text can be in it, and in what.

    Raises
    ------
    ReadingError
        For an empty file and for what holds no table: pictures, documents, archives.
    """
    start = head(content, 1024)
    if not start.removeprefix(b"\xef\xbb\xbf"):
        raise ReadingError(f"{name} is empty: download it again")
    if start.startswith(_OLE):
        return "workbook"
    if start.startswith(_ZIP):
        return _kind_of_zip(content, name)
    for magic, what in _OTHERS.items():
        if start.startswith(magic):
            raise ReadingError(f"{name} is {what}, not a table")
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _JSON.match(text):
        return "json"
    if _MARKUP.match(text):
        raise ReadingError(
            f"{name} is a web page, not a table: the download may have ended at a login page; of "
            "Instagram's information, JSON is to be chosen as the format"
        )
    return "delimited"


def head(content: bytes | Path, size: int) -> bytes:
    """Give the first bytes."""
    if isinstance(content, bytes):
        return content[:size]
    with content.open("rb") as file:
        return file.read(size)


def chunks(content: bytes | Path) -> Iterator[bytes]:
    """Give all bytes piece by piece."""
    with opened(content) as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk


def whole(content: bytes | Path) -> bytes:
    """Give all bytes at once."""
    return content if isinstance(content, bytes) else content.read_bytes()


def size_bytes(content: bytes | Path) -> int:
    """Give the number of bytes without reading them."""
    return len(content) if isinstance(content, bytes) else content.stat().st_size


def opened(content: bytes | Path) -> BinaryIO:
    """Open the bytes as a file."""
    return io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")


def unpacked_bytes(content: bytes | Path) -> int:
    """Give the size a zip says its members unpack to; 0 for what is no zip."""
    try:
        with opened(content) as file, zipfile.ZipFile(file) as archive:
            return sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        return 0


def _kind_of_zip(content: bytes | Path, name: str) -> Kind:
    try:
        with opened(content) as file, zipfile.ZipFile(file) as archive:
            members = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
        raise ReadingError(
            f"{name} is a broken zip or workbook ({error}): download it again"
        ) from error
    if any(member.startswith("xl/") for member in members):
        return "workbook"
    raise ReadingError(f"{name} is a zip archive of {len(members)} file(s), not a table: unpack it")
