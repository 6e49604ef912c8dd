"""From bytes in any of the encodings exports come in to UTF-8."""

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from transforms.reading.content import chunks, head, size_bytes
from transforms.reading.errors import ReadingError
from transforms.reading.limits import DEFAULT_LIMITS, Limits, check_rewriting

_SAMPLE_BYTES = 64 * 1024
_MIN_NUL_SHARE = 0.05
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
         (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip


@dataclass(frozen=True)
class Encoded:
    """Content that is UTF-8, with lines that end in LF or CR LF.

    Attributes
    ----------
    content
        Without byte order mark where it is bytes; a path may still begin with one.
    encoding
        What it was encoded in.
    """

    content: bytes | Path
    encoding: str
    notes: tuple[str, ...] = ()


def to_utf8(content: bytes | Path, name: str, limits: Limits = DEFAULT_LIMITS) -> Encoded:
    """Tell the encoding and give the content as UTF-8.

    UTF-16 is told by its byte order mark, or by NULs in every other byte. All else is taken for
    UTF-8; whether it is shows while it is parsed, and `from_damaged_utf8` reads what is not.

    Raises
    ------
    ReadingError
        For what is no text in any of them, and for a line or a file beyond the limits.
    """
    sample = head(content, _SAMPLE_BYTES)
    mark, encoding = next(
        ((mark, encoding) for mark, encoding in _BOMS if sample.startswith(mark)),
        (b"", _guess(sample)),
    )
    if encoding.startswith("utf-16"):
        check_rewriting(size_bytes(content), name, f"is {encoding.upper()}", limits)
        return Encoded(_from_utf16(content, len(mark), encoding, name), encoding)
    if _has_line_feed(content, name, limits):
        if isinstance(content, Path):
            return Encoded(content, "utf-8")
    else:
        check_rewriting(size_bytes(content), name, "has no line that ends in a line feed", limits)
    return Encoded(_with_line_feeds(content, len(mark)), "utf-8")


def _has_line_feed(content: bytes | Path, name: str, limits: Limits) -> bool:
    """Look for a line feed, for NULs, and for a line that does not end.

    Lines within one piece are only looked at where the limit is below the size of a piece.
    """
    has_line_feed = False
    line = 0
    for chunk in chunks(content):
        if b"\0" in chunk:
            raise ReadingError(f"{name} holds NUL bytes: it is no text, or its download broke off")
        first = chunk.find(b"\n")
        line += len(chunk) if first < 0 else first
        longest = max(line, _longest_line(chunk) if len(chunk) > limits.max_line_bytes else 0)
        if longest > limits.max_line_bytes and (has_line_feed or first >= 0):
            raise ReadingError(
                f"{name} has a line of {limits.more_than('max_line_bytes', 'bytes')}: "
                "it is no table"
            )
        if first >= 0:
            has_line_feed = True
            line = len(chunk) - chunk.rfind(b"\n") - 1
    return has_line_feed


def _longest_line(piece: bytes) -> int:
    return max(map(len, piece.split(b"\n")))


def is_utf8(content: bytes | Path) -> bool:
    """Tell whether all bytes are UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in chunks(content):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def from_damaged_utf8(content: bytes | Path, name: str, limits: Limits = DEFAULT_LIMITS) -> Encoded:
    """Keep the good characters of what is mostly UTF-8, and read as cp1252 what is not.

    Raises
    ------
    ReadingError
        For what is neither, or beyond the limits.
    """
    check_rewriting(size_bytes(content), name, "is not UTF-8", limits)
    damaged, intact = _characters(content)
    if intact > damaged:
        note = f"{damaged} character(s) are not UTF-8 and were replaced by \ufffd"
        return Encoded(_written_anew(content, "utf-8", "replace"), "utf-8", (note,))
    try:
        return Encoded(_written_anew(content, "cp1252", "strict"), "cp1252", ("decoded as cp1252",))
    except UnicodeDecodeError as error:
        raise ReadingError(
            f"{name} is neither UTF-8, UTF-16 nor cp1252 (byte 0x{error.object[error.start]:02x} "
            "is in it): save it as UTF-8"
        ) from error


def _characters(content: bytes | Path) -> tuple[int, int]:
    """Count what is no UTF-8, and the characters beyond ASCII that are."""
    damaged = others = 0
    for text in _decoded(content, "utf-8", "replace"):
        damaged += text.count("\ufffd")
        others += len(text) - len(text.encode("ascii", "ignore"))
    return damaged, others - damaged


def _written_anew(content: bytes | Path, encoding: str, errors: str) -> bytes:
    written = io.BytesIO()
    for text in _decoded(content, encoding, errors):
        written.write(text.encode())
    return written.getvalue()


def _decoded(content: bytes | Path, encoding: str, errors: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    begin = len(codecs.BOM_UTF8) if head(content, 3) == codecs.BOM_UTF8 else 0
    for piece in _pieces(content, begin):
        yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)


def _guess(sample: bytes) -> str:
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    fewest = len(sample) / 2 * _MIN_NUL_SHARE
    if odd > fewest and even * 4 < odd:
        return "utf-16-le"
    if even > fewest and odd * 4 < even:
        return "utf-16-be"
    return "utf-8"


def _from_utf16(content: bytes | Path, begin: int, encoding: str, name: str) -> bytes:
    """Write UTF-16 anew as UTF-8, a piece at a time: the whole of it is held once."""
    decoder = codecs.getincrementaldecoder(encoding)()
    written = io.BytesIO()
    read = begin
    try:
        for piece in _pieces(content, begin):
            written.write(decoder.decode(piece).encode())
            read += len(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise ReadingError(
            f"{name} begins like {encoding.upper()} but is not near byte {read + error.start:,}: "
            "its download broke off, or another program damaged it"
        ) from error
    encoded = written.getvalue().removeprefix(codecs.BOM_UTF8)
    if b"\0" in encoded:
        raise ReadingError(f"{name} holds NUL characters: it is no text, or its download broke off")
    return encoded if b"\n" in encoded else encoded.replace(b"\r", b"\n")


def _with_line_feeds(content: bytes | Path, begin: int) -> bytes:
    """Give lines that end in CR alone an LF instead; other content as it is."""
    if isinstance(content, bytes):
        encoded = content[begin:]
        return encoded if b"\n" in encoded else encoded.replace(b"\r", b"\n")
    written = io.BytesIO()
    for piece in _pieces(content, begin):
        written.write(piece.replace(b"\r", b"\n"))
    return written.getvalue()


def _pieces(content: bytes | Path, begin: int) -> Iterator[bytes]:
    """Give all bytes from `begin` on, which lies within the first piece."""
    return (piece[begin:] if number == 0 else piece for number, piece in enumerate(chunks(content)))
