"""What a file is and what would become of it, without writing anything."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from flows.references.additions import declared_as_edited
from flows.settings import Settings
from schemas.files import FileRecord, KeptRows, SourceFile
from schemas.limits import Limits
from transforms.deliveries.delivery import read_delivery
from transforms.deliveries.recognition.title import recognise_any
from transforms.export import Export
from transforms.mappings.explain import explain
from transforms.reading.errors import ReadingError
from transforms.reading.pieces import NotCleanError, open_pieces
from transforms.reading.tables import TextTable, read_tables
from warehouse.home import Home
from warehouse.loads.sources import inspect_sources


def inspect_files(paths: Iterable[Path], settings: Settings) -> list[dict[str, Any]]:
    """Read files, zips or folders as a night would, and say what it would do.

    Returns
    -------
    list of dict
        One per table of a file: file, export or null, platform, language, status, account,
        period, day of observation, rows_in, loaded, quarantined, not_data, reason.
    """
    limits = settings.limits
    exports = declared_as_edited(Home(settings.home)).exports
    with TemporaryDirectory(prefix="creator-metrics-") as scratch:
        parcels = inspect_sources(
            paths, settings.today(), settings.zone, scratch=Path(scratch), limits=limits
        )
        return [
            {"file": _file(parcel.path, record.path, record.member, record.sheet)} | _row(record)
            for parcel in parcels
            for record in (
                *parcel.refused,
                *(
                    reading.record
                    for reading in read_delivery(
                        parcel.files, limits=limits, exports=exports, keep=_keep_nothing
                    )
                ),
            )
        ]


def inspect_columns(paths: Iterable[Path], settings: Settings) -> list[dict[str, Any]]:
    """Say of every header of every table what it is and what becomes of it.

    Returns
    -------
    list of dict
        One per header: file, header, language, column, becomes, unit, values, fate, seen; none
        of a file that holds no table.
    """
    limits = settings.limits
    exports = declared_as_edited(Home(settings.home)).exports
    with TemporaryDirectory(prefix="creator-metrics-") as scratch:
        parcels = inspect_sources(
            paths, settings.today(), settings.zone, scratch=Path(scratch), limits=limits
        )
        return [
            row
            for parcel in parcels
            for file in parcel.files
            for row in _columns(parcel.path, file, limits, exports)
        ]


def _first_tables(file: SourceFile, name: str, limits: Limits) -> list[TextTable]:
    """Read every table of a file; of a large one the first records."""
    pieces = open_pieces(file.content, name, limits)
    try:
        return (
            read_tables(file.content, name, limits)
            if pieces is None
            else [*islice(pieces.tables(), 1)]
        )
    except NotCleanError:
        return read_tables(file.content, name, limits)


def _keep_nothing(_: str, rows: pl.DataFrame) -> KeptRows:
    """Let go of the rows of a large file, of which only the record is told."""
    return KeptRows("", {"rows": rows.height})


def addition_problems(settings: Settings) -> list[str]:
    """Say what is wrong with the overlays and mappings that lie in the home."""
    problems = declared_as_edited(Home(settings.home)).problems
    return [problem for found in problems.values() for problem in found]


def _columns(
    parcel: str, file: SourceFile, limits: Limits, exports: Mapping[str, Export]
) -> Iterator[dict[str, Any]]:
    try:
        tables = _first_tables(file, Path(file.member or file.path).name, limits)
    except ReadingError:
        return
    for found in tables:
        for recognition, table in recognise_any(found, exports, file.platform):
            name = _file(parcel, file.path, file.member, table.sheet)
            for fate in explain(table, recognition, exports):
                yield {"file": name} | asdict(fate)


def _file(parcel: str, path: str, member: str | None, sheet: str | None) -> str:
    """Name the file as it was named: the zip and its member, or the file in its folder."""
    named = Path(parcel)
    file = f"{named}!{member}" if member else str(named)
    if named.name != Path(path).name:
        file = str(named / Path(path).name)
    return f"{file}#{sheet}" if sheet else file


def _row(record: FileRecord) -> dict[str, Any]:
    return {
        "export": record.export,
        "platform": record.platform,
        "language": record.language,
        "status": record.status,
        "rows_in": record.rows_in,
        "loaded": record.loaded,
        "quarantined": record.quarantined,
        "not_data": record.not_data,
        "reason": record.reason,
        "account": record.account_ref,
        "period_start": record.period_start,
        "period_end": record.period_end,
        "observed_on": record.observed_on,
        "observed_on_source": record.observed_on_source,
        "nearest_export": record.nearest_export,
        "missing_headers": list(record.missing_headers),
        "unknown_headers": list(record.unknown_headers),
        "notes": list(record.notes),
    }
