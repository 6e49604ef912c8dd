"""What is to be published: the Parquet behind every table, and what of it is new."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from warehouse.published.dictionary import Contract

WHOLE = "whole"
"""Key of a table that is replaced as one."""

WITHDRAWALS = "ops.withdrawal"


@dataclass(frozen=True)
class MartPart:
    """One partition of a mart.

    Attributes
    ----------
    inputs_hash
        Equal hashes, equal tables; recorded, and another hash has the file read again.
    """

    path: Path
    inputs_hash: str


@dataclass(frozen=True, kw_only=True)
class Publication:
    """Everything the published file is to hold. A table that is not named is empty.

    Attributes
    ----------
    tables
        `layer.table` to contract, all that exist; see `dictionary.tables`.
    history
        Table to load id to Parquet files, loads in the order they were made.
    core
        Table to Parquet files, sorted by grain; replaced whole.
    mart
        Table to day to partition.
    ops, ref
        Table to rows, or to Parquet files; replaced whole.
    withdrawn
        Load id to what the last withdrawal that touched it did, said when its rows differ from
        those published and `ops.withdrawal` does, too.
    """

    tables: Mapping[str, Contract]
    history: Mapping[str, Mapping[str, Sequence[Path]]] = field(default_factory=dict)
    core: Mapping[str, Sequence[Path]] = field(default_factory=dict)
    mart: Mapping[str, Mapping[date, MartPart]] = field(default_factory=dict)
    ops: Mapping[str, pl.DataFrame | Sequence[Path]] = field(default_factory=dict)
    ref: Mapping[str, pl.DataFrame | Sequence[Path]] = field(default_factory=dict)
    withdrawn: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a table that no contract describes."""
        layers = {
            "history": self.history,
            "core": self.core,
            "mart": self.mart,
            "ops": self.ops,
            "ref": self.ref,
        }
        named = [f"{layer}.{table}" for layer, held in layers.items() for table in held]
        if unknown := [name for name in named if name not in self.tables]:
            raise ValueError(f"no contract for {', '.join(unknown)}: register it among the tables")


@dataclass(frozen=True, kw_only=True)
class Content:
    """One Parquet file as it stands in a published file.

    Attributes
    ----------
    key
        Load id, day, or `whole`.
    name
        Of the file, without its folder.
    """

    key: str
    name: str
    size_bytes: int
    modified_ns: int
    inputs_hash: str | None
    sha256: str
    rows: int = 0

    @property
    def seen(self) -> tuple[str, str, int, int, str | None]:
        """Give what is known of the file without reading it."""
        return self.key, self.name, self.size_bytes, self.modified_ns, self.inputs_hash

    @property
    def identity(self) -> tuple[str, str]:
        """Give what makes two contents the same rows."""
        return self.key, self.sha256


@dataclass(frozen=True)
class Piece:
    """A file to publish, with what identifies it."""

    path: Path
    content: Content


Contents = Mapping[str, tuple[Content, ...]]
"""`layer.table` to the files in it, in order."""


@dataclass(frozen=True)
class Change:
    """What has to be done to one table.

    Attributes
    ----------
    kept
        Contents that stay, in order.
    removed
        Keys whose rows are deleted; days, only of a mart.
    added
        Files to append, in order.
    is_replaced
        Whether the table is emptied first.
    """

    table: str
    kept: tuple[Content, ...]
    removed: tuple[str, ...]
    added: tuple[Piece, ...]
    is_replaced: bool

    @property
    def is_none(self) -> bool:
        """Whether the table stays as it is."""
        return not (self.removed or self.added or self.is_replaced)


def pieces(
    publication: Publication, published: Contents, scratch: Path
) -> dict[str, tuple[Piece, ...]]:
    """List the files of every table, in the order their rows are to have.

    Parameters
    ----------
    published
        A file of the same key, name, size, time and inputs is taken for the one published;
        all others are hashed.
    scratch
        Folder that receives the frames as Parquet.
    """
    return {
        name: tuple(
            _piece(key, path, inputs_hash, published.get(name, ()))
            for key, path, inputs_hash in _sources(publication, name, scratch)
        )
        for name in publication.tables
    }


