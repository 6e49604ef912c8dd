"""Reading what arrived together: recognise every table, let siblings lend, then read each.

The unit of evidence is the delivery: a table that says nothing of its period, its account or
its day takes them from its names, then from its siblings.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePath
from typing import Any, NamedTuple

import polars as pl

from schemas import contract
from schemas.files import FileReading, FileRecord, SourceFile, Status
from schemas.history import HISTORY
from schemas.ops import Quarantine
from transforms.deliveries.account_evidence import Account
from transforms.deliveries.lending import Lent, lend
from transforms.deliveries.recognise import recognise
from transforms.deliveries.records import canonical, quarantine_records, reconcile, split
from transforms.deliveries.survey import Surveyed
from transforms.export import Export
from transforms.exports import EXPORTS
from transforms.reading.errors import ReadingError
from transforms.reading.tables import Limits, TextTable, read_tables

DEFECT = "defect: "
"""Opens the reason of a file that met an error of ours; the caller looks for it."""

_LOAD_COLUMNS = ("load_id", "loaded_at")
_NO_QUARANTINE = pl.DataFrame(
    schema={
        name: dtype
        for name, dtype in contract.polars_schema(Quarantine).items()
        if name not in _LOAD_COLUMNS
    }
)


class ReadingKey(NamedTuple):
    """What makes a reading a repeat: the same bytes said the same of the same, once more."""

    sha256: str
    sheet: str | None
    account_ref: str | None
    export: str
    period_start: date | None
    period_end: date | None
    observed_on: date | None


def reading_key(record: FileRecord) -> ReadingKey | None:
    """Give the key of a record that was loaded, or null where nothing was to be loaded."""
    if record.export is None or record.status not in ("loaded", "empty"):
        return None
    return ReadingKey(
        record.sha256,
        record.sheet,
        record.account_ref,
        record.export,
        record.period_start,
        record.period_end,
        record.observed_on,
    )


def read_delivery(
    files: Sequence[SourceFile],
    *,
    limits: Limits | None = None,
    known: Collection[ReadingKey] = (),
    exports: Mapping[str, Export] = EXPORTS,
) -> Iterator[FileReading]:
    """Read the files of one delivery, whatever their order.

    Parameters
    ----------
    files
        What arrived together.
    limits
        Sizes beyond which a file is refused.
    known
        Keys of readings already loaded; a repeat of one gives status `repeated` and no rows.
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
    surveyed: list[Surveyed | FileReading] = []
    for file in ordered:
        surveyed.extend(_survey_file(file, limits or Limits(), exports))
    lent = lend([entry for entry in surveyed if isinstance(entry, Surveyed)])
    seen = dict.fromkeys(known, "an earlier load")
    for entry in surveyed:
        if isinstance(entry, FileReading):
            yield entry
            continue
        given = lent[entry]
        if isinstance(given, Exception):
            yield _nothing(entry.file, "refused", _defect(given), sheet=entry.table.sheet)
            continue
        reading = _read(entry, given, seen)
        if key := reading_key(reading.record):
            seen.setdefault(key, entry.file.label)
        yield reading


def _survey_file(
    file: SourceFile, limits: Limits, exports: Mapping[str, Export]
) -> Iterator[Surveyed | FileReading]:
    try:
        tables = read_tables(file.content, PurePath(file.member or file.path).name, limits)
        entries = [_survey_table(file, table, exports) for table in tables]
    except ReadingError as error:
        yield _nothing(file, "unrecognised", str(error))
    except Exception as error:
        yield _nothing(file, "refused", _defect(error))
    else:
        yield from entries or [_nothing(file, "unrecognised", "holds no table")]


def _survey_table(
    file: SourceFile, table: TextTable, exports: Mapping[str, Export]
) -> Surveyed | FileReading:
    recognition = recognise(table, exports, file.platform)
    if recognition.export is None:
        return _nothing(
            file,
            "unrecognised",
            recognition.reason,
            sheet=table.sheet,
            language=recognition.language,
            nearest_export=recognition.nearest,
            missing_headers=recognition.missing,
            unknown_headers=recognition.unknown,
            notes=tuple(table.notes),
        )
    text, notes = canonical(table, recognition)
    return Surveyed(
        file=file,
        table=table,
        recognition=recognition,
        export=recognition.export,
        text=text,
        notes=(*table.notes, *notes, *reconcile(text, recognition.export)),
    )


def _read(entry: Surveyed, lent: Lent, seen: Mapping[ReadingKey, str]) -> FileReading:
    """Read one table with what it was lent; refuse it where that is not enough."""
    account = lent.account
    if account is None:
        return _refuse(
            entry, lent, "lies outside <platform>/<handle>/ and names no account: move it there"
        )
    try:
        refusal = entry.export.refusal(lent.data) if entry.export.refusal else None
        if refusal:
            return _refuse(entry, lent, refusal)
        return _load(entry, lent, account, seen)
    except Exception as error:
        return _refuse(entry, lent, _defect(error))


