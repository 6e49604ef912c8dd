"""The inbox: what lies there that was not seen before, and what has to wait."""

import io
import os
import stat
import time
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from typing import IO, Any
from urllib.parse import urlsplit, urlunsplit

import fsspec
from fsspec.implementations.local import LocalFileSystem

from warehouse.arrivals.names import is_ignored, is_ignored_folder, printable, unfinished_twin
from warehouse.home import StoreError

SeenKey = tuple[str, int, str | None, str | None]
"""Path within the inbox, size, time of modification, entity tag."""

_MODIFIED = ("mtime", "LastModified", "last_modified", "updated", "modified", "created")
_ETAG = ("ETag", "etag", "md5Hash", "content_md5")
_REFERENCE_FILES = {"roster.csv": "roster", "collaborations.csv": "collaborations"}


@dataclass(frozen=True)
class Settling:
    """How a file that is still being written is told.

    Attributes
    ----------
    recent_seconds
        A file modified less than this long ago is looked at twice.
    second_look_seconds
        Time between the two looks.
    sleep
        What passes that time.
    """

    recent_seconds: float = 120.0
    second_look_seconds: float = 1.0
    sleep: Callable[[float], None] = time.sleep


DEFAULT_SETTLING = Settling()


@dataclass(frozen=True)
class Entry:
    """One file of the inbox, as listed.

    Attributes
    ----------
    path
        Within the inbox, with forward slashes.
    location
        What opens it.
    modified_at
        UTC; null where the storage does not tell.
    """

    path: str
    location: str = field(repr=False)
    size_bytes: int
    modified_at: datetime | None
    etag: str | None

    @property
    def key(self) -> SeenKey:
        """What tells this version of the file from a later one at the same place."""
        return seen_key(self.path, self.size_bytes, self.modified_at, self.etag)


@dataclass(frozen=True)
class Remark:
    """A file that was left where it lies, and why."""

    path: str
    reason: str


@dataclass(frozen=True)
class Scan:
    """What a look at the inbox came to; everything sorted by path.

    Attributes
    ----------
    entries
        Files not seen before, whole.
    references
        The user's own files: kind to entry, seen or not, since they are small.
    waiting
        Files still being written; another night takes them.
    refused
        What cannot be taken: links that leave the inbox, unreadable folders.
    """

    entries: tuple[Entry, ...]
    references: tuple[tuple[str, Entry], ...]
    waiting: tuple[Remark, ...]
    refused: tuple[Remark, ...]


@dataclass(frozen=True)
class Parcel:
    """Files that make one delivery: a zip, or the loose files of one folder.

    Attributes
    ----------
    path
        The zip, or the folder; `.` is the inbox itself.
    """

    path: str
    is_zip: bool
    entries: tuple[Entry, ...]


