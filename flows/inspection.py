"""What a file is and what would become of it, without writing anything."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flows.settings import Settings
from schemas.files import FileRecord
from transforms.deliveries.delivery import read_delivery
from transforms.reading.tables import Limits
from warehouse.sources import inspect_sources


def inspect_files(paths: Iterable[Path], settings: Settings) -> list[dict[str, Any]]:
    """Read files, zips or folders as a night would, and say what it would do.

    Returns
    -------
    list of dict
        One per table of a file: file, export or null, platform, language, status, account,
        period, day of observation, rows_in, loaded, quarantined, not_data, reason.
    """
    limits = Limits(max_bytes=settings.max_file_bytes)
    with TemporaryDirectory(prefix="creator-metrics-") as scratch:
        parcels = inspect_sources(paths, settings.today(), settings.zone, scratch=Path(scratch))
        return [
            {"file": _file(parcel.path, record)} | _row(record)
            for parcel in parcels
            for record in (
                *parcel.refused,
                *(reading.record for reading in read_delivery(parcel.files, limits=limits)),
            )
        ]


def _file(parcel: str, record: FileRecord) -> str:
    """Name the file as it was named: the zip and its member, or the file in its folder."""
    named = Path(parcel)
    file = f"{named}!{record.member}" if record.member else str(named)
    if named.name != Path(record.path).name:
        file = str(named / Path(record.path).name)
    return f"{file}#{record.sheet}" if record.sheet else file


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
