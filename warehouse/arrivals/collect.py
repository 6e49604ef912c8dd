"""Collecting: what is new in the inbox goes into the archive and is recorded as deliveries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from schemas.limits import DEFAULT_LIMITS, Limits
from warehouse.arrivals import archive, zips
from warehouse.arrivals.deliveries import (
    DeliveredFile,
    Delivery,
    Packed,
    deliveries,
    delivery_id,
    file_id,
    write,
)
from warehouse.arrivals.inbox import (
    DEFAULT_SETTLING,
    Entry,
    Inbox,
    Parcel,
    Remark,
    Settling,
    parcels,
)
from warehouse.arrivals.names import owner, printable
from warehouse.home import Home

_BATCH_FILES = 1_000
_BATCH_BYTES = 256 << 20


@dataclass(frozen=True)
class ReferenceFile:
    """A file the user wrote, found in the inbox.

    Attributes
    ----------
    kind
        `roster`, `collaborations`, `briefs/<name>`.
    """

    kind: str
    path: str
    content: bytes = field(repr=False)
    arrived_at: datetime
    arrived_on: date


@dataclass(frozen=True)
class Collected:
    """What a look at the inbox brought.

    Attributes
    ----------
    deliveries
        New ones, recorded.
    waiting
        Files still being written.
    refused
        Files and zip members that are not read, archived or not, with the reason.
    """

    deliveries: tuple[Delivery, ...]
    waiting: tuple[Remark, ...]
    references: tuple[ReferenceFile, ...]
    refused: tuple[Remark, ...]


def collect(
    home: Home,
    inbox: Inbox,
    now: datetime,
    zone: ZoneInfo,
    *,
    limits: Limits = DEFAULT_LIMITS,
    settling: Settling = DEFAULT_SETTLING,
) -> Collected:
    """Archive what is new in the inbox and record it as deliveries.

    Bytes first, then records: a crash in between archives the same bytes again and records
    them then. What is recorded is not opened again.

    Parameters
    ----------
    now
        The moment of arrival, with a zone.
    zone
        Zone of the deployment; cuts the day of arrival.

    Raises
    ------
    StoreError
        When the inbox is not there.
    """
    seen = {key for one in deliveries(home) if one.source == inbox.source for key in one.seen}
    scan = inbox.scan(seen, now, settling)
    waiting, refused = list(scan.waiting), list(scan.refused)
    arrival = _Arrival(home, inbox, now.astimezone(UTC), now.astimezone(zone).date(), limits)
    new: list[Delivery] = []
    for batch in _batches(parcels(scan.entries)):
        new += arrival.record(batch, waiting, refused)
    return Collected(
        deliveries=tuple(new),
        waiting=tuple(sorted(waiting, key=lambda remark: remark.path)),
        references=tuple(arrival.read(scan.references, waiting, refused)),
        refused=tuple(sorted(refused, key=lambda remark: remark.path)),
    )


@dataclass(frozen=True)
class _Arrival:
    home: Home
    inbox: Inbox
    at: datetime
    on: date
    limits: Limits

    def record(
        self, batch: list[Parcel], waiting: list[Remark], refused: list[Remark]
    ) -> list[Delivery]:
        """Archive some parcels' bytes together, then write their records together."""
        new = []
        with archive.Batch(self.home) as bytes_batch:
            for parcel in batch:
                taken = self._take(parcel, bytes_batch, waiting, refused)
                if taken:
                    new.append(self._delivery(parcel, taken))
        write(self.home, new)
        refused += [
            Remark(f"{file.path}!{file.member}" if file.member else file.path, file.refused)
            for one in new
            for file in one.files
            if file.refused
        ]
        return new

    def read(
        self,
        references: Iterable[tuple[str, Entry]],
        waiting: list[Remark],
        refused: list[Remark],
    ) -> Iterator[ReferenceFile]:
        """Read the user's own files."""
        for kind, entry in references:
            if entry.size_bytes > self.limits.max_reference_bytes:
                told = self.limits.more_than("max_reference_bytes")
                refused.append(Remark(entry.path, f"has {entry.size_bytes:,} bytes, {told}"))
                continue
            try:
                with self.inbox.open(entry) as stream:
                    content = stream.read(entry.size_bytes + 1)
            except OSError as error:
                refused.append(Remark(entry.path, f"cannot be read: {error}"))
                continue
            if len(content) != entry.size_bytes or not self.inbox.is_unchanged(entry):
                waiting.append(Remark(entry.path, "it changed while it was read"))
                continue
            yield ReferenceFile(kind, entry.path, content, self.at, self.on)

    def _take(
        self,
        parcel: Parcel,
        batch: archive.Batch,
        waiting: list[Remark],
        refused: list[Remark],
    ) -> list[tuple[Entry, archive.Stored]]:
        taken = []
        for entry in parcel.entries:
            try:
                with self.inbox.open(entry) as stream:
                    stored = batch.stage(stream)
            except FileNotFoundError:
                waiting.append(Remark(entry.path, "it was gone before it could be read"))
            except OSError as error:
                refused.append(Remark(entry.path, f"cannot be read: {error}"))
            else:
                if stored.size_bytes != entry.size_bytes or not self.inbox.is_unchanged(entry):
                    waiting.append(Remark(entry.path, "it changed while it was read"))
                    continue
                batch.keep(stored)
                taken.append((entry, stored))
        return taken

    def _delivery(self, parcel: Parcel, taken: list[tuple[Entry, archive.Stored]]) -> Delivery:
        name = delivery_id(
            self.at,
            self.inbox.source,
            parcel.path,
            (f"{entry.key} {stored.sha256}" for entry, stored in taken),
        )
        platform, handle = owner(taken[0][0].path)
        packed = None
        if parcel.is_zip:
            entry, stored = taken[0]
            packed = Packed(
                sha256=stored.sha256,
                size_bytes=stored.size_bytes,
                modified_at=entry.modified_at,
                etag=entry.etag,
            )
            files = tuple(unpacked(name, entry, stored, self.limits))
        else:
            files = tuple(_loose(name, entry, stored) for entry, stored in taken)
        return Delivery(
            delivery_id=name,
            arrived_at=self.at,
            arrived_on=self.on,
            source=self.inbox.source,
            path=parcel.path,
            platform=platform,
            handle=handle,
            packed=packed,
            files=files,
        )


