"""The steps of a run: plain functions that take and return paths, names and counts.

Each does one thing that appears whole. A flow only wires them; a test calls them as they are.
"""

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from flows import references
from flows.briefs import is_brief
from flows.findings import findings
from flows.mappings import Reader, reader
from flows.marts import ACCOUNT_STAGE, MARTS, PUBLISHED, Inputs
from flows.report import CollectReport, MartReport, PublishReport, ReadReport
from flows.settings import Settings
from flows.version import program_version
from schemas.contract import enforce, grain
from schemas.core import CORE
from schemas.files import FileReading
from schemas.history import HISTORY
from transforms.core.accounts import roster_level, roster_on
from transforms.core.knowledge import Knowledge, visible
from transforms.core.layer import core_layer
from transforms.deliveries.delivery import DEFECT, read_delivery
from transforms.deliveries.drift import drift
from transforms.reading.tables import Limits
from warehouse import partitions
from warehouse.collect import collect as collect_inbox
from warehouse.deliveries import deliveries, delivery_frame
from warehouse.home import Home, remove
from warehouse.inbox import Inbox, Settling
from warehouse.load_writer import ROW_GROUP_ROWS, LoadWriter
from warehouse.loads import READ_OPS, Load, file_frame, history, load_frame, loads
from warehouse.partitions import Build
from warehouse.publish import MartPart, Publication, Resources
from warehouse.publish import publish as publish_file
from warehouse.reference import Version
from warehouse.sources import Pending, pending, refusals, source_files
from warehouse.stale import References, stale_frame
from warehouse.standing import standing_files
from warehouse.withdrawals import withdrawal_frame, withdrawals, withdrawn

_BESIDE_CORE = ("day_correction", "restatement")
"""Tables of the ops layer that are computed with the core."""


def collect(settings: Settings, now: datetime) -> CollectReport:
    """Archive what is new in the inbox; keep new versions of what the user wrote."""
    home = Home(settings.home)
    collected = collect_inbox(
        home,
        Inbox(settings.inbox),
        now,
        settings.zone,
        settling=Settling(second_look_seconds=settings.settle_seconds),
    )
    problems = references.keep(home, collected.references, now, settings.zone, settings.tier_preset)
    return CollectReport(
        deliveries=len(collected.deliveries),
        files=sum(len(one.files) for one in collected.deliveries),
        waiting=tuple(f"{one.path}: {one.reason}" for one in collected.waiting),
        refused=tuple(f"{one.path}: {one.reason}" for one in collected.refused),
        reference_problems=tuple(problems),
    )


def plan_reading(settings: Settings) -> list[list[str]]:
    """Group the deliveries that wait to be read into batches, each of which makes one load."""
    batches: list[list[str]] = []
    files = size = 0
    home = Home(settings.home)
    for one in pending(home, reader(home).version):
        bytes_ = sum(file.size_bytes for file in one.files)
        full = files + len(one.files) > settings.batch_files or size + bytes_ > settings.batch_bytes
        if not batches or full:
            batches.append([])
            files = size = 0
        batches[-1].append(one.delivery.delivery_id)
        files += len(one.files)
        size += bytes_
    return batches


def read(settings: Settings, run: str, delivery_ids: Sequence[str], now: datetime) -> ReadReport:
    """Read a batch of deliveries into one load."""
    home = Home(settings.home)
    by = reader(home)
    wanted = set(delivery_ids)
    waiting = [one for one in pending(home, by.version) if one.delivery.delivery_id in wanted]
    statuses: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    defects: list[str] = []
    version = program_version()
    with LoadWriter(
        home, run, now=now, program_version=version, reader_version=by.version
    ) as writer:
        for delivery_id, reading in _read_in_order(home, settings, waiting, by):
            record = writer.add(reading, delivery_id)
            statuses[record.status] += 1
            rows.update(
                rows_in=record.rows_in,
                loaded=record.loaded,
                quarantined=record.quarantined,
                not_data=record.not_data,
            )
            if (record.reason or "").startswith(DEFECT):
                defects.append(f"{record.path}: {record.reason}")
        load = writer.commit()
    return ReadReport(
        load_id=load.load_id if load else None,
        files=dict(statuses),
        rows=dict(rows),
        defects=tuple(defects),
    )


