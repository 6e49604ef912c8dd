"""Loads: what was read in one run, as immutable Parquet that appears whole."""

import fcntl
import json
import os
import secrets
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import polars as pl

from schemas.contract import polars_schema
from schemas.files import FileRecord, ReadingKey
from schemas.history import HISTORY
from schemas.ops import OPS
from warehouse.arrivals.withdrawals import Withdrawal, withdrawals, withdrawn
from warehouse.home import Home, StoreError

QUARANTINE = "quarantine"
RECONCILIATION = "reconciliation"
READ_OPS = (QUARANTINE, RECONCILIATION)
"""Tables of the ops layer whose rows a reading brings."""

COMPRESSION: Literal["zstd"] = "zstd"
COMPRESSION_LEVEL = 1
"""As fast as lz4 to write and for DuckDB to read, at 0.5 to 0.7 of its size; 1M rows each."""

_DAYS = ("period_start", "period_end", "observed_on")
_STAMP = "%Y%m%dT%H%M%S.%f"


@dataclass(frozen=True)
class LoadTable:
    """What a load holds of one table.

    Attributes
    ----------
    files
        File names within the load's folder; what is not named is not part of the load.
    first_day, last_day
        Days the rows speak of: published, counted, covered or observed; null without rows.
    first_observed_on, last_observed_on
        Days the platforms said it; null without rows.
    """

    files: tuple[str, ...]
    rows: int
    first_day: date | None = None
    last_day: date | None = None
    first_observed_on: date | None = None
    last_observed_on: date | None = None


@dataclass(frozen=True)
class Load:
    """One committed load.

    Attributes
    ----------
    file_rows
        One mapping per table of a file, columns of ops.file to JSON values, nulls left out.
    """

    load_id: str
    loaded_at: datetime
    run: str
    program_version: str
    reader_version: str
    path: Path
    tables: Mapping[str, LoadTable]
    file_rows: tuple[Mapping[str, Any], ...] = field(repr=False)

    def files(self, table: str) -> list[Path]:
        """Give the Parquet files of a history table, or of one of `READ_OPS`."""
        held = self.tables.get(table)
        return [self.path / name for name in held.files] if held else []

    @property
    def first_day(self) -> date | None:
        """Give the earliest day that any row speaks of."""
        return _least(table.first_day for table in self.tables.values())

    @property
    def first_observed_on(self) -> date | None:
        """Give the earliest day of observation of any row."""
        return _least(table.first_observed_on for table in self.tables.values())

    def keys_without(self, withdrawn: Container[str]) -> frozenset[ReadingKey]:
        """Give the keys of the readings it loaded, those of some files left out."""
        return frozenset(key for row, key in self.readings if row["file_id"] not in withdrawn)

    @cached_property
    def readings(self) -> tuple[tuple[Mapping[str, Any], ReadingKey], ...]:
        """Give the rows of ops.file of what it loaded, each with its key."""
        return tuple((row, key_of(row)) for row in self.file_rows if row["status"] == "loaded")

    @cached_property
    def file_ids(self) -> frozenset[str]:
        """Give the files it holds rows of."""
        return frozenset(row["file_id"] for row in self.file_rows)


def loads(home: Home) -> list[Load]:
    """Read every committed load, oldest first."""
    return [read_load(home.loads / name) for name in _load_names(home)]


def loads_besides(home: Home, load_ids: Container[str]) -> list[Load]:
    """Read the committed loads that are not among those named, oldest first."""
    return [read_load(home.loads / name) for name in _load_names(home) if name not in load_ids]


