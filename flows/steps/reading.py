"""The step that reads deliveries into loads, and which deliveries make one."""

import logging
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence, Set
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from itertools import groupby
from math import ceil
from operator import itemgetter
from pathlib import Path

from flows.logs import Watch, lines_of, tell
from flows.references.additions import Reader, reader
from flows.reports.run import ReadReport
from flows.settings import Settings
from flows.version import program_version
from schemas.files import FileReading, FileRecord, Keep, SourceFile
from transforms.deliveries.delivery import DEFECT, read_deliveries
from warehouse.arrivals.withdrawals import withdrawals, withdrawn
from warehouse.home import Home, remove
from warehouse.loads.sources import Pending, pending, refusals, source_files
from warehouse.loads.writer import LoadWriter

_log = logging.getLogger(__name__)

_LEAST_FILES = 200
"""Of a batch that is read apart: a process takes longer to start than to read fewer."""

_FILES_TOGETHER = 200
_BYTES_TOGETHER = 2 * 2**20
"""Of deliveries that are read together: more would save little and take more memory."""


def plan_reading(settings: Settings) -> list[list[str]]:
    """Group the deliveries that wait to be read into batches, each of which makes one load.

    Where batches are read beside each other there are enough of them for all processes.
    """
    home = Home(settings.home)
    waiting = pending(home, reader(home, settings.limits).version)
    most_files = _most_files(settings, sum(len(one.files) for one in waiting))
    batches = _grouped(waiting, most_files, settings.batch_bytes)
    return [[one.delivery.delivery_id for one in batch] for batch in batches]


def _grouped(
    waiting: Iterable[Pending], most_files: int, most_bytes: int
) -> Iterator[list[Pending]]:
    """Cut the deliveries, in their order, into groups of no more files and bytes, or of one."""
    group: list[Pending] = []
    files = size = 0
    for one in waiting:
        bytes_ = sum(file.size_bytes for file in one.files)
        if group and (files + len(one.files) > most_files or size + bytes_ > most_bytes):
            yield group
            group, files, size = [], 0, 0
        group.append(one)
        files += len(one.files)
        size += bytes_
    if group:
        yield group


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
        ahead: deque[Future[list[tuple[str, FileReading]]]] = deque()
        for some in _grouped(waiting, _FILES_TOGETHER, _BYTES_TOGETHER):
            ahead.append(threads.submit(_read_some, home, settings, some, gone, by, keep))
            if len(ahead) > 3 * settings.read_threads:
                yield from ahead.popleft().result()
        for future in ahead:
            yield from future.result()


def _read_some(
    home: Home, settings: Settings, some: Sequence[Pending], gone: Set[str], by: Reader, keep: Keep
) -> list[tuple[str, FileReading]]:
    """Read deliveries' pending files; the others, but those withdrawn, lend what they tell."""
    sources = [_sources(home, settings, one, gone) for one in some]
    read = read_deliveries(sources, limits=settings.limits, exports=by.exports, keep=keep)
    readings: list[tuple[str, FileReading]] = []
    for one, found in zip(some, read, strict=True):
        wanted = {file.file_id for file in one.files}
        readings += (
            (one.delivery.delivery_id, reading)
            for reading in (*refusals(one.delivery, one.files), *found)
            if reading.record.file_id in wanted
        )
        remove(_scratch(home, one))
    return readings


def _sources(home: Home, settings: Settings, one: Pending, gone: Set[str]) -> list[SourceFile]:
    standing = [file for file in one.delivery.files if file.file_id not in gone]
    scratch = _scratch(home, one)
    return source_files(home, one.delivery, settings.zone, scratch=scratch, files=standing)


def _scratch(home: Home, one: Pending) -> Path:
    return home.work / f"members-{one.delivery.delivery_id}"
