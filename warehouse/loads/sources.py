"""Sources: the files that wait to be read, as the readers take them."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

import polars as pl

from schemas.columns import PLATFORMS
from schemas.contract import polars_schema
from schemas.files import FileReading, FileRecord, SourceFile
from schemas.limits import DEFAULT_LIMITS, Limits
from schemas.ops import OPS
from warehouse.arrivals import archive, zips
from warehouse.arrivals.collect import unpacked
from warehouse.arrivals.deliveries import DeliveredFile, Delivery, deliveries, file_id
from warehouse.arrivals.inbox import Entry
from warehouse.arrivals.names import (
    is_ignored,
    is_ignored_folder,
    normalise_handle,
    owner,
    printable,
)
from warehouse.arrivals.withdrawals import withdrawals, withdrawn
from warehouse.home import Home, StoreError
from warehouse.loads.load import Load, key_of, known_keys, loads

_MEMORY_PER_MEMBER = 64 << 20
_MEMORY_PER_DELIVERY = 256 << 20
_READ_AGAIN = ("refused", "unrecognised", "kept")
_ALONE = "alone"
"""A repeated reading whose first one was withdrawn."""


@dataclass(frozen=True)
class Pending:
    """A delivery with the files of it that are still to be read."""

    delivery: Delivery
    files: tuple[DeliveredFile, ...]


@dataclass(frozen=True)
class Inspected:
    """Files named by hand that would be one delivery.

    Attributes
    ----------
    path
        Zip or folder as it was named.
    files
        What a reader would get.
    refused
        What no reader would get: records with the reason.
    """

    path: str
    files: tuple[SourceFile, ...]
    refused: tuple[FileRecord, ...]


def pending(
    home: Home, reader_version: str, known_loads: Iterable[Load] | None = None
) -> list[Pending]:
    """List the deliveries with files to read, by arrival.

    A file without any reading is to be read; so is one that another version of the readers
    refused, did not recognise or kept without a table to fill, and one that repeated what has
    been withdrawn since. What was loaded, repeated or empty is not; what the zip's limits refused
    needs only to be recorded once. A withdrawn file is not read.
    """
    known = loads(home) if known_loads is None else list(known_loads)
    gone = withdrawn(withdrawals(home))
    standing = known_keys(home, known) if gone else {}
    last: dict[str, list[tuple[str, str]]] = {}
    for load in known:
        in_load: dict[str, list[tuple[str, str]]] = {}
        for record in load.file_rows:
            is_alone = gone and record["status"] == "repeated" and key_of(record) not in standing
            status = (_ALONE if is_alone else record["status"], load.reader_version)
            in_load.setdefault(record["file_id"], []).append(status)
        last |= in_load
    waiting = [
        Pending(
            one,
            tuple(
                file
                for file in one.files
                if file.file_id not in gone and _is_pending(file, last, reader_version)
            ),
        )
        for one in deliveries(home)
    ]
    return [one for one in waiting if one.files]


def source_files(
    home: Home,
    delivery: Delivery,
    zone: ZoneInfo,
    *,
    scratch: Path | None = None,
    files: Iterable[DeliveredFile] | None = None,
) -> list[SourceFile]:
    """Give a delivery's readable files with their bytes or where the bytes lie.

    Parameters
    ----------
    zone
        Zone of the deployment; cuts the source's day of modification.
    scratch
        Folder for members too large for memory; a new one under work/ when null.
    files
        Which of the delivery's files; all when null. Those refused are left out.
    """
    members = _Members(scratch or home.work / f"members-{delivery.delivery_id}")
    found = []
    for file in delivery.files if files is None else files:
        if file.refused:
            continue
        if delivery.packed and file.position is not None:
            location = archive.path(home, delivery.packed.sha256)
            content: bytes | Path = members.content(location, file)
        else:
            content = archive.path(home, file.sha256)
        found.append(_source(file, content, zone, delivery.arrived_on, owner(file.path)))
    return found


def refusals(delivery: Delivery, files: Iterable[DeliveredFile] | None = None) -> list[FileReading]:
    """Give a reading without rows for each file that the zip's limits or damage refused."""
    return [
        FileReading(record=_refused(file, owner(file.path)), tables={}, quarantine=no_quarantine())
        for file in (delivery.files if files is None else files)
        if file.refused
    ]


def no_quarantine() -> pl.DataFrame:
    """Give no rows of ops.quarantine, without the load's columns."""
    return pl.DataFrame(schema=polars_schema(OPS["quarantine"])).drop("load_id", "loaded_at")