def make_core(
    settings: Settings, as_of: date, knowledge: Knowledge, cutoff: datetime, folder: Path
) -> Path:
    """Write every core table, and what else the marts of a day read, as Parquet into `folder`.

    Rows stand in the order of the grain: equal tables are equal bytes, and published once.
    """
    home = Home(settings.home)
    known = references.known(home, as_of, knowledge, cutoff)
    roster = known.roster.lazy()
    held = _loads_up_to(home, cutoff)
    seen = visible(knowledge, as_of=as_of, cutoff=cutoff)
    rows = {table: history(home, table, cutoff, held).filter(seen) for table in HISTORY}
    folder.mkdir(parents=True, exist_ok=True)

    def keep(table: str, frame: pl.LazyFrame) -> pl.LazyFrame:
        path = folder / f"{table}.parquet"
        ordered = frame.sort(grain(CORE[table])) if table in CORE else frame
        ordered.sink_parquet(path, compression="lz4", row_group_size=ROW_GROUP_ROWS)
        return pl.scan_parquet(path, glob=False)

    tables = core_layer(rows, roster_on(roster, as_of), keep)
    keep("roster_level", roster_level(roster, tables["account_ref"]))
    for table, build in ACCOUNT_STAGE.items():
        inputs = Inputs(
            as_of=as_of,
            core=_scan(folder),
            marts={},
            reference=known.texts,
            settings=settings,
            briefs=known.briefs,
        )
        build(inputs).collect().write_parquet(folder / f"{table}.parquet", compression="lz4")
    return folder


def make_mart(
    settings: Settings,
    run: str,
    table: str,
    as_of: date,
    knowledge: Knowledge,
    cutoff: datetime,
    core: Path,
    is_backfill: bool = False,
) -> MartReport:
    """Build one mart for one day from the core in `core`, unless its inputs were built before."""
    home = Home(settings.home)
    mart = MARTS[table]
    known = references.known(home, as_of, knowledge, cutoff)
    known = known if mart.reads_briefs else known.without_briefs()
    inputs_hash = _inputs_hash(home, settings, as_of, knowledge, cutoff, known)
    found = partitions.partition(home, table, as_of)
    if found is not None and found.build.inputs_hash == inputs_hash:
        return MartReport(table=table, as_of=as_of, rows=found.build.rows, is_built=False)
    frame = mart.build(
        Inputs(
            as_of=as_of,
            core=_scan(core),
            marts=_earlier_marts(home, table, as_of),
            reference=known.texts,
            settings=settings,
            briefs=known.briefs,
        )
    ).collect()
    enforce(frame, mart.contract, f"mart.{table}")
    build = Build(
        table=table,
        as_of=as_of,
        knowledge=knowledge,
        cutoff=cutoff,
        built_at=datetime.now(UTC),
        run=run,
        program_version=program_version(),
        inputs_hash=inputs_hash,
        reference_versions=known.versions,
        is_backfill=is_backfill or (found is not None and found.build.is_backfill),
    )
    partitions.write(home, table, as_of, frame, build)
    return MartReport(table=table, as_of=as_of, rows=frame.height, is_built=True)


def cutoff_now(settings: Settings, now: datetime) -> datetime:
    """Give the moment up to which all counts: now, or the newest load or withdrawal after it.

    A night records it; `loaded` at it gives what that night gave.
    """
    home = Home(settings.home)
    return max(
        [
            now,
            *(load.loaded_at for load in loads(home)),
            *(one.recorded_at for one in withdrawals(home)),
        ]
    )


def expire(settings: Settings, today: date) -> list[str]:
    """Remove the daily partitions that retention gives up; month-ends and backfills stay."""
    home = Home(settings.home)
    return [
        f"{table} {day}"
        for table, mart in MARTS.items()
        for day in partitions.expire(
            home,
            table,
            today,
            settings.daily_partitions if mart.keeps_days else 0,
            month_ends=mart.keeps_days,
        )
    ]


def publish(
    settings: Settings, as_of: date, core: Path, load_ids: Sequence[str] = ()
) -> PublishReport:
    """Bring the warehouse file up to what the store holds, and swap it in whole.

    Parameters
    ----------
    load_ids
        Loads of this run, whose findings are reported.
    """
    home = Home(settings.home)
    known_loads = loads(home)
    taken_back = withdrawals(home)
    gone = withdrawn(taken_back)
    files = file_frame(known_loads, gone)
    drifted = drift(files)
    parts = partitions.partitions(home)
    scratch = home.scratch("publish")
    published = publish_file(
        home.warehouse,
        scratch,
        home.generations,
        Publication(
            tables=PUBLISHED,
            history={
                table: {
                    load.load_id: standing_files(load, table, gone, scratch / "standing")
                    for load in known_loads
                }
                for table in HISTORY
            },
            core={table: [core / f"{table}.parquet"] for table in CORE},
            mart={
                table: {
                    one.build.as_of: MartPart(one.part, one.build.inputs_hash)
                    for one in parts
                    if one.build.table == table
                }
                for table in MARTS
            },
            ops={
                "delivery": delivery_frame(deliveries(home)),
                "file": files,
                **{
                    table: [
                        path
                        for load in known_loads
                        for path in standing_files(load, table, gone, scratch / "standing")
                    ]
                    for table in READ_OPS
                },
                **{table: [core / f"{table}.parquet"] for table in _BESIDE_CORE},
                "drift": drifted,
                "load": load_frame(known_loads),
                "withdrawal": withdrawal_frame(taken_back),
                "build": partitions.build_frame(parts),
                "stale_partition": stale_frame(parts, known_loads, _in_force_now(home), taken_back),
            },
            ref=references.published(home, as_of),
        ),
        keep=settings.generations,
        resources=Resources(memory_limit=settings.memory_limit),
    )
    remove(scratch)
    how = published.outcome if not published.reason else f"{published.outcome}: {published.reason}"
    return PublishReport(
        path=str(published.path),
        how=how,
        size_bytes=published.size_bytes,
        changed=published.changed,
        findings=findings(
            files,
            drifted,
            [
                path
                for load in known_loads
                if load.load_id in load_ids
                for path in load.files("reconciliation")
            ],
            core,
            load_ids,
        ),
    )


