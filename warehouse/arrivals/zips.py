"""Zips: what is in one, what of it is refused and why, and its members' bytes."""

import hashlib
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from schemas.limits import DEFAULT_LIMITS, Limits
from warehouse.arrivals.names import is_ignored

_IS_ENCRYPTED = 0x1
_IS_UTF8 = 0x800
_UNICODE_PATH = 0x7075
_DIRECTORY_BYTES_PER_MEMBER = 1024
_CHUNK = 1 << 20
UNREADABLE = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    struct.error,
    zlib.error,
    lzma.LZMAError,
)
"""What zipfile raises on a damaged, encrypted or unknown kind of member."""


@dataclass(frozen=True)
class Member:
    """One member of a zip, as the zip's directory describes it.

    Attributes
    ----------
    position
        Place in the directory; names can repeat.
    entry_time
        The entry's own time, in the unknown zone of the one who packed it; null for 1980.
    sha256
        Of the unpacked bytes; null where it was refused.
    refused
        Why it cannot be read, or null.
    """

    position: int
    name: str
    size_bytes: int
    crc: int
    entry_time: datetime | None
    sha256: str | None = None
    refused: str | None = None


@dataclass(frozen=True)
class Listing:
    """What a zip holds; `refused` says why none of it can be read, else null."""

    members: tuple[Member, ...] = ()
    refused: str | None = None


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a zip for reading."""
    with zipfile.ZipFile(path) as archive:
        yield archive


def named(archive: zipfile.ZipFile) -> list[Member]:
    """List the members that are files, without hidden and system ones, in the zip's order."""
    return [
        Member(position, name, info.file_size, info.CRC, _entry_time(info))
        for position, info in enumerate(archive.infolist())
        if not (name := _name(info)).endswith("/") and not is_ignored(name)
    ]


def inspect(path: Path, limits: Limits = DEFAULT_LIMITS) -> Listing:
    """List a zip's members with the hash of their bytes; nothing in a bad zip raises.

    Parameters
    ----------
    path
        The zip.
    limits
        How much it may hold.
    """
    try:
        if _directory_bytes(path) > limits.max_zip_members * _DIRECTORY_BYTES_PER_MEMBER:
            return Listing(
                refused=f"the zip lists {limits.more_than('max_zip_members', 'members')}"
            )
        with opened(path) as archive:
            members = named(archive)
            if refused := _refuse_zip(archive, members, limits):
                return Listing(refused=refused)
            return Listing(tuple(_inspect_member(archive, one, limits) for one in members))
    except UNREADABLE as error:
        return Listing(refused=f"not a zip, or a damaged one: {error}")


def read(path: Path, position: int) -> bytes:
    """Read the bytes of one member."""
    with opened(path) as archive:
        return archive.read(archive.infolist()[position])


def extract(path: Path, position: int, target: Path) -> None:
    """Unpack one member into a local file, a piece at a time."""
    with (
        opened(path) as archive,
        archive.open(archive.infolist()[position]) as source,
        target.open("wb") as file,
    ):
        while chunk := source.read(_CHUNK):
            file.write(chunk)


def _refuse_zip(archive: zipfile.ZipFile, members: list[Member], limits: Limits) -> str | None:
    count, total = len(archive.infolist()), sum(info.file_size for info in archive.infolist())
    if count > limits.max_zip_members:
        return f"the zip has {count:,} members, {limits.more_than('max_zip_members')}"
    if total > limits.max_zip_bytes:
        return f"the zip unpacks to {total:,} bytes, {limits.more_than('max_zip_bytes')}"
    if not members:
        return "the zip holds no file"
    return None


def _inspect_member(archive: zipfile.ZipFile, member: Member, limits: Limits) -> Member:
    info = archive.infolist()[member.position]
    if refused := _refuse_member(archive, member, info, limits):
        return replace(member, refused=refused)
    digest = hashlib.sha256()
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    except UNREADABLE as error:
        return replace(member, refused=f"the member cannot be unpacked: {error}")
    return replace(member, sha256=digest.hexdigest())


def _refuse_member(
    archive: zipfile.ZipFile, member: Member, info: zipfile.ZipInfo, limits: Limits
) -> str | None:
    parts = PurePosixPath(member.name).parts
    if "\0" in info.orig_filename:
        return "the member's name holds a NUL"
    if not parts or ".." in parts or parts[0].endswith((":", "/")):
        return "the member's name leaves the zip"
    if info.flag_bits & _IS_ENCRYPTED:
        return "the member is encrypted: send the zip without a password"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "the member is a link"
    if member.name.lower().endswith(".zip"):
        return "a zip within a zip is not opened: unpack the outer one first"
    if info.file_size > limits.max_file_bytes:
        return f"the member has {info.file_size:,} bytes, {limits.more_than('max_file_bytes')}"
    most = limits.max_zip_ratio * max(info.compress_size, 1)
    if info.file_size > max(limits.zip_ratio_from_bytes, most):
        return f"the member unpacks to {limits.more_than('max_zip_ratio', 'times its size')}"
    if _is_replaced(archive, member):
        return "a later member of the same name replaces it"
    return None


def _is_replaced(archive: zipfile.ZipFile, member: Member) -> bool:
    raw = archive.infolist()[member.position].filename
    last = archive.NameToInfo.get(raw)
    return last is not None and last is not archive.infolist()[member.position]


def _name(info: zipfile.ZipInfo) -> str:
    """Decode an entry's name.

    Notes
    -----
    Without the UTF-8 flag a name is in the packer's code page. The Info-ZIP unicode path comes
    first, then UTF-8 that only lacks the flag (macOS), then code page 850, that of Windows in
    western Europe; it differs from the standard's 437 where 437 has signs instead of letters
    (0x9B is o with stroke, not a cent sign). APPNOTE 6.3.10, appendix D and 4.6.9.
    """
    if info.flag_bits & _IS_UTF8:
        name = info.filename
    else:
        raw = info.filename.encode("cp437")
        name = _unicode_path(info.extra) or _decode(raw)
    return name.replace("\\", "/")


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp850")


def _unicode_path(extra: bytes) -> str | None:
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        body, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == _UNICODE_PATH and len(body) > 5 and body[0] == 1:
            return body[5:].decode("utf-8", "replace")
    return None


def _entry_time(info: zipfile.ZipInfo) -> datetime | None:
    try:
        moment = datetime(*info.date_time)  # noqa: DTZ001 - the zone is the packer's, unknown
    except ValueError:
        return None
    return moment if moment.year > 1980 else None


def _directory_bytes(path: Path) -> int:
    """Give the size of the zip's directory, 0 where there is none, before it is read whole."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - (1 << 16) - 22))
        tail = file.read()
        end = tail.rfind(b"PK\5\6")
        if end < 0 or len(tail) - end < 22:
            return 0
        (directory,) = struct.unpack_from("<L", tail, end + 12)
        locator = end - 20
        if directory == 0xFFFFFFFF and locator >= 0 and tail[locator:].startswith(b"PK\6\7"):
            file.seek(struct.unpack_from("<Q", tail, locator + 8)[0])
            (directory,) = struct.unpack_from("<Q", file.read(56), 40)
        return int(directory)