def inspect_sources(
    paths: Iterable[str | os.PathLike[str]],
    today: date,
    zone: ZoneInfo,
    *,
    scratch: Path,
    limits: Limits = DEFAULT_LIMITS,
) -> list[Inspected]:
    """Take files, folders and zips as deliveries without a home; writes only large members.

    Parameters
    ----------
    today
        Stands for the day of arrival.
    scratch
        Folder for members too large for memory; made when the first one comes.

    Raises
    ------
    StoreError
        When a path is not there.
    """
    found = [file for path in paths for file in _named_files(Path(path))]
    members = _Members(scratch)
    folders = [file for file in found if not _is_zip(file)]
    parcels = [[file] for file in found if _is_zip(file)] + [
        list(group)
        for _, group in groupby(sorted(folders), key=lambda file: os.fspath(file.parent))
    ]
    return sorted(
        (_inspect_parcel(files, today, zone, members, limits) for files in parcels),
        key=lambda inspected: inspected.path,
    )


class _Members:
    """Hands out members' bytes while they are few, and files under scratch beyond."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._held = 0

    def content(self, packed: Path, file: DeliveredFile) -> bytes | Path:
        assert file.position is not None
        fits = file.size_bytes <= _MEMORY_PER_MEMBER
        if fits and self._held + file.size_bytes <= _MEMORY_PER_DELIVERY:
            self._held += file.size_bytes
            return zips.read(packed, file.position)
        self._scratch.mkdir(parents=True, exist_ok=True)
        target = self._scratch / file.file_id
        zips.extract(packed, file.position, target)
        return target


def _is_pending(
    file: DeliveredFile, last: dict[str, list[tuple[str, str]]], reader_version: str
) -> bool:
    readings = last.get(file.file_id)
    if readings is None:
        return True
    return not file.refused and any(
        status == _ALONE or (status in _READ_AGAIN and version != reader_version)
        for status, version in readings
    )


def _source(
    file: DeliveredFile,
    content: bytes | Path,
    zone: ZoneInfo,
    arrived_on: date,
    whose: tuple[str | None, str | None],
) -> SourceFile:
    return SourceFile(
        file_id=file.file_id,
        path=file.path,
        member=file.member,
        content=content,
        sha256=file.sha256,
        size_bytes=file.size_bytes,
        platform=whose[0],
        handle=whose[1],
        modified_on=file.modified_at.astimezone(zone).date() if file.modified_at else None,
        entry_on=file.entry_time.date() if file.entry_time else None,
        arrived_on=arrived_on,
    )


def _refused(file: DeliveredFile, whose: tuple[str | None, str | None]) -> FileRecord:
    return FileRecord(
        file_id=file.file_id,
        path=file.path,
        member=file.member,
        sheet=None,
        sha256=file.sha256,
        size_bytes=file.size_bytes,
        platform=whose[0],
        handle=whose[1],
        account_ref=None,
        export=None,
        language=None,
        status="refused",
        reason=file.refused,
        rows_in=0,
        loaded=0,
        quarantined=0,
        not_data=0,
    )


def _named_files(path: Path) -> Iterator[Path]:
    if not path.exists():
        raise StoreError(f"{path} is not there: name a file, a folder or a zip")
    if path.is_file():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not is_ignored_folder(name))
        yield from (Path(folder, name) for name in sorted(names) if not is_ignored(name))


def _is_zip(path: Path) -> bool:
    return path.suffix.lower() == ".zip"


def _inspect_parcel(
    paths: list[Path], today: date, zone: ZoneInfo, members: _Members, limits: Limits
) -> Inspected:
    files: list[SourceFile] = []
    refused: list[FileRecord] = []
    for path in paths:
        name, whose = _within_inbox(path)
        sha256, size = archive.hash_file(path)
        modified_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        if _is_zip(path):
            entry = Entry(name, os.fspath(path), size, modified_at, None)
            found = list(unpacked("", entry, archive.Stored(sha256, size, path), limits))
        else:
            found = [
                DeliveredFile(
                    file_id=file_id("", name),
                    path=name,
                    sha256=sha256,
                    size_bytes=size,
                    modified_at=modified_at,
                )
            ]
        for file in found:
            if file.refused:
                refused.append(_refused(file, whose))
                continue
            content = path if file.position is None else members.content(path, file)
            files.append(_source(file, content, zone, today, whose))
    label = paths[0] if _is_zip(paths[0]) else paths[0].parent
    return Inspected(os.fspath(label), tuple(files), tuple(refused))


def _within_inbox(path: Path) -> tuple[str, tuple[str | None, str | None]]:
    """Give the path as an inbox would hold it, from its last `<platform>/<handle>/` on."""
    parts = path.resolve().parts
    for start in range(len(parts) - 3, -1, -1):
        if parts[start].lower() in PLATFORMS and normalise_handle(parts[start + 1]):
            name = printable(os.fspath(PurePosixPath(*parts[start:])))
            return name, owner(name)
    return printable(os.fspath(path)), (None, None)
