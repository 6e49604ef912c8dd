"""Publication: the DuckDB file that SQL users open, derived from Parquet and swapped whole."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from warehouse.home import make_folder, remove
from warehouse.published import staging
from warehouse.published.dictionary import digest
from warehouse.published.generations import (
    Manifest,
    copy_hashed,
    has_log,
    next_generation,
    protect,
    prune,
    recognise,
    retain,
    serve,
)
from warehouse.published.publication import (
    Change,
    Contents,
    MartPart,
    Publication,
    changes,
    obstacle,
    pieces,
    sha256_of,
)
from warehouse.published.staging import PublishError, Resources

__all__ = ["MartPart", "Publication", "PublishError", "Published", "Resources", "publish"]

Outcome = Literal["unchanged", "updated", "rebuilt"]
Phase = Literal["read", "copy", "fill", "check", "seal", "swap", "prune"]
"""What a publication is busy with, in this order; `copy` is left out of a rebuild."""


@dataclass(frozen=True, kw_only=True)
class Published:
    """What a publication came to.

    Attributes
    ----------
    reason
        Why the file was built from scratch; null when it was not.
    rows
        `layer.table` to its rows.
    changed
        Tables that differ from what was served before; all of them after a rebuild.
    """

    outcome: Outcome
    reason: str | None
    path: Path
    generation: int
    sha256: str
    size_bytes: int
    rows: Mapping[str, int] = field(repr=False)
    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """What to do about what lies there.

    Attributes
    ----------
    served
        The generation that lies at the target, where it is one.
    spoilt_inode
        Inode of what lies at the target, where it is none.
    reason
        Why to build from scratch, or null.
    """

    served: Manifest | None
    spoilt_inode: int | None
    reason: str | None
    dictionary: str
    changes: tuple[Change, ...]

    @property
    def is_done(self) -> bool:
        return self.reason is None and all(change.is_none for change in self.changes)


def publish(
    target: Path,
    work: Path,
    generations: Path,
    content: Publication,
    *,
    keep: int = 3,
    rebuild: bool = False,
    resources: Resources | None = None,
    on_phase: Callable[[Phase], None] | None = None,
) -> Published:
    """Make the served file hold exactly `content`, or leave it as it was.

    A file whose bytes are those of a known generation is copied and brought up to date; any
    other, or one with other definitions, is built from scratch. The copy is checked, sealed
    read-only and renamed over the target. Equal content makes no new generation. One
    publication at a time: the caller holds the home's lock.

    Parameters
    ----------
    target
        The file to serve.
    work
        Scratch of this run, on the target's file system. A file that fails stays in it.
    generations
        Folder where the last `keep` generations lie as hard links, each with its manifest.
    rebuild
        Build from scratch whatever lies there. With `keep=1`, nothing of earlier files
        remains: a deleted row's bytes stay in a DuckDB file, so this is how to forget.
    resources
        Memory, threads and disk that DuckDB may use.
    on_phase
        Told of each phase as it begins.

    Raises
    ------
    PublishError
        When the staged file fails a check; names table, rule, counts and the staged file.
    ValueError
        When a contract cannot be published.
    """
    if keep < 1:
        raise ValueError(f"keep {keep} generation(s): the one being served is one of them")
    if keep < 1:
        raise ValueError(f"keep {keep} generation(s): the one being served is one of them")
    tell = on_phase or _ignore
    tell("read")
    _prepare(work, target)
    plan = _plan(target, generations, content, work / "frames", rebuild=rebuild)
    if plan.served and plan.is_done:
        protect(target)
        remove(work / "frames")
        return _report("unchanged", plan, target, plan.served)
    staged = work / "staged.duckdb"
    if plan.served and plan.reason is None:
        tell("copy")
        _copy(target, staged, plan.served)
    contents = _fill(staged, content, plan, resources or Resources(), tell)
    manifest = _swap(staged, target, generations, plan, contents, keep, tell)
    remove(work / "frames")
    return _report("rebuilt" if plan.reason else "updated", plan, target, manifest)


def _ignore(phase: Phase) -> None:
    pass


def _prepare(work: Path, target: Path) -> None:
    """Make the folders, and remove what an earlier publication left in this work folder."""
    make_folder(work)
    make_folder(target.parent)
    if work.stat().st_dev != target.parent.stat().st_dev:
        raise PublishError(
            f"{work} and {target.parent} lie on two file systems, so that the file cannot be "
            f"renamed into place: choose a work folder beside the warehouse"
        )
    for name in ("staged.duckdb", "staged.duckdb.wal", "frames", "spill"):
        if (work / name).exists():
            remove(work / name)
    make_folder(work / "frames")


def _plan(
    target: Path, generations: Path, content: Publication, frames: Path, *, rebuild: bool
) -> _Plan:
    dictionary = digest(content.tables)
    found = sha256_of(target) if target.exists() else None
    served = recognise(generations, found) if found else None
    wanted = pieces(content, served.contents if served else {}, frames)
    reason: str | None
    if rebuild:
        reason = "asked for"
    elif found is None:
        reason = f"{target.name} is not there"
    elif served is None or has_log(target):
        reason = f"{target.name} is not as it was published: somebody wrote into it"
    elif served.dictionary != dictionary:
        reason = "definitions of tables changed"
    else:
        reason = obstacle(wanted, served.contents, content.withdrawn)
    base: Contents = served.contents if served and reason is None else {}
    return _Plan(
        served=served,
        spoilt_inode=target.stat().st_ino if found and not served else None,
        reason=reason,
        dictionary=dictionary,
        changes=tuple(changes(wanted, base)),
    )


def _copy(target: Path, staged: Path, served: Manifest) -> None:
    if copy_hashed(target, staged) != served.sha256:
        raise PublishError(f"{target} changed while it was copied: publish again")


def _fill(
    staged: Path,
    content: Publication,
    plan: _Plan,
    resources: Resources,
    tell: Callable[[Phase], None],
) -> Contents:
    try:
        with staging.opened(staged, resources) as connection:
            tell("fill")
            if plan.reason is not None:
                staging.create(connection, content.tables)
            contents = staging.apply(connection, content.tables, plan.changes, resources.threads)
            tell("check")
            staging.check(connection, content.tables, plan.changes, contents)
            connection.execute("checkpoint")
    except PublishError as error:
        raise PublishError(f"{error} (not published; see {staged})") from error
    if has_log(staged):
        raise PublishError(f"{staged} was not written out whole (not published)")
    return contents


def _swap(
    staged: Path,
    target: Path,
    generations: Path,
    plan: _Plan,
    contents: Contents,
    keep: int,
    tell: Callable[[Phase], None],
) -> Manifest:
    tell("seal")
    manifest = Manifest(
        generation=next_generation(generations),
        sha256=sha256_of(staged),
        size_bytes=staged.stat().st_size,
        dictionary=plan.dictionary,
        contents=contents,
    )
    retain(generations, staged, manifest)
    tell("swap")
    serve(staged, target)
    tell("prune")
    prune(generations, manifest.generation, keep=keep, spoilt_inode=plan.spoilt_inode)
    return manifest


def _report(outcome: Outcome, plan: _Plan, target: Path, manifest: Manifest) -> Published:
    return Published(
        outcome=outcome,
        reason=plan.reason,
        path=target,
        generation=manifest.generation,
        sha256=manifest.sha256,
        size_bytes=manifest.size_bytes,
        rows=manifest.rows,
        changed=tuple(change.table for change in plan.changes if plan.reason or not change.is_none),
    )
