"""The archive: the bytes of every file that arrived, stored once under their SHA-256."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from warehouse.arrivals import zips
from warehouse.home import Home, StoreError, place_files, remove

CHUNK = 1 << 20
"""Bytes read at a time."""


@dataclass(frozen=True)
class Stored:
    """Bytes on their way into the archive or in it.

    Attributes
    ----------
    location
        Where the bytes lie now: under work/ until the batch is committed.
    """

    sha256: str
    size_bytes: int
    location: Path


@dataclass(frozen=True)
class Damage:
    """An archived file that no longer holds what its name says."""

    sha256: str
    reason: str


class Batch:
    """Files that enter the archive together, so that the disk is waited for once.

    Used as a context: bytes staged in it are in the archive when it ends without an error,
    and nowhere when it ends with one.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._scratch = home.scratch("archive")
        self._staged: dict[str, Stored] = {}
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._commit()
        finally:
            remove(self._scratch)

    def stage(self, stream: IO[bytes]) -> Stored:
        """Copy a stream under work/, hashing as it goes by."""
        self._count += 1
        location = self._scratch / str(self._count)
        digest = hashlib.sha256()
        size = 0
        with location.open("xb", buffering=0) as file:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                file.write(chunk)
                size += len(chunk)
        return Stored(digest.hexdigest(), size, location)

    def keep(self, stored: Stored) -> None:
        """Mark a staged file for the archive; what is only staged is dropped at the end."""
        self._staged.setdefault(stored.sha256, stored)

    def _commit(self) -> None:
        moves = [
            (stored.location, path(self._home, stored.sha256))
            for stored in self._staged.values()
            if not _is_archived(self._home, stored)
        ]
        for source, _ in moves:
            source.chmod(0o444)
        place_files(moves)


def put(home: Home, stream: IO[bytes]) -> Stored:
    """Archive one stream.

    Returns
    -------
    Stored
        SHA-256, size in bytes, and the place in the archive.
    """
    with Batch(home) as batch:
        stored = batch.stage(stream)
        batch.keep(stored)
    return Stored(stored.sha256, stored.size_bytes, path(home, stored.sha256))


def path(home: Home, sha256: str) -> Path:
    """Give the place of some bytes, whether they are there or not."""
    return home.archive / sha256[:2] / sha256


def member_bytes(home: Home, sha256: str, member: str) -> bytes:
    """Read one member of an archived zip.

    Raises
    ------
    StoreError
        When the zip has no such member.
    """
    with zips.opened(path(home, sha256)) as archive:
        for member_info in reversed(zips.named(archive)):
            if member_info.name == member:
                return archive.read(archive.infolist()[member_info.position])
    raise StoreError(f"the archived zip {sha256} has no member {member}")


def hash_file(location: Path) -> tuple[str, int]:
    """Hash a local file.

    Returns
    -------
    tuple
        SHA-256 and size in bytes.
    """
    with location.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return digest.hexdigest(), os.fstat(file.fileno()).st_size


def verify(home: Home, hashes: Iterable[str] | None = None) -> Iterator[Damage]:
    """Hash archived files again and give those that are missing or changed.

    Parameters
    ----------
    hashes
        SHA-256 of the files to look at; all that lie in the archive when null.
    """
    for sha256 in hashes if hashes is not None else _archived(home):
        location = path(home, sha256)
        if not location.is_file():
            yield Damage(sha256, "missing")
        elif (found := hash_file(location)[0]) != sha256:
            yield Damage(sha256, f"its bytes hash to {found}")


def _archived(home: Home) -> Iterator[str]:
    for folder in sorted(home.archive.iterdir()):
        yield from sorted(file.name for file in folder.iterdir())


def _is_archived(home: Home, stored: Stored) -> bool:
    try:
        return path(home, stored.sha256).stat().st_size == stored.size_bytes
    except FileNotFoundError:
        return False
