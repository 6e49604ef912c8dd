"""Reading what arrived together: recognise every table, let siblings lend, then read each.

The unit of evidence is the delivery: a table that says nothing of its period, its account or
its day takes them from its names, then from its siblings.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from schemas.files import FileReading, Keep, ReadingKey, SourceFile, Status
from transforms.deliveries.checks.lost_digits import lost_digits
from transforms.deliveries.checks.reconciliation import Beside, reconcile
from transforms.deliveries.intake import survey_files
from transforms.deliveries.lending import Lent, lend
from transforms.deliveries.loading import Rows, load_rows
from transforms.deliveries.outcome import (
    DEFECT,
    DEFECTS,
    NO_QUARANTINE,
    defect,
    nothing,
    record_of,
    refuse,
)
from transforms.deliveries.survey import Surveyed
from transforms.deliveries.together import load_together
from transforms.export import Export
from transforms.exports import EXPORTS
from transforms.reading.tables import Limits

_OBSERVED = ("loaded", "empty")

__all__ = ["DEFECT", "read_deliveries", "read_delivery"]


def read_delivery(
    files: Sequence[SourceFile],
    *,
    limits: Limits | None = None,
    exports: Mapping[str, Export] = EXPORTS,
    keep: Keep | None = None,
) -> Iterator[FileReading]:
    """Read the files of one delivery, as `read_deliveries` does."""
    (readings,) = read_deliveries([files], limits=limits, exports=exports, keep=keep)
    yield from readings


def read_deliveries(
    deliveries: Iterable[Sequence[SourceFile]],
    *,
    limits: Limits | None = None,
    exports: Mapping[str, Export] = EXPORTS,
    keep: Keep | None = None,
) -> Iterator[Iterator[FileReading]]:
    """Read the files of several deliveries, each as if it had come alone, whatever their order.

    Parameters
    ----------
    deliveries
        Each of them what arrived together.
    limits
        Sizes beyond which a file is refused.
    exports
        Declarations to recognise by; a deployment can add names to them.
    keep
        Takes the rows of large files piece by piece, so that none lies in memory whole; such a
        file is read at once where null.

    Yields
    ------
    Iterator
        Of each delivery, at least one reading per file and one per table of a file, in the order
        of path, member and sheet. Bad input raises nothing: it is refused or unrecognised with its
        reason. An error of ours is the reason of its file alone and starts with `defect: `.
    """
    arrived = [_Arrived.of(files, limits or Limits(), exports, keep) for files in deliveries]
    together = load_together(table for one in arrived for table in one.tables())
    for one in arrived:
        yield _readings(one, together, keep)


@dataclass(frozen=True, eq=False)
class _Arrived:
    """A delivery before any of its tables is read.

    Attributes
    ----------
    entries
        Its tables, and the readings of what is none.
    lent
        What each of the tables is read with.
    """

    entries: Sequence[Surveyed | FileReading]
    lent: Mapping[Surveyed, Lent | BaseException]

    @classmethod
    def of(
        cls,
        files: Sequence[SourceFile],
        limits: Limits,
        exports: Mapping[str, Export],
        keep: Keep | None,
    ) -> "_Arrived":
        ordered = sorted(files, key=lambda file: (file.path, file.member or "", file.file_id))
        entries = survey_files(ordered, limits, exports, in_pieces=keep is not None)
        return cls(entries, lend([entry for entry in entries if isinstance(entry, Surveyed)]))

    def tables(self) -> Iterator[tuple[Surveyed, Lent]]:
        """Give those tables that met no error of ours."""
        for entry, lent in self.lent.items():
            if not isinstance(lent, BaseException):
                yield entry, lent


def _readings(
    arrived: _Arrived, together: Mapping[Surveyed, Rows], keep: Keep | None
) -> Iterator[FileReading]:
    beside = Beside.of(arrived.lent)
    seen: dict[ReadingKey, str] = {}
    for entry in arrived.entries:
        if isinstance(entry, FileReading):
            yield entry
            continue
        given = arrived.lent[entry]
        if isinstance(given, BaseException):
            yield nothing(entry.file, "refused", defect(given), sheet=entry.table.sheet)
            continue
        reading = _read(entry, given, seen, together.get(entry), keep, beside)
        if reading.record.status in _OBSERVED:
            seen.setdefault(reading.record.key, entry.file.label)
        yield reading


def _read(
    entry: Surveyed,
    lent: Lent,
    seen: Mapping[ReadingKey, str],
    rows: Rows | None,
    keep: Keep | None,
    beside: Beside,
) -> FileReading:
    """Read one table with what it was lent; refuse it where that is not enough."""
    if lent.account is None and not entry.export.lists_accounts:
        return refuse(
            entry, lent, "lies outside <platform>/<handle>/ and names no account: move it there"
        )
    try:
        refusal = _undated(entry, lent) or lost_digits(entry, lent.data)
        if refusal is None and entry.export.refusal:
            refusal = entry.export.refusal(lent.data)
        if refusal:
            return refuse(entry, lent, refusal)
        return _load(entry, lent, seen, rows, keep, beside)
    except DEFECTS as error:
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
    entry: Surveyed,
    lent: Lent,
    seen: Mapping[ReadingKey, str],
    rows: Rows | None,
    keep: Keep | None,
    beside: Beside,
) -> FileReading:
    record = record_of(entry, lent, "empty" if lent.data.is_empty() else "loaded")
    if record.status in _OBSERVED and (earlier := seen.get(record.key)):
        return FileReading(
            record=replace(record, status="repeated", reason=f"repeats {earlier}"),
            tables={},
            quarantine=NO_QUARANTINE,
        )
    remarks = entry.export.remarks(lent.data) if entry.export.remarks else ()
    rows = rows or load_rows(entry, lent, keep)
    quarantined = lent.data.height - rows.loaded
    record = replace(
        record,
        rows_in=entry.text.height,
        loaded=rows.loaded,
        quarantined=quarantined,
        not_data=entry.text.height - lent.data.height,
        reason=_reason(record.status, quarantined, rows.loaded),
        notes=(*record.notes, *remarks),
    )
    return FileReading(
        record=record,
        tables=rows.tables,
        quarantine=rows.quarantine,
        reconciliation=reconcile(entry, lent, beside),
        kept=rows.kept,
    )


def _reason(status: Status, quarantined: int, loaded: int) -> str | None:
    if status == "empty":
        return "a header and no data"
    if quarantined:
        return f"{quarantined} of {quarantined + loaded} records are in quarantine"
    return None