class Inbox:
    """A folder of any storage that fsspec knows; only ever read.

    Attributes
    ----------
    source
        The inbox's address without user, password and query.
    """

    def __init__(self, url: str | os.PathLike[str]) -> None:
        self._fs, root = fsspec.core.url_to_fs(os.fspath(url))
        self._is_local = isinstance(self._fs, LocalFileSystem)
        self._root = os.path.realpath(root) if self._is_local else root.rstrip("/")
        self.source = f"file://{self._root}" if self._is_local else without_credentials(str(url))

    def scan(
        self,
        seen: Container[SeenKey],
        now: datetime,
        settling: Settling = DEFAULT_SETTLING,
    ) -> Scan:
        """List what is new.

        Parameters
        ----------
        seen
            Keys of the files that an earlier night took.
        now
            The moment, with a zone.
        settling
            How a file still being written is told.

        Raises
        ------
        StoreError
            When the inbox is not there.
        """
        self._fs.invalidate_cache()
        found: list[Entry] = []
        refused: list[Remark] = []
        unfinished: set[str] = set()
        for item in self._walk():
            if isinstance(item, Remark):
                refused.append(item)
            elif (twin := unfinished_twin(item.path)) is not None:
                unfinished.add(twin.lower())
            elif not is_ignored(item.path):
                found.append(item)
        found.sort(key=lambda entry: entry.path)
        new = [e for e in found if reference_kind(e.path) or e.key not in seen]
        waiting = self._tell_growing(new, unfinished, now, settling)
        whole = [entry for entry in new if entry.path not in waiting]
        kinds = [(reference_kind(entry.path), entry) for entry in whole]
        return Scan(
            entries=tuple(entry for kind, entry in kinds if kind is None),
            references=tuple((kind, entry) for kind, entry in kinds if kind is not None),
            waiting=tuple(Remark(*item) for item in sorted(waiting.items())),
            refused=tuple(sorted(refused, key=lambda remark: remark.path)),
        )

    def open(self, entry: Entry) -> IO[bytes]:
        """Open a file for reading."""
        if self._is_local:
            return io.FileIO(entry.location)
        stream: IO[bytes] = self._fs.open(entry.location, "rb")
        return stream

    def is_unchanged(self, entry: Entry) -> bool:
        """Look at a file again: whether it is still the one that was listed."""
        try:
            return self._look(entry) == entry.key
        except FileNotFoundError:
            return False

    def _look(self, entry: Entry) -> SeenKey:
        if not self._is_local:
            self._fs.invalidate_cache(entry.location)
        return self._entry(entry.location, self._fs.info(entry.location), entry.path).key

    def _tell_growing(
        self, entries: list[Entry], unfinished: set[str], now: datetime, settling: Settling
    ) -> dict[str, str]:
        twins = {
            entry.path: "a half-written copy of the same name lies beside it"
            for entry in entries
            if entry.path.lower() in unfinished
        }
        edge = timedelta(seconds=settling.recent_seconds)
        recent = [
            entry
            for entry in entries
            if entry.modified_at is not None
            and abs(now - entry.modified_at) < edge
            and entry.path not in twins
        ]
        if recent:
            settling.sleep(settling.second_look_seconds)
        growing = {
            entry.path: "it changed while it was looked at"
            for entry in recent
            if not self.is_unchanged(entry)
        }
        return twins | growing

    def _walk(self) -> Iterator[Entry | Remark]:
        folders = [self._root]
        while folders:
            folder = folders.pop()
            try:
                listed = self._fs.ls(folder, detail=True)
            except OSError as error:
                if folder == self._root:
                    raise StoreError(
                        f"the inbox {self.source} cannot be listed: {error}; "
                        f"make the folder, or name another with --inbox"
                    ) from error
                yield Remark(self._relative(folder), f"the folder cannot be listed: {error}")
                continue
            for info in listed:
                if info["name"].rstrip("/") == folder:
                    continue
                if info["type"] == "directory":
                    if not is_ignored_folder(PurePosixPath(info["name"]).name):
                        folders.append(info["name"].rstrip("/"))
                else:
                    yield self._file(info)

    def _file(self, info: dict[str, Any]) -> Entry | Remark:
        location: str = info["name"]
        path = self._relative(location)
        if info.get("islink"):
            target = os.path.realpath(location)
            if not target.startswith(self._root + "/"):
                return Remark(path, "a link that leaves the inbox is not followed: copy the file")
            try:
                info = self._fs.info(target)
            except OSError:
                return Remark(path, "a link to nothing")
            if info["type"] == "directory":
                return Remark(path, "a link to a folder of the inbox: its files are read there")
        elif info["type"] != "file" or not stat.S_ISREG(info.get("mode", stat.S_IFREG)):
            return Remark(path, "neither a file nor a folder")
        return self._entry(location, info, path)

    def _entry(self, location: str, info: dict[str, Any], path: str) -> Entry:
        modified = next((info[key] for key in _MODIFIED if info.get(key) is not None), None)
        etag = next((str(info[key]) for key in _ETAG if info.get(key)), None)
        return Entry(path, location, int(info["size"] or 0), _moment(modified), etag)

    def _relative(self, location: str) -> str:
        return printable(location[len(self._root) :].strip("/"))


def seen_key(path: str, size_bytes: int, modified_at: datetime | None, etag: str | None) -> SeenKey:
    """Build the key by which a file is known again."""
    return path, size_bytes, modified_at.isoformat() if modified_at else None, etag


def reference_kind(path: str) -> str | None:
    """Give the kind of a reference file, `briefs/<name>` for a brief; null for any other."""
    parts = path.split("/")
    if len(parts) == 1:
        return _REFERENCE_FILES.get(path.lower())
    if len(parts) == 2 and parts[0].lower() == "briefs" and path.lower().endswith(".toml"):
        return f"briefs/{parts[1][: -len('.toml')]}"
    return None


def parcels(entries: Iterable[Entry]) -> list[Parcel]:
    """Group new files into deliveries, sorted by path: the same whatever the order given."""
    loose: dict[str, list[Entry]] = {}
    packed: list[Parcel] = []
    for entry in sorted(entries, key=lambda entry: entry.path):
        if entry.path.lower().endswith(".zip"):
            packed.append(Parcel(entry.path, is_zip=True, entries=(entry,)))
        else:
            loose.setdefault(str(PurePosixPath(entry.path).parent), []).append(entry)
    folders = [Parcel(path, is_zip=False, entries=tuple(files)) for path, files in loose.items()]
    return sorted(packed + folders, key=lambda parcel: (parcel.path, parcel.is_zip))


def without_credentials(url: str) -> str:
    """Take user with password, query and fragment out of an address, chained ones included.

    A user without a password stays: `abfs://container@account` is no credential.
    """
    return "::".join(_without_credentials(part) for part in url.split("::"))


def _without_credentials(url: str) -> str:
    parts = urlsplit(url)
    user, _, host = parts.netloc.rpartition("@")
    netloc = host if ":" in user else parts.netloc
    return urlunsplit((parts.scheme, netloc, parts.path.rstrip("/"), "", ""))


def _moment(value: Any) -> datetime | None:
    if value is None:
        return None
    if isinstance(value, int | float):
        return datetime.fromtimestamp(value, UTC)
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
