"""The home folder: where everything lies, one writer at a time, files that appear whole."""

import fcntl
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_SYNC_THREADS = 8
"""Concurrent fsyncs share a journal commit: twice the files a second of one after the other."""

_LOOK_AGAIN_S = 0.5
"""Between two looks at a lock that another one holds."""

_held: set[Path] = set()
"""Homes this process writes; the lock file says it to the other processes."""


class StoreError(Exception):
    """The store cannot be written or read as asked."""


@dataclass(frozen=True)
class Home:
    """The folders of one deployment.

    Attributes
    ----------
    path
        The home folder; everything else lies below it.
    """

    path: Path

    def __post_init__(self) -> None:
        """Make the path absolute, so that a change of directory moves nothing."""
        object.__setattr__(self, "path", Path(self.path).expanduser().resolve())

    @property
    def archive(self) -> Path:
        """Bytes of every file that arrived, once, by SHA-256."""
        return self.path / "store" / "archive"

    @property
    def deliveries(self) -> Path:
        """One record a delivery: what arrived together."""
        return self.path / "store" / "deliveries"

    @property
    def loads(self) -> Path:
        """One folder a load: what was read in one run."""
        return self.path / "store" / "loads"

    @property
    def reference(self) -> Path:
        """Every version of every reference file."""
        return self.path / "store" / "reference"

    @property
    def withdrawals(self) -> Path:
        """One record a withdrawal: what was taken back, or given back."""
        return self.path / "store" / "withdrawals"

    @property
    def marts(self) -> Path:
        """One folder a mart and day."""
        return self.path / "store" / "marts"

    @property
    def work(self) -> Path:
        """Scratch; on the same file system as the store, so that a rename moves it there."""
        return self.path / "work"

    @property
    def warehouse(self) -> Path:
        """The published DuckDB file."""
        return self.path / "warehouse.duckdb"

    @property
    def generations(self) -> Path:
        """Earlier publications."""
        return self.path / ".generations"

    @property
    def edited_reference(self) -> Path:
        """Reference files laid down for editing: tiers, rate cards, word lists."""
        return self.path / "reference"

    def create(self) -> "Home":
        """Make the folders that are missing."""
        for folder in (
            self.archive,
            self.deliveries,
            self.loads,
            self.reference,
            self.withdrawals,
            self.marts,
            self.work,
        ):
            make_folder(folder)
        return self

    def scratch(self, prefix: str) -> Path:
        """Make a new empty folder under work/, named after what it is for."""
        path = self.work / f"{prefix}-{secrets.token_hex(6)}"
        path.mkdir(parents=True)
        return path

    @contextmanager
    def lock(
        self, run: str = "", *, wait_s: float = 0.0, told: Callable[[str], None] | None = None
    ) -> Iterator[None]:
        """Hold the right to write; the system gives it back when the process dies.

        Parameters
        ----------
        run
            Name of what writes, told to whoever finds the home taken.
        wait_s
            Longest wait for another writer, seconds.
        told
            Hears whom the wait is for, once for each of them.

        Raises
        ------
        StoreError
            When another process, or another part of this one, still holds it after the wait;
            names its pid, its run and since when.
        """
        self.create()
        descriptor = os.open(self.path / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            self._take(descriptor, wait_s, told)
            since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()} ({run or 'no run'}, since {since})".encode(), 0)
            _held.add(self.path)
            try:
                yield
            finally:
                _held.discard(self.path)
        finally:
            os.close(descriptor)

    def _take(
        self, descriptor: int, wait_s: float, told: Callable[[str], None] | None = None
    ) -> None:
        until = time.monotonic() + wait_s
        waits_for = ""
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = os.pread(descriptor, 500, 0).decode().strip() or "unknown"
            else:
                return
            taken = f"{self.path} is being written by process {holder}"
            if (left_s := until - time.monotonic()) <= 0:
                raise StoreError(f"{taken}: wait until it ends, or end it, then try again")
            if told is not None and holder != waits_for:
                told(f"waiting: {taken}")
                waits_for = holder
            time.sleep(min(_LOOK_AGAIN_S, left_s))

    def sweep(self) -> list[str]:
        """Remove what a crashed run left under work/; give the names of what was removed.

        Raises
        ------
        StoreError
            Outside `lock()`: another run's scratch would be removed under its feet.
        """
        if self.path not in _held:
            raise StoreError(f"{self.work} can only be swept while the lock of the home is held")
        left = sorted(self.work.iterdir())
        for path in left:
            remove(path)
        return [path.name for path in left]


def remove(path: Path) -> None:
    """Remove a file or a folder with what is in it."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def place(source: Path, target: Path) -> bool:
    """Move a finished file or folder to its place: it appears whole or not at all.

    Parameters
    ----------
    source
        File or folder under work/.
    target
        Place in the store; one that exists is whole, is kept, and `source` is removed.

    Returns
    -------
    bool
        Whether `source` was placed.
    """
    if target.exists():
        remove(source)
        return False
    below = [path for path in source.rglob("*") if path.is_file()] if source.is_dir() else []
    sync([*below, *{path.parent for path in below}, source])
    make_folder(target.parent)
    source.rename(target)
    sync([target.parent])
    return True


def replace_file(source: Path, target: Path) -> None:
    """Move a finished file over the one that may lie there."""
    sync([source])
    make_folder(target.parent)
    source.replace(target)
    sync([target.parent])


def place_files(moves: Iterable[tuple[Path, Path]]) -> None:
    """Move many finished files to their places, each whole; faster than one by one."""
    moves = list(moves)
    sync(source for source, _ in moves)
    parents = {target.parent for _, target in moves}
    for parent in parents:
        make_folder(parent)
    for source, target in moves:
        source.replace(target)
    sync(parents)


def make_folder(path: Path) -> None:
    """Make a folder and those above it, so that they outlive a power cut."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(exist_ok=True)
    sync([path.parent])


def sync(paths: Iterable[Path]) -> None:
    """Have files and folders written to disk before going on."""
    paths = list(paths)
    if len(paths) < _SYNC_THREADS:
        for path in paths:
            _sync_one(path)
        return
    with ThreadPoolExecutor(_SYNC_THREADS) as threads:
        list(threads.map(_sync_one, paths))


def _sync_one(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