def unpacked(
    within: str, entry: Entry, stored: archive.Stored, limits: Limits
) -> Iterator[DeliveredFile]:
    """List a zip's members as files of its delivery; a zip refused whole is its own only file."""
    listing = zips.inspect(stored.location, limits)
    if listing.refused:
        yield DeliveredFile(
            file_id=file_id(within, entry.path),
            path=entry.path,
            sha256=stored.sha256,
            size_bytes=stored.size_bytes,
            modified_at=entry.modified_at,
            etag=entry.etag,
            refused=listing.refused,
        )
    for member in listing.members:
        yield DeliveredFile(
            file_id=file_id(within, entry.path, member.name, member.position),
            path=entry.path,
            member=printable(member.name),
            position=member.position,
            sha256=member.sha256 or stored.sha256,
            size_bytes=member.size_bytes,
            modified_at=entry.modified_at,
            etag=entry.etag,
            entry_time=member.entry_time,
            refused=member.refused,
        )


def _loose(within: str, entry: Entry, stored: archive.Stored) -> DeliveredFile:
    return DeliveredFile(
        file_id=file_id(within, entry.path),
        path=entry.path,
        sha256=stored.sha256,
        size_bytes=stored.size_bytes,
        modified_at=entry.modified_at,
        etag=entry.etag,
    )


def _batches(all_parcels: Iterable[Parcel]) -> Iterator[list[Parcel]]:
    """Group deliveries so that the disk is waited for seldom and scratch stays small."""
    batch: list[Parcel] = []
    files = size = 0
    for parcel in all_parcels:
        batch.append(parcel)
        files += len(parcel.entries)
        size += sum(entry.size_bytes for entry in parcel.entries)
        if files >= _BATCH_FILES or size >= _BATCH_BYTES:
            yield batch
            batch, files, size = [], 0, 0
    if batch:
        yield batch
