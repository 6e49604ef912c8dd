"""Generations: what was published, how to recognise it, and how a new one takes its place."""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from warehouse.home import make_folder, remove, replace_file, sync
from warehouse.published.publication import Content, Contents

FORMAT = 1
_READ_ONLY = 0o444
_CHUNK_BYTES = 1 << 23


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What one generation holds: `<generation>.json` beside `<generation>.duckdb`.

    Attributes
    ----------
    sha256
        Of the whole file; a published file is recognised by it.
    dictionary
        Hash of every definition and comment in it.
    """

    generation: int
    sha256: str
    size_bytes: int
    dictionary: str
    contents: Contents = field(repr=False)

    @property
    def rows(self) -> dict[str, int]:
        """Give the rows of each table."""
        return {
            name: sum(content.rows for content in contents)
            for name, contents in self.contents.items()
        }


def recognise(folder: Path, sha256: str) -> Manifest | None:
    """Find the generation whose bytes these are, or null: then nobody published them."""
    for path in sorted(folder.glob("*.json"), reverse=True):
        manifest = _read(path)
        if manifest is not None and manifest.sha256 == sha256:
            return manifest
    return None


def next_generation(folder: Path) -> int:
    """Give a number that no generation has had, as far as the folder tells."""
    return max((int(path.stem) for path in _files(folder)), default=0) + 1


def copy_hashed(source: Path, target: Path) -> str:
    """Copy a file and hash what was copied, in one pass."""
    digest = hashlib.sha256()
    with source.open("rb") as reading, target.open("wb") as writing:
        while chunk := reading.read(_CHUNK_BYTES):
            digest.update(chunk)
            writing.write(chunk)
    return digest.hexdigest()


def retain(folder: Path, staged: Path, manifest: Manifest) -> None:
    """Make a finished file a generation: its manifest first, then a hard link to it.

    Both stand before the file is served, so that whatever is served is recognised.
    """
    make_folder(folder)
    written = staged.with_suffix(".json")
    written.write_text(json.dumps(_plain(manifest), indent=1), encoding="utf-8")
    replace_file(written, folder / f"{manifest.generation:06d}.json")
    staged.chmod(_READ_ONLY)
    sync([staged])
    os.link(staged, folder / f"{manifest.generation:06d}.duckdb")
    sync([folder])


def serve(staged: Path, target: Path) -> None:
    """Rename a finished file over the one being served.

    Readers that have the old one open keep it. A write-ahead log that a stranger left beside
    the target would keep the new file from opening, so it goes first.
    """
    remove(_log_of(target))
    staged.replace(target)
    sync([target.parent])


def prune(folder: Path, last: int, *, keep: int, spoilt_inode: int | None = None) -> None:
    """Remove all generations but the newest, and every link to a file somebody wrote into.

    Parameters
    ----------
    last
        The newest generation, which is being served.
    keep
        How many to keep, the one being served included.
    spoilt_inode
        Inode of the file that lay at the target with other bytes than were published.
    """
    for path in _files(folder):
        is_old = int(path.stem) <= last - keep
        if is_old or (spoilt_inode is not None and path.stat().st_ino == spoilt_inode):
            remove(path)
    sync([folder])


def protect(target: Path) -> None:
    """Make the served file read-only again, should somebody have changed that."""
    if target.stat().st_mode & 0o777 != _READ_ONLY:
        target.chmod(_READ_ONLY)


def has_log(target: Path) -> bool:
    """Whether somebody opened the target for writing and left a write-ahead log."""
    return _log_of(target).exists()


def _log_of(target: Path) -> Path:
    return target.with_name(target.name + ".wal")


def _files(folder: Path) -> Iterable[Path]:
    return [
        path
        for path in folder.glob("*")
        if path.suffix in (".json", ".duckdb") and path.stem.isdecimal()
    ]


def _plain(manifest: Manifest) -> dict[str, object]:
    return {"format": FORMAT} | asdict(manifest)


def _read(path: Path) -> Manifest | None:
    record = json.loads(path.read_text(encoding="utf-8"))
    if record.pop("format") != FORMAT:
        return None
    contents = {
        name: tuple(Content(**each) for each in listed)
        for name, listed in record.pop("contents").items()
    }
    return Manifest(**record, contents=contents)