def obstacle(
    wanted: Mapping[str, tuple[Piece, ...]], published: Contents, withdrawn: Mapping[str, str]
) -> str | None:
    """Say why the published file cannot be brought up to date, or null when it can.

    History is append-only: a load in the file that is not wanted, or not like that, means a new
    file, since the bytes of deleted rows stay in a DuckDB file.

    Parameters
    ----------
    withdrawn
        As of `Publication`.
    """
    recorded = _identities(wanted.get(WITHDRAWALS, ()))
    is_recorded = recorded != [one.identity for one in published.get(WITHDRAWALS, ())]
    for name, contents in published.items():
        if not name.startswith("history."):
            continue
        identities = set(_identities(wanted[name]))
        for content in contents:
            if content.identity not in identities:
                known = withdrawn.get(content.key) if is_recorded else None
                return f"{name}: {known or f'load {content.key} disappeared or changed'}"
    return None


def _identities(files: Iterable[Piece]) -> list[tuple[str, str]]:
    return [file.content.identity for file in files]


def changes(wanted: Mapping[str, tuple[Piece, ...]], published: Contents) -> list[Change]:
    """Say what to do to each table of the published file.

    A table whose files begin with those published is appended to; any other is replaced. Of a
    mart, the days before the first that differs stay; later ones are appended anew, so
    that rows stand in the order of days however the file came about. Days that retention
    removed are deleted in place.
    """
    return [_change(name, files, published.get(name, ())) for name, files in wanted.items()]


def sha256_of(path: Path) -> str:
    """Hash a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sources(
    publication: Publication, name: str, scratch: Path
) -> Iterator[tuple[str, Path, str | None]]:
    layer, _, table = name.partition(".")
    if layer == "history":
        for load_id, paths in publication.history.get(table, {}).items():
            yield from ((load_id, path, None) for path in paths)
    elif layer == "mart":
        for day, part in sorted(publication.mart.get(table, {}).items()):
            yield day.isoformat(), part.path, part.inputs_hash
    else:
        held = {"core": publication.core, "ops": publication.ops, "ref": publication.ref}[layer]
        rows = held.get(table, ())
        if isinstance(rows, pl.DataFrame):
            rows = [_write_frame(rows, scratch / f"{name}.parquet")]
        yield from ((WHOLE, path, None) for path in rows)


def _write_frame(frame: pl.DataFrame, path: Path) -> Path:
    frame.write_parquet(path, compression="lz4", row_group_size=122_880)
    return path


def _piece(key: str, path: Path, inputs_hash: str | None, published: tuple[Content, ...]) -> Piece:
    stat = path.stat()
    seen = (key, path.name, stat.st_size, stat.st_mtime_ns, inputs_hash)
    for known in published:
        if known.seen == seen:
            return Piece(path, known)
    content = Content(
        key=key,
        name=path.name,
        size_bytes=stat.st_size,
        modified_ns=stat.st_mtime_ns,
        inputs_hash=inputs_hash,
        sha256=sha256_of(path),
    )
    return Piece(path, content)


def _change(name: str, wanted: tuple[Piece, ...], published: tuple[Content, ...]) -> Change:
    kept = _kept(wanted, published)
    if name.startswith("mart."):
        staying = {content.key for content in kept}
        removed = tuple(content.key for content in published if content.key not in staying)
        return Change(name, kept, removed, wanted[len(kept) :], is_replaced=False)
    if len(kept) == len(published):
        return Change(name, kept, (), wanted[len(kept) :], is_replaced=False)
    return Change(name, (), (), wanted, is_replaced=True)


def _kept(wanted: tuple[Piece, ...], published: tuple[Content, ...]) -> tuple[Content, ...]:
    """Give the first contents wanted that stand in the file in that order already."""
    kept: list[Content] = []
    remaining = iter(published)
    for piece in wanted:
        identity = piece.content.identity
        same = next((content for content in remaining if content.identity == identity), None)
        if same is None:
            break
        kept.append(same)
    return tuple(kept)