def _load(
    entry: Surveyed, lent: Lent, account: Account, seen: Mapping[ReadingKey, str]
) -> FileReading:
    record = _record(entry, lent, "empty" if lent.data.is_empty() else "loaded")
    if (key := reading_key(record)) and (earlier := seen.get(key)):
        return FileReading(
            record=replace(record, status="repeated", reason=f"repeats {earlier}"),
            tables={},
            quarantine=_NO_QUARANTINE,
        )
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
    )
    return FileReading(
        record=record,
        tables=_tables(entry, lent, parted.good),
        quarantine=_quarantine(entry, parted.broken),
    )


def _reason(status: Status, quarantined: int, loaded: int) -> str | None:
    if status == "empty":
        return "a header and no data"
    if quarantined:
        return f"{quarantined} of {quarantined + loaded} records are in quarantine"
    return None


def _given(entry: Surveyed, lent: Lent, account: Account) -> dict[str, pl.Expr]:
    """Give the contract columns that the delivery tells rather than the cells."""
    columns, catalogue = entry.export.columns, entry.export.catalogue
    given = {
        "platform": pl.lit(entry.export.platform),
        "observed_on": pl.lit(lent.observation.day),
        "period_start": pl.lit(lent.period.start if lent.period else None, pl.Date),
        "period_end": pl.lit(lent.period.end if lent.period else None, pl.Date),
        "exported_by": pl.lit(account.ref),
        "account_ref": pl.lit(account.ref),
        "account_handle": pl.lit(account.handle, pl.String),
    }
    if catalogue:
        cut = lent.is_capped and catalogue == "complete"
        given["catalogue"] = pl.lit("capped" if cut else catalogue)
    if "account_ref" in columns:
        told = pl.col("account_ref")
        is_sole = told.drop_nulls().n_unique() == 1
        ref = pl.coalesce(told, pl.when(is_sole).then(given["account_ref"]))
        given["account_ref"] = ref
        given["account_handle"] = pl.when(ref == account.ref).then(given["account_handle"])
    if "account_handle" in columns:
        given["account_handle"] = pl.coalesce("account_handle", given["account_handle"])
    return given


def _tables(entry: Surveyed, lent: Lent, good: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Cut the typed records into the export's tables, with their provenance."""
    if good.is_empty():
        return {}
    told = good.with_columns(
        pl.lit(lent.observation.source).alias("observed_on_source"),
        pl.lit(lent.observation.is_exact).alias("observed_on_is_exact"),
        pl.lit(lent.observation.rank, pl.UInt8).alias("evidence_rank"),
        pl.lit(entry.file.file_id).alias("file_id"),
        pl.lit(entry.file.sha256).alias("sha256"),
        pl.col("row_number").cast(pl.UInt32),
    )
    return {
        table: told.select(
            name for name in contract.polars_schema(HISTORY[table]) if name not in _LOAD_COLUMNS
        )
        for table in entry.export.tables
    }


def _quarantine(entry: Surveyed, broken: pl.DataFrame) -> pl.DataFrame:
    if broken.is_empty():
        return _NO_QUARANTINE
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


def _record(entry: Surveyed, lent: Lent, status: Status, reason: str | None = None) -> FileRecord:
    return FileRecord(
        **_known_of(entry.file),
        sheet=entry.table.sheet,
        platform=entry.export.platform,
        account_ref=lent.account.ref if lent.account else None,
        export=entry.export.name,
        language=entry.recognition.language,
        status=status,
        reason=reason,
        rows_in=0,
        loaded=0,
        quarantined=0,
        not_data=0,
        period_start=lent.period.start if lent.period else None,
        period_end=lent.period.end if lent.period else None,
        observed_on=lent.observation.day,
        observed_on_source=lent.observation.source,
        observed_on_is_exact=lent.observation.is_exact,
        unknown_headers=entry.recognition.unknown,
        notes=lent.notes,
    )


def _refuse(entry: Surveyed, lent: Lent, reason: str) -> FileReading:
    record = _record(entry, lent, "refused", reason)
    return FileReading(record=record, tables={}, quarantine=_NO_QUARANTINE)


def _nothing(file: SourceFile, status: Status, reason: str | None, **known: Any) -> FileReading:
    """Say of a file, or of one of its tables, that nothing in it is read."""
    fields: dict[str, Any] = {
        "sheet": None,
        "platform": file.platform,
        "account_ref": None,
        "export": None,
        "language": None,
    }
    record = FileRecord(
        **_known_of(file),
        **(fields | known),
        status=status,
        reason=reason,
        rows_in=0,
        loaded=0,
        quarantined=0,
        not_data=0,
    )
    return FileReading(record=record, tables={}, quarantine=_NO_QUARANTINE)


def _known_of(file: SourceFile) -> dict[str, Any]:
    return {
        "file_id": file.file_id,
        "path": file.path,
        "member": file.member,
        "sha256": file.sha256,
        "size_bytes": file.size_bytes,
        "handle": file.handle,
    }


def _defect(error: Exception) -> str:
    return f"{DEFECT}{type(error).__name__}: {error}"
