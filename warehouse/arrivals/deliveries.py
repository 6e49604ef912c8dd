"""Deliveries: what arrived together, recorded once its bytes are in the archive."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from schemas.contract import polars_schema
from schemas.ops import OPS
from warehouse.arrivals.inbox import SeenKey, seen_key
from warehouse.home import Home, StoreError, place_files


@dataclass(frozen=True, kw_only=True)
class DeliveredFile:
    """One file of a delivery, or one member of its zip.

    Attributes
    ----------
    path
        Within the inbox; for a member, its zip's.
    position
        The member's place in its zip's directory.
    sha256
        Of the file's or the unpacked member's bytes; the zip's where a member was refused.
    modified_at
        UTC, the source's own; for a member, its zip's.
    entry_time
        The zip entry's own time, without a zone.
    refused
        Why it is not read, or null.
    """

    file_id: str
    path: str
    member: str | None = None
    position: int | None = None
    sha256: str
    size_bytes: int
    modified_at: datetime | None = None
    etag: str | None = None
    entry_time: datetime | None = None
    refused: str | None = None


@dataclass(frozen=True, kw_only=True)
class Packed:
    """The zip of a delivery."""

    sha256: str
    size_bytes: int
    modified_at: datetime | None
    etag: str | None


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What arrived together: one zip, or the loose files of one folder in one night.

    Attributes
    ----------
    delivery_id
        Sorts by arrival.
    arrived_at
        When it was first seen, UTC.
    arrived_on
        That day in the deployment's time zone.
    source
        Inbox it came from, without credentials.
    path
        Zip or folder within the inbox.
    platform, handle
        What the path says; null outside `<platform>/<handle>/`.
    packed
        The zip; null for loose files.
    """

    delivery_id: str
    arrived_at: datetime
    arrived_on: date
    source: str
    path: str
    platform: str | None
    handle: str | None
    packed: Packed | None
    files: tuple[DeliveredFile, ...]

    @property
    def seen(self) -> Iterator[SeenKey]:
        """Give the keys by which the inbox's files are known again."""
        if self.packed:
            packed = self.packed
            yield seen_key(self.path, packed.size_bytes, packed.modified_at, packed.etag)
        else:
            for file in self.files:
                yield seen_key(file.path, file.size_bytes, file.modified_at, file.etag)


def deliveries(home: Home) -> list[Delivery]:
    """Read every delivery, by arrival."""
    if not home.deliveries.is_dir():
        return []
    paths = sorted(home.deliveries.glob("*.json"))
    return [_from_json(path) for path in paths]


def delivery_frame(records: Iterable[Delivery]) -> pl.DataFrame:
    """Give deliveries as rows of ops.delivery: one per delivery."""
    return pl.DataFrame(
        [
            {
                "delivery_id": one.delivery_id,
                "arrived_at": one.arrived_at,
                "source": one.source,
                "path": one.path,
                "files": len(one.files),
                "size_bytes": sum(file.size_bytes for file in one.files),
            }
            for one in records
        ],
        schema=polars_schema(OPS["delivery"]),
    )


def delivery_id(arrived_at: datetime, source: str, path: str, files: Iterable[str]) -> str:
    """Name a delivery: sorts by arrival, and the same files at the same moment name the same."""
    return f"{arrived_at:%Y%m%dT%H%M%SZ}-" + _short_hash(source, path, *files, length=12)


def file_id(delivery_id: str, path: str, member: str = "", position: int = 0) -> str:
    """Name a file or member within all deliveries: the same for the same delivery."""
    return _short_hash(delivery_id, path, member, str(position), length=20)


def _short_hash(*parts: str, length: int) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:length]


def write(home: Home, records: list[Delivery]) -> None:
    """Put the records of new deliveries in their places, each whole."""
    if not records:
        return
    scratch = home.scratch("deliveries")
    moves = []
    for one in records:
        name = f"{one.delivery_id}.json"
        (scratch / name).write_text(json.dumps(_to_json(one)), encoding="utf-8")
        moves.append((scratch / name, home.deliveries / name))
    place_files(moves)
    scratch.rmdir()


def _to_json(delivery: Delivery) -> dict[str, Any]:
    record = _plain(vars(delivery))
    record["files"] = [_plain(vars(file)) for file in delivery.files]
    if delivery.packed:
        record["packed"] = _plain(vars(delivery.packed))
    return record


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in fields.items()
        if value is not None
    }


def _from_json(path: Path) -> Delivery:
    try:
        record = json.loads(path.read_bytes())
        packed = record.get("packed")
        return Delivery(
            delivery_id=record["delivery_id"],
            arrived_at=datetime.fromisoformat(record["arrived_at"]),
            arrived_on=date.fromisoformat(record["arrived_on"]),
            source=record["source"],
            path=record["path"],
            platform=record.get("platform"),
            handle=record.get("handle"),
            packed=Packed(**(dict(etag=None, modified_at=None) | _timed(packed)))
            if packed
            else None,
            files=tuple(DeliveredFile(**_timed(file)) for file in record["files"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path} is not a delivery record: {error!r}") from error


def _timed(fields: dict[str, Any]) -> dict[str, Any]:
    for name in ("modified_at", "entry_time"):
        if name in fields:
            fields[name] = datetime.fromisoformat(fields[name])
    return fields