def built_days(settings: Settings) -> list[date]:
    """Give the days of which any mart has a partition, sorted."""
    return sorted({one.build.as_of for one in partitions.partitions(Home(settings.home))})


def stale_days(settings: Settings) -> list[date]:
    """Give the days on which a partition is stale, sorted."""
    home = Home(settings.home)
    stale = stale_frame(
        partitions.partitions(home), loads(home), _in_force_now(home), withdrawals(home)
    )
    return stale["as_of"].unique().sort().to_list()


def _read_in_order(
    home: Home, settings: Settings, waiting: Sequence[Pending], by: Reader
) -> Iterator[tuple[str, FileReading]]:
    """Read deliveries on threads, a few ahead; give their readings in the order of arrival."""
    with ThreadPoolExecutor(settings.read_threads) as threads:
        ahead: deque[tuple[str, Future[list[FileReading]]]] = deque()
        for one in waiting:
            future = threads.submit(_read_one, home, settings, one, by)
            ahead.append((one.delivery.delivery_id, future))
            if len(ahead) > 3 * settings.read_threads:
                delivery_id, future = ahead.popleft()
                yield from ((delivery_id, reading) for reading in future.result())
        for delivery_id, future in ahead:
            yield from ((delivery_id, reading) for reading in future.result())


def _read_one(home: Home, settings: Settings, one: Pending, by: Reader) -> list[FileReading]:
    """Read a delivery's pending files; the others are there to lend what they tell."""
    wanted = {file.file_id for file in one.files}
    members = home.work / f"members-{one.delivery.delivery_id}"
    gone = withdrawn(withdrawals(home))
    standing = [file for file in one.delivery.files if file.file_id not in gone]
    sources = source_files(home, one.delivery, settings.zone, scratch=members, files=standing)
    limits = Limits(max_bytes=settings.max_file_bytes)
    readings = [
        *refusals(one.delivery, one.files),
        *(
            reading
            for reading in read_delivery(sources, limits=limits, exports=by.exports)
            if reading.record.file_id in wanted
        ),
    ]
    remove(members)
    return readings


def _scan(folder: Path) -> dict[str, pl.LazyFrame]:
    return {path.stem: pl.scan_parquet(path, glob=False) for path in folder.glob("*.parquet")}


def _loads_up_to(home: Home, cutoff: datetime) -> list[Load]:
    return [load for load in loads(home) if load.loaded_at <= cutoff]


def _in_force_now(home: Home) -> References:
    """Give the versions that a build would use now; briefs only for the marts that read them."""
    shelf = references.Shelf.of(home)

    def versions(build: Build) -> Mapping[str, Version]:
        mart = MARTS.get(build.table)
        found = shelf.in_force(build.as_of, build.knowledge, build.cutoff)
        reads_briefs = mart is not None and mart.reads_briefs
        return {kind: one for kind, one in found.items() if reads_briefs or not is_brief(kind)}

    return versions


def _inputs_hash(
    home: Home,
    settings: Settings,
    as_of: date,
    knowledge: Knowledge,
    cutoff: datetime,
    known: references.References,
) -> str:
    used = [
        load for load in _loads_up_to(home, cutoff) if any(load.files(table) for table in HISTORY)
    ]
    gone = withdrawn(withdrawals(home), cutoff)
    return partitions.inputs_hash(
        load_ids=[load.load_id for load in used],
        withdrawn={
            row["file_id"]
            for load in used
            for row in load.file_rows
            if row["status"] == "loaded" and row["file_id"] in gone
        },
        reference_versions={**known.versions, "fingerprint": known.fingerprint},
        settings={
            "tier_preset": settings.tier_preset,
            "max_staleness_days": settings.max_staleness_days,
            "max_audience_age_days": settings.max_audience_age_days,
            "fit_component_creators": settings.fit_component_creators,
        },
        program_version=program_version(),
        as_of=as_of,
        knowledge="latest" if knowledge == "loaded" else knowledge,
    )


def _earlier_marts(home: Home, table: str, as_of: date) -> dict[str, pl.LazyFrame]:
    earlier: dict[str, pl.LazyFrame] = {}
    for name in MARTS:
        if name == table:
            break
        found = partitions.partition(home, name, as_of)
        if found is not None:
            earlier[name] = pl.scan_parquet(found.part, glob=False)
    return earlier
