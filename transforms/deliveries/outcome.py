"""What reading a table came to: the record of it, and the reading where nothing is loaded."""

from typing import Any

import polars as pl

from schemas import contract
from schemas.files import FileReading, FileRecord, SourceFile, Status
from schemas.ops import Quarantine
from transforms.deliveries.lending import Lent
from transforms.deliveries.recognition.suggestion import suggest
from transforms.deliveries.survey import Surveyed

DEFECT = "defect: "
"""Opens the reason of a file that met an error of ours; the caller looks for it."""

DEFECTS = (Exception, pl.exceptions.PanicException)
"""Errors of ours, and of polars, that end the reading of one file and of no other."""

LOAD_COLUMNS = ("load_id", "loaded_at")
"""Columns that the load adds, not the reading."""

NO_QUARANTINE = pl.DataFrame(
    schema={
        name: dtype
        for name, dtype in contract.polars_schema(Quarantine).items()
        if name not in LOAD_COLUMNS
    }
)


def record_of(entry: Surveyed, lent: Lent, status: Status, reason: str | None = None) -> FileRecord:
    """Record what is known of a table before its records are counted."""
    known = sorted(
        (position, column)
        for column, positions in entry.recognition.positions.items()
        for position in positions
    )
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
        suggestions=suggest(entry.table, entry.recognition, entry.export),
        headers=tuple(entry.table.header[position] for position, _ in known),
        columns=tuple(column for _, column in known),
        notes=lent.notes,
    )


def refuse(entry: Surveyed, lent: Lent, reason: str) -> FileReading:
    """Say why a recognised table is not read."""
    record = record_of(entry, lent, "refused", reason)
    return FileReading(record=record, tables={}, quarantine=NO_QUARANTINE)


def nothing(file: SourceFile, status: Status, reason: str | None, **known: Any) -> FileReading:
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
    return FileReading(record=record, tables={}, quarantine=NO_QUARANTINE)


def _known_of(file: SourceFile) -> dict[str, Any]:
    return {
        "file_id": file.file_id,
        "path": file.path,
        "member": file.member,
        "sha256": file.sha256,
        "size_bytes": file.size_bytes,
        "handle": file.handle,
    }


def defect(error: BaseException) -> str:
    """Spell an error of ours as the reason of a file."""
    return f"{DEFECT}{type(error).__name__}: {error}"
