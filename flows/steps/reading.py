"""The step that reads deliveries into loads, and which deliveries make one."""

import logging
from collections import Counter, deque
from collections.abc import Iterator, Sequence, Set
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from itertools import groupby
from math import ceil
from operator import itemgetter

from flows.logs import Watch, lines_of, tell
from flows.references.additions import Reader, reader
from flows.reports.run import ReadReport
from flows.settings import Settings
from flows.version import program_version
from schemas.files import FileReading, FileRecord, Keep
from transforms.deliveries.delivery import DEFECT, read_delivery
from warehouse.home import Home, remove
from warehouse.load_writer import LoadWriter
from warehouse.sources import Pending, pending, refusals, source_files
from warehouse.withdrawals import withdrawals, withdrawn

_log = logging.getLogger(__name__)

_LEAST_FILES = 200
"""Of a batch that is read apart: a process takes longer to start than to read fewer."""


def plan_reading(settings: Settings) -> list[list[str]]:
    """Group the deliveries that wait to be read into batches, each of which makes one load.

    Where batches are read beside each other there are enough of them for all processes.
    """
    home = Home(settings.home)
    waiting = pending(home, reader(home, settings.limits).version)
    most_files = _most_files(settings, sum(len(one.files) for one in waiting))
    batches: list[list[str]] = []
    files = size = 0
    for one in waiting:
        bytes_ = sum(file.size_bytes for file in one.files)
        full = files + len(one.files) > most_files or size + bytes_ > settings.batch_bytes
        if not batches or full:
            batches.append([])
            files = size = 0
        batches[-1].append(one.delivery.delivery_id)
        files += len(one.files)
        size += bytes_
    return batches


def _most_files(settings: Settings, files: int) -> int:
    if settings.task_runner == "threads":
        return settings.batch_files
    share = ceil(files / settings.read_processes)
    return min(settings.batch_files, max(_LEAST_FILES, share))


def read(settings: Settings, run: str, delivery_ids: Sequence[str], now: datetime) -> ReadReport:
    """Read a batch of deliveries into one load."""
    with lines_of(run):
        watch = Watch()
        report = _read(settings, run, delivery_ids, now)
        tell(
            _log,
            "batch read",
            load_id=report.load_id,
            deliveries=len(delivery_ids),
            seconds=watch.seconds,
            **report.rows,
        )
        return report


def _read(settings: Settings, run: str, delivery_ids: Sequence[str], now: datetime) -> ReadReport:
    home = Home(settings.home)
    by = reader(home, settings.limits)
    wanted = set(delivery_ids)
    waiting = [one for one in pending(home, by.version) if one.delivery.delivery_id in wanted]
    statuses: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    defects: list[str] = []
    version = program_version()
    with LoadWriter(
        home, run, now=now, program_version=version, reader_version=by.version
    ) as writer:
        readings = _read_in_order(home, settings, waiting, by, writer.keep)
        for delivery_id, found in groupby(readings, key=itemgetter(0)):
            records = [writer.add(reading, delivery_id) for _, reading in found]
            _tell(delivery_id, writer.load_id, records)
            for record in records:
                statuses[record.status] += 1
                rows.update(_counts(record))
                if (record.reason or "").startswith(DEFECT):
                    defects.append(f"{record.path}: {record.reason}")
        load = writer.commit()
    return ReadReport(
        load_id=load.load_id if load else None,
        files=dict(statuses),
        rows=dict(rows),
        defects=tuple(defects),
    )


def _counts(record: FileRecord) -> dict[str, int]:
    return {
        "rows_in": record.rows_in,
        "loaded": record.loaded,
        "quarantined": record.quarantined,
        "not_data": record.not_data,
    }


def _tell(delivery_id: str, load_id: str, records: Sequence[FileRecord]) -> None:
    """Say what a delivery came to, and which of its files a person may want to look at."""
    total: Counter[str] = Counter()
    for record in records:
        total.update(_counts(record))
        if record.status in ("refused", "unrecognised") or record.quarantined:
            tell(
                _log,
                f"file {record.status}",
                file_id=record.file_id,
                delivery_id=delivery_id,
                export=record.export,
                **_counts(record),
            )
    tell(
        _log,
        "delivery read",
        delivery_id=delivery_id,
        load_id=load_id,
        files=len(records),
        **total,
    )


def _read_in_order(
    home: Home, settings: Settings, waiting: Sequence[Pending], by: Reader, keep: Keep
) -> Iterator[tuple[str, FileReading]]:
    """Read deliveries on threads, a few ahead; give their readings in the order of arrival."""
    gone = frozenset(withdrawn(withdrawals(home)))
    with ThreadPoolExecutor(settings.read_threads) as threads:
        ahead: deque[tuple[str, Future[list[FileReading]]]] = deque()
        for one in waiting:
            future = threads.submit(_read_one, home, settings, one, gone, by, keep)
            ahead.append((one.delivery.delivery_id, future))
            if len(ahead) > 3 * settings.read_threads:
                delivery_id, future = ahead.popleft()
                yield from ((delivery_id, reading) for reading in future.result())
        for delivery_id, future in ahead:
            yield from ((delivery_id, reading) for reading in future.result())


def _read_one(
    home: Home, settings: Settings, one: Pending, gone: Set[str], by: Reader, keep: Keep
) -> list[FileReading]:
    """Read a delivery's pending files; the others, but those withdrawn, lend what they tell."""
    wanted = {file.file_id for file in one.files}
    members = home.work / f"members-{one.delivery.delivery_id}"
    standing = [file for file in one.delivery.files if file.file_id not in gone]
    sources = source_files(home, one.delivery, settings.zone, scratch=members, files=standing)
    readings = [
        *refusals(one.delivery, one.files),
        *(
            reading
            for reading in read_delivery(
                sources, limits=settings.limits, exports=by.exports, keep=keep
            )
            if reading.record.file_id in wanted
        ),
    ]
    remove(members)
    return readings
