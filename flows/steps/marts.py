"""The step that builds one mart for one day."""

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from flows.marts import MARTS, Inputs
from flows.references.known import References, known
from flows.reports.run import MartReport
from flows.settings import Settings
from flows.steps.core import tables_in
from flows.steps.cutoff import loads_up_to
from flows.version import program_version
from schemas.contract import enforce, grain
from schemas.history import HISTORY
from transforms.core.chosen import Chosen
from transforms.core.knowledge import Knowledge
from transforms.difference import difference
from warehouse.arrivals.withdrawals import withdrawals, withdrawn
from warehouse.home import Home
from warehouse.marts import partitions
from warehouse.marts.partitions import Build


def make_mart(
    settings: Settings,
    run: str,
    table: str,
    as_of: date,
    knowledge: Knowledge,
    cutoff: datetime,
    core: Path,
    is_backfill: bool = False,
    reason: str = "",
    whose: Chosen | None = None,
) -> MartReport:
    """Build one mart for one day from the core in `core`, unless its inputs were built before.

    Parameters
    ----------
    reason
        Why a person asked for it; kept with the partition.
    whose
        Accounts whose rows the report tells apart from the others'.
    """
    home = Home(settings.home)
    mart = MARTS[table]
    references = known(home, as_of, knowledge, cutoff)
    references = references if mart.reads_briefs else references.without_briefs()
    inputs_hash = _inputs_hash(home, settings, as_of, knowledge, cutoff, references)
    found = partitions.partition(home, table, as_of)
    if found is not None and found.build.inputs_hash == inputs_hash:
        return MartReport(table=table, as_of=as_of, rows=found.build.rows, is_built=False)
    frame = mart.build(
        Inputs(
            as_of=as_of,
            core=tables_in(core),
            marts=_earlier_marts(home, table, as_of),
            reference=references.texts,
            settings=settings,
            briefs=references.briefs,
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
        reference_versions=references.versions,
        is_backfill=is_backfill or (found is not None and found.build.is_backfill),
        reason=reason,
    )
    before = pl.read_parquet(found.part, glob=False) if found else frame.clear()
    partitions.write(home, table, as_of, frame, build)
    key = grain(mart.contract)
    return MartReport(
        table=table,
        as_of=as_of,
        rows=frame.height,
        is_built=True,
        difference=difference(before, frame, key, whose.rows(key) if whose else None),
    )


def _inputs_hash(
    home: Home,
    settings: Settings,
    as_of: date,
    knowledge: Knowledge,
    cutoff: datetime,
    references: References,
) -> str:
    used = [
        load for load in loads_up_to(home, cutoff) if any(load.files(table) for table in HISTORY)
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
        reference_versions={**references.versions, "fingerprint": references.fingerprint},
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