def read_load(path: Path) -> Load:
    """Read the record of one load.

    Raises
    ------
    StoreError
        When the folder holds no whole record.
    """
    try:
        record = json.loads((path / "load.json").read_bytes())
        return Load(
            load_id=record["load_id"],
            loaded_at=datetime.fromisoformat(record["loaded_at"]),
            run=record["run"],
            program_version=record["program_version"],
            reader_version=record["reader_version"],
            path=path,
            tables={name: _load_table(table) for name, table in record["tables"].items()},
            file_rows=tuple(record["files"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path} is not a load: {error!r}") from error


def known_keys(home: Home, known: Iterable[Load] | None = None) -> dict[ReadingKey, str]:
    """Map every reading that was loaded and stands to the load that brought it."""
    gone = withdrawn(withdrawals(home))
    return {
        key: load.load_id
        for load in (loads(home) if known is None else known)
        for key in load.keys_without(gone)
    }


def key_of(row: Mapping[str, Any]) -> ReadingKey:
    """Give the key of a row of ops.file in its JSON form."""
    return ReadingKey(**{name: _day_or_text(name, row.get(name)) for name in ReadingKey._fields})


def _day_or_text(name: str, value: str | None) -> Any:
    return date.fromisoformat(value) if value and name in _DAYS else value


def record_row(record: FileRecord) -> dict[str, Any]:
    """Write a record in its JSON form: days as text, nulls and empty lists left out."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in vars(record).items()
        if value is not None and value != ()
    }


def history(
    home: Home,
    table: str,
    cutoff: datetime | None = None,
    known: Iterable[Load] | None = None,
) -> pl.LazyFrame:
    """Scan a history table over the loads, without the rows of withdrawn files.

    Parameters
    ----------
    table
        Name within the history layer.
    cutoff
        Loads and withdrawals up to here, inclusive; all when null.
    known
        Loads already read; read anew when null.

    Returns
    -------
    polars.LazyFrame
        Grain of the table's contract, repeated where two files observed the same; no rows, but
        every column, where nothing was loaded.
    """
    schema = polars_schema(HISTORY[table])
    return _scan(home, table, schema, cutoff, known)


def quarantine(home: Home, known: Iterable[Load] | None = None) -> pl.LazyFrame:
    """Scan ops.quarantine: one row per record and rule."""
    return _scan(home, QUARANTINE, polars_schema(OPS["quarantine"]), None, known)


def file_frame(
    known: Iterable[Load], withdrawn: Mapping[str, Withdrawal] | None = None
) -> pl.DataFrame:
    """Give ops.file: one row per load, file and sheet.

    Parameters
    ----------
    withdrawn
        Files that were taken back, each with the record that says so.
    """
    gone = withdrawn or {}
    schema = polars_schema(OPS["file"])
    columns: dict[str, list[Any]] = {name: [] for name in schema}
    for load in known:
        for row in load.file_rows:
            shown = _taken_back(row, gone.get(row["file_id"]))
            for name, values in columns.items():
                values.append(shown.get(name))
        for name, value in (("load_id", load.load_id), ("loaded_at", load.loaded_at)):
            columns[name][-len(load.file_rows) or len(columns[name]) :] = [value] * len(
                load.file_rows
            )
    lists = [name for name, dtype in schema.items() if dtype == pl.List(pl.String)]
    texts = {name: pl.String if dtype == pl.Date else dtype for name, dtype in schema.items()}
    return pl.DataFrame(columns, schema=texts).with_columns(
        pl.col(name for name in schema if schema[name] == pl.Date).str.to_date("%Y-%m-%d"),
        pl.col(lists).fill_null([]),
    )


def load_frame(known: Iterable[Load]) -> pl.DataFrame:
    """Give ops.load: one row per load."""
    return pl.DataFrame(
        [
            {
                "load_id": load.load_id,
                "loaded_at": load.loaded_at,
                "run": load.run,
                "program_version": load.program_version,
                "files": len(load.file_rows),
            }
            | {
                name: sum(row[name] for row in load.file_rows)
                for name in ("rows_in", "loaded", "quarantined")
            }
            for load in known
        ],
        schema=polars_schema(OPS["load"]),
    )


def next_moment(home: Home, now: datetime) -> datetime:
    """Give `now`, or just after the newest load where the clock was set back since.

    A night's cutoff is the newest load or withdrawal it used; none that comes later may fall
    before it.
    """
    earlier = [
        *(_moment_of(name) for name in _load_names(home)[-1:]),
        *(one.recorded_at for one in withdrawals(home)[-1:]),
    ]
    return max([now.astimezone(UTC), *(one + timedelta(microseconds=1) for one in earlier)])


def new_load_id(loaded_at: datetime) -> str:
    """Name a load: sorts by time, and two of the same moment differ."""
    return f"{loaded_at.strftime(_STAMP)}Z-{secrets.token_hex(4)}"


@contextmanager
def committing(home: Home) -> Iterator[None]:
    """Let one load be committed at a time, over threads and processes."""
    descriptor = os.open(home.loads / ".commit", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _load_names(home: Home) -> list[str]:
    if not home.loads.is_dir():
        return []
    return sorted(entry.name for entry in os.scandir(home.loads) if entry.is_dir())


def _moment_of(load_id: str) -> datetime:
    try:
        stamp = load_id.partition("Z-")[0]
        return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    except ValueError as error:
        raise StoreError(f"{load_id} in store/loads is not named like a load") from error


def _scan(
    home: Home,
    table: str,
    schema: pl.Schema,
    cutoff: datetime | None,
    known: Iterable[Load] | None,
) -> pl.LazyFrame:
    gone = withdrawn(withdrawals(home), cutoff)
    whole: list[Path] = []
    touched: list[Path] = []
    for load in loads(home) if known is None else known:
        if cutoff is None or load.loaded_at <= cutoff:
            (whole if load.file_ids.isdisjoint(gone) else touched).extend(load.files(table))
    scans = [scan_files(whole, schema)] if whole else []
    if touched:
        scans.append(scan_files(touched, schema).filter(stands(gone)))
    return pl.concat(scans) if scans else pl.LazyFrame(schema=schema)


def scan_files(files: list[Path], schema: pl.Schema) -> pl.LazyFrame:
    """Scan files of one table; a column that an older load lacks is null."""
    return pl.scan_parquet(
        files, schema=schema, missing_columns="insert", glob=False, hive_partitioning=False
    )


def stands(withdrawn: Iterable[str]) -> pl.Expr:
    """Say whether a row's file is none of those that were taken back."""
    return ~pl.col("file_id").is_in(pl.Series(list(withdrawn), dtype=pl.String).implode())


def _taken_back(row: Mapping[str, Any], by: Withdrawal | None) -> Mapping[str, Any]:
    return row if by is None else {**row, "status": "withdrawn", "reason": by.reason}


def _load_table(fields: dict[str, Any]) -> LoadTable:
    days = {
        name: date.fromisoformat(fields[name])
        for name in ("first_day", "last_day", "first_observed_on", "last_observed_on")
        if fields.get(name)
    }
    return LoadTable(files=tuple(fields["files"]), rows=fields["rows"], **days)


def _least(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)
