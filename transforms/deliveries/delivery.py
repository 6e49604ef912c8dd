"""Reading what arrived together: recognise every table, let siblings lend, then read each.

The unit of evidence is the delivery: a table that says nothing of its period, its account or
its day takes them from its names, then from its siblings.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import polars as pl

from schemas import contract
from schemas.files import FileReading, ReadingKey, SourceFile, Status
from schemas.history import HISTORY
from transforms.deliveries.account_evidence import Account
from transforms.deliveries.intake import survey_files
from transforms.deliveries.lending import Lent, lend
from transforms.deliveries.outcome import (
    DEFECT,
    LOAD_COLUMNS,
    NO_QUARANTINE,
    defect,
    nothing,
    record_of,
    refuse,
)
from transforms.deliveries.reconciliation import reconcile
from transforms.deliveries.records import quarantine_records, split
from transforms.deliveries.survey import Surveyed
from transforms.export import Export
from transforms.exports import EXPORTS
from transforms.reading.tables import Limits

_OBSERVED = ("loaded", "empty")

__all__ = ["DEFECT", "read_delivery"]


def read_delivery(
    files: Sequence[SourceFile],
    *,
    limits: Limits | None = None,
    exports: Mapping[str, Export] = EXPORTS,
) -> Iterator[FileReading]:
    """Read the files of one delivery, whatever their order.

    Parameters
    ----------
    files
        What arrived together.
    limits
        Sizes beyond which a file is refused.
    exports
        Declarations to recognise by; a deployment can add names to them.

    Yields
    ------
    FileReading
        At least one per file and one per table of a file, in the order of path, member and
        sheet. Bad input raises nothing: it is refused or unrecognised with its reason. An error
        of ours is the reason of its file alone and starts with `defect: `.
    """
    ordered = sorted(files, key=lambda file: (file.path, file.member or "", file.file_id))
    surveyed = survey_files(ordered, limits or Limits(), exports)
    lent = lend([entry for entry in surveyed if isinstance(entry, Surveyed)])
    seen: dict[ReadingKey, str] = {}
    for entry in surveyed:
        if isinstance(entry, FileReading):
            yield entry
            continue
        given = lent[entry]
        if isinstance(given, Exception):
            yield nothing(entry.file, "refused", defect(given), sheet=entry.table.sheet)
            continue
        reading = _read(entry, given, seen)
        if reading.record.status in _OBSERVED:
            seen.setdefault(reading.record.key, entry.file.label)
        yield reading


def _read(entry: Surveyed, lent: Lent, seen: Mapping[ReadingKey, str]) -> FileReading:
    """Read one table with what it was lent; refuse it where that is not enough."""
    account = lent.account
    if account is None and not entry.export.lists_accounts:
        return refuse(
            entry, lent, "lies outside <platform>/<handle>/ and names no account: move it there"
        )
    try:
        refusal = _undated(entry, lent)
        if refusal is None and entry.export.refusal:
            refusal = entry.export.refusal(lent.data)
        if refusal:
            return refuse(entry, lent, refusal)
        return _load(entry, lent, account, seen)
    except Exception as error:
        return refuse(entry, lent, defect(error))


def _undated(entry: Surveyed, lent: Lent) -> str | None:
    """Refuse figures whose day, or the year of whose period, only their arrival tells."""
    is_arrival = lent.observation.source == "arrival" and not lent.data.is_empty()
    if is_arrival and entry.export.yearless and entry.export.period == "figures":
        return (
            "its period has no year, which nothing tells: put the day of export into the name of "
            "the file, its folder or its zip, as 2026-06-30"
        )
    told = "day" if "day" in entry.export.schema else "observed_on"
    is_of_that_day = told == "day" or entry.export.lists_accounts
    if told in entry.export.columns or not is_of_that_day:
        return None
    if is_arrival:
        return (
            "its figures are of the day of export, which nothing tells: put that day into the name "
            "of the file or its folder, as 2026-06-30"
        )
    return None


def _load(
    entry: Surveyed, lent: Lent, account: Account | None, seen: Mapping[ReadingKey, str]
) -> FileReading:
    record = record_of(entry, lent, "empty" if lent.data.is_empty() else "loaded")
    if record.status in _OBSERVED and (earlier := seen.get(record.key)):
        return FileReading(
            record=replace(record, status="repeated", reason=f"repeats {earlier}"),
            tables={},
            quarantine=NO_QUARANTINE,
        )
    remarks = entry.export.remarks(lent.data) if entry.export.remarks else ()
    parted = split(lent.data, entry.export, _given(entry, lent, account))
    not_data = entry.text.height - lent.data.height
    quarantined = lent.data.height - parted.good.height
    record = replace(
        record,
        rows_in=entry.text.height,
        loaded=parted.good.height,
        quarantined=quarantined,
        not_data=not_data,
        reason=_reason(record.status, quarantined, parted.good.height),
        notes=(*record.notes, *remarks),
    )
    return FileReading(
        record=record,
        tables=_tables(entry, lent, parted.good),
        quarantine=_quarantine(entry, parted.broken),
        reconciliation=reconcile(entry, lent, quarantined),
    )


def _reason(status: Status, quarantined: int, loaded: int) -> str | None:
    if status == "empty":
        return "a header and no data"
    if quarantined:
        return f"{quarantined} of {quarantined + loaded} records are in quarantine"
    return None


def _given(entry: Surveyed, lent: Lent, account: Account | None) -> dict[str, pl.Expr]:
    """Give the contract columns that the delivery tells rather than the cells."""
    columns, catalogue = entry.export.columns, entry.export.catalogue
    ref, name = (account.ref, account.handle) if account else (None, None)
    given = {
        "platform": pl.lit(entry.export.platform),
        "observed_on": pl.lit(lent.observation.day),
        "period_start": pl.lit(lent.period.start if lent.period else None, pl.Date),
        "period_end": pl.lit(lent.period.end if lent.period else None, pl.Date),
        "exported_by": pl.lit(ref, pl.String),
        "account_ref": pl.lit(ref, pl.String),
        "account_handle": pl.lit(name, pl.String),
    }
    given |= {column: pl.col(column) for column in ("platform", "observed_on") if column in columns}
    if "day" not in columns:
        given["day"] = given["observed_on"]
    if catalogue:
        cut = lent.is_capped and catalogue == "complete"
        given["catalogue"] = pl.lit("capped" if cut else catalogue)
    if "account_ref" in columns:
        told = pl.col("account_ref")
        is_sole = told.drop_nulls().n_unique() == 1
        found = pl.coalesce(told, pl.when(is_sole).then(given["account_ref"]))
        given["account_ref"] = found
        given["account_handle"] = pl.when(found == pl.lit(ref, pl.String)).then(
            given["account_handle"]
        )
    if "account_handle" in columns:
        given["account_handle"] = pl.coalesce("account_handle", given["account_handle"])
    return given


def _tables(entry: Surveyed, lent: Lent, good: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Cut the typed records into the export's tables, with their provenance."""
    if good.is_empty():
        return {}
    complete = entry.export.complete
    told = (complete(good, lent.data) if complete else good).with_columns_seq(
        pl.lit(lent.observation.source).alias("observed_on_source"),
        pl.lit(lent.observation.is_exact).alias("observed_on_is_exact"),
        pl.lit(lent.observation.rank, pl.UInt8).alias("evidence_rank"),
        pl.lit(entry.file.file_id).alias("file_id"),
        pl.lit(entry.file.sha256).alias("sha256"),
        pl.col("row_number").cast(pl.UInt32),
    )
    return {
        table: _of_grain(told, table, entry.export).select(
            name for name in contract.columns(HISTORY[table]) if name not in LOAD_COLUMNS
        )
        for table in entry.export.tables
    }


def _of_grain(told: pl.DataFrame, table: str, export: Export) -> pl.DataFrame:
    """Keep the first record of each key where another table of the export is finer."""
    key = set(contract.grain(HISTORY[table]))
    if not any(key < set(contract.grain(HISTORY[other])) for other in export.tables):
        return told
    return told.unique(sorted(key), keep="first", maintain_order=True)


def _quarantine(entry: Surveyed, broken: pl.DataFrame) -> pl.DataFrame:
    if broken.is_empty():
        return NO_QUARANTINE
    return quarantine_records(entry.table, broken, entry.recognition).select(
        pl.lit(entry.file.file_id).alias("file_id"),
        pl.lit(entry.file.path).alias("path"),
        pl.lit(entry.file.member, pl.String).alias("member"),
        pl.lit(entry.table.sheet, pl.String).alias("sheet"),
        "row_number",
        "column",
        "rule",
        "value",
        "record",
    )
