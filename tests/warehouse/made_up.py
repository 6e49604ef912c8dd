"""Made-up readings, inboxes and builds for the tests of the store."""

import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl

from schemas.contract import polars_schema
from schemas.files import FileReading, FileRecord
from schemas.history import HISTORY
from schemas.ops import OPS
from warehouse.arrivals.inbox import Settling
from warehouse.marts.partitions import Build

NOW = datetime(2030, 5, 2, 2, 15, tzinfo=UTC)
IMPATIENT = Settling(sleep=lambda seconds: None)


def write_files(root: Path, files: Mapping[str, bytes]) -> Path:
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return root


def write_zip(path: Path, members: Mapping[str, bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, (2030, 4, 30, 12, 0, 0))
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return path


def bare(contract, rows: list[dict]) -> pl.DataFrame:
    schema = polars_schema(contract)
    del schema["load_id"], schema["loaded_at"]
    return pl.DataFrame(rows, schema=schema)


def lifetime_rows(
    name: str, *, posts: int = 3, observed_on: date = date(2030, 5, 1), views: int = 100
) -> pl.DataFrame:
    return bare(
        HISTORY["post_lifetime"],
        [
            {
                "platform": "instagram",
                "post_id": f"{name}-{number}",
                "observed_on": observed_on,
                "views": views + number,
                "observed_on_source": "file",
                "observed_on_is_exact": True,
                "evidence_rank": 6,
                "file_id": f"file-{name}",
                "sha256": f"hash-{name}",
                "row_number": number + 2,
            }
            for number in range(posts)
        ],
    )


def post_rows(name: str, published_at: datetime) -> pl.DataFrame:
    return bare(
        HISTORY["post"],
        [
            {
                "platform": "instagram",
                "post_id": f"{name}-0",
                "observed_on": date(2030, 5, 1),
                "published_at": published_at,
                "catalogue": "complete",
                "observed_on_source": "file",
                "observed_on_is_exact": True,
                "evidence_rank": 6,
                "file_id": f"file-{name}",
                "sha256": f"hash-{name}",
                "row_number": 2,
            }
        ],
    )


def quarantine_rows(name: str, count: int) -> pl.DataFrame:
    return bare(
        OPS["quarantine"],
        [
            {
                "file_id": f"file-{name}",
                "path": f"instagram/{name}/export.csv",
                "row_number": 100 + number,
                "column": "Views",
                "rule": "views breaks greater_than_or_equal_to(0)",
                "value": "-1",
                "record": '{"Views": "-1"}',
            }
            for number in range(count)
        ],
    )


def reconciliation_rows(name: str) -> pl.DataFrame:
    return bare(
        OPS["reconciliation"],
        [
            {
                "file_id": f"file-{name}",
                "sheet": None,
                "check": "total",
                "metric": "views",
                "said": 9.0,
                "found": 7.0,
                "difference": -2.0,
                "records": 3,
                "records_off": None,
                "reason": "unexplained",
            }
        ],
    )


def record(name: str, **changes) -> FileRecord:
    fields = {
        "file_id": f"file-{name}",
        "path": f"instagram/{name}/export.csv",
        "member": None,
        "sheet": None,
        "sha256": f"hash-{name}",
        "size_bytes": 10,
        "platform": "instagram",
        "handle": name,
        "account_ref": name,
        "export": "meta_content",
        "language": "en",
        "status": "loaded",
        "reason": None,
        "rows_in": 3,
        "loaded": 3,
        "quarantined": 0,
        "not_data": 0,
        "observed_on": date(2030, 5, 1),
        "observed_on_source": "file",
        "observed_on_is_exact": True,
    }
    return FileRecord(**(fields | changes))


def reading(name: str, *, posts: int = 3, quarantined: int = 0, **changes) -> FileReading:
    observed_on = changes.get("observed_on", date(2030, 5, 1))
    counts = {"rows_in": posts + quarantined, "loaded": posts, "quarantined": quarantined}
    return FileReading(
        record=record(name, **(counts | changes)),
        tables={"post_lifetime": lifetime_rows(name, posts=posts, observed_on=observed_on)},
        quarantine=quarantine_rows(name, quarantined),
    )


def without_rows(name: str, status: str, **changes) -> FileReading:
    counts = {"rows_in": 0, "loaded": 0, "quarantined": 0, "not_data": 0}
    return FileReading(
        record=record(name, status=status, **(counts | changes)),
        tables={},
        quarantine=quarantine_rows(name, 0),
    )


def build(table: str, as_of: date, **changes) -> Build:
    fields = {
        "knowledge": "latest",
        "cutoff": NOW,
        "built_at": NOW + timedelta(minutes=1),
        "run": "night-1",
        "program_version": "0.1.0",
        "inputs_hash": "inputs",
    }
    return Build(table=table, as_of=as_of, **(fields | changes))
