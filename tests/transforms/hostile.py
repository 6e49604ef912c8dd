"""One small made-up file of every export (`tests/data/exports`), and what must hold of any file.

A folder there is a seed, its one file lies as in an inbox: `<path>`, `<path of zip>!<member>`, or
`<path of workbook>.json` with the cells of every sheet.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import get_args

import polars as pl

from schemas.files import FileReading, SourceFile, Status
from tests.sample.spreadsheet import sheets
from transforms.deliveries.delivery import DEFECT, read_delivery
from transforms.reading.limits import Limits
from warehouse.arrivals.names import owner

FOLDER = Path(__file__).parents[1] / "data" / "exports"
STATUSES = frozenset(get_args(Status))
ARRIVED = date(2026, 6, 30)
SAVED = datetime(2026, 1, 1, tzinfo=UTC)

Sheets = Mapping[str, Sequence[Sequence[str]]]


@dataclass(frozen=True)
class Seed:
    """A file that is read: where it lies, its bytes, and of a workbook the cells."""

    path: str
    member: str | None
    content: bytes
    tables: Sheets | None = None

    def with_content(self, content: bytes) -> SourceFile:
        """Put other bytes into its place."""
        platform, handle = owner(self.path)
        return SourceFile(
            file_id="f",
            path=self.path,
            member=self.member,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            size_bytes=len(content),
            platform=platform,
            handle=handle,
            arrived_on=ARRIVED,
        )

    def with_tables(self, tables: Sheets) -> "Seed":
        """Put other cells into its workbook."""
        return replace(self, tables=tables, content=sheets(tables, SAVED))


def seeds() -> dict[str, Seed]:
    """Read every seed, by the name of its folder."""
    found = {}
    for folder in sorted(FOLDER.iterdir()):
        (file,) = (path for path in folder.rglob("*") if path.is_file())
        found[folder.name] = _seed(str(file.relative_to(folder)), file.read_bytes())
    return found


def _seed(place: str, content: bytes) -> Seed:
    if place.endswith(".xlsx.json"):
        empty = Seed(place.removesuffix(".json"), None, b"")
        return empty.with_tables(json.loads(content))
    path, _, member = place.partition("!")
    return Seed(path, member or None, content)


def read(files: Sequence[SourceFile], limits: Limits | None = None) -> list[FileReading]:
    """Read a delivery and hold what comes back to what must hold of every file."""
    readings = list(read_delivery(files, limits=limits))
    assert {reading.record.file_id for reading in readings} == {file.file_id for file in files}
    for reading in readings:
        check(reading)
    _check_shares(readings)
    return readings


def check(reading: FileReading) -> None:
    """Hold one reading to its status and its arithmetic."""
    record = reading.record
    assert record.status in STATUSES
    assert not (record.reason or "").startswith(DEFECT), record.reason
    assert record.reason or record.status == "loaded"
    assert record.rows_in == record.loaded + record.quarantined + record.not_data
    assert bool(reading.tables) == bool(record.loaded)
    assert bool(reading.quarantine.height) == bool(record.quarantined)


def _check_shares(readings: Sequence[FileReading]) -> None:
    """Every distribution is whole: its shares, over the files that part it, sum to 1."""
    told = [reading.tables["audience"] for reading in readings if "audience" in reading.tables]
    for audience in pl.concat(told).partition_by("distribution_id") if told else []:
        once = audience.unique("segment")
        assert abs(once["share"].sum() - 1) < 1e-6, once.select("segment", "share")
