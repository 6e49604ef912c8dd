"""Writing a load: readings in, Parquet under work/, one rename at the end."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import polars as pl

from schemas.contract import polars_schema
from schemas.files import FileReading, FileRecord, ReadingKey
from schemas.history import HISTORY
from schemas.ops import OPS
from warehouse.home import Home, StoreError, place, remove
from warehouse.loads import (
    COMPRESSION,
    COMPRESSION_LEVEL,
    QUARANTINE,
    READ_OPS,
    RECONCILIATION,
    Load,
    committing,
    key_of,
    known_keys,
    loads_besides,
    new_load_id,
    next_moment,
    read_load,
    record_row,
)

ROW_GROUP_ROWS = 122_880
"""Rows a thread of DuckDB takes at a time."""

_STAMPED = ("load_id", "loaded_at")
_PERIOD_DAYS = ("day", "period_start", "period_end", "observed_on")


class LoadWriter:
    """Collects the readings of one batch of files and commits them as one load.

    A reading whose bytes were loaded before for the same account, export, period and day is
    recorded as `repeated` and brings no rows. Used as a context, it leaves nothing behind when
    it is not committed.

    Parameters
    ----------
    home
        Where the load goes.
    run
        Name of the run; names the scratch folder too.
    now
        The moment of loading; kept after every earlier load's.
    program_version, reader_version
        Versions of the product and of its readers.
    known
        Readings loaded before; read from the store when null.
    buffer_rows
        Rows of one table held in memory before they are written.
    """

    def __init__(
        self,
        home: Home,
        run: str,
        *,
        now: datetime,
        program_version: str,
        reader_version: str,
        known: Mapping[ReadingKey, str] | None = None,
        buffer_rows: int = 500_000,
    ) -> None:
        home.create()
        self._home = home
        self._run = run
        self._versions = {"program_version": program_version, "reader_version": reader_version}
        self._known = dict(known_keys(home) if known is None else known)
        self._read = frozenset(self._known.values())
        self._scratch = home.scratch(f"{_folder_name(run)}-load")
        self._rows: list[dict[str, Any]] = []
        self.loaded_at = next_moment(home, now)
        self.load_id = new_load_id(self.loaded_at)
        contracts = HISTORY | {table: OPS[table] for table in READ_OPS}
        self._parts = {
            name: _Parts(name, polars_schema(contract), self, buffer_rows)
            for name, contract in contracts.items()
        }

    @property
    def scratch(self) -> Path:
        """Folder under work/ that becomes the load."""
        return self._scratch

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        remove(self._scratch)

    def add(self, reading: FileReading, delivery_id: str) -> FileRecord:
        """Take one reading.

        Returns
        -------
        FileRecord
            The record as it will stand in ops.file.

        Raises
        ------
        StoreError
            When the rows do not have the contract's columns.
        """
        record, key = reading.record, reading.record.key
        frames = dict(reading.tables) | {
            QUARANTINE: reading.quarantine,
            RECONCILIATION: reading.reconciliation,
        }
        for table, frame in frames.items():
            self._parts_of(table, record).check(frame, record)
        if record.status == "loaded":
            if key in self._known:
                record = _repeated(record, self._known[key])
                self._rows.append(record_row(record) | {"delivery_id": delivery_id})
                return record
            self._known[key] = self.load_id
        for table, frame in frames.items():
            self._parts[table].add(frame)
        self._rows.append(record_row(record) | {"delivery_id": delivery_id})
        return record

    def commit(self) -> Load | None:
        """Put the load in its place, whole; null when nothing was added."""
        if not self._rows:
            remove(self._scratch)
            return None
        for parts in self._parts.values():
            parts.flush()
        with committing(self._home):
            self._drop_repeats(known_keys(self._home, loads_besides(self._home, self._read)))
            tables = {name: parts.describe() for name, parts in self._parts.items()}
            record = {
                "load_id": self.load_id,
                "loaded_at": self.loaded_at.isoformat(),
                "run": self._run,
                **self._versions,
                "tables": {name: table for name, table in tables.items() if table["files"]},
                "files": self._rows,
            }
            text = json.dumps(record, ensure_ascii=False)
            (self._scratch / "load.json").write_text(text, encoding="utf-8")
            target = self._home.loads / self.load_id
            place(self._scratch, target)
        return read_load(target)

    def _parts_of(self, table: str, record: FileRecord) -> "_Parts":
        if table not in self._parts:
            raise StoreError(
                f"{record.path} brings rows of {table}; history has {', '.join(HISTORY)}"
            )
        return self._parts[table]

    def _drop_repeats(self, stored: Mapping[ReadingKey, str]) -> None:
        """Take out what another load brought since this one was begun."""
        brought: dict[str, list[str | None]] = {}
        for row in self._rows:
            if row["status"] == "loaded":
                brought.setdefault(row["file_id"], []).append(stored.get(key_of(row)))
        repeats = {
            file: by[0] for file, by in brought.items() if by[0] is not None and None not in by
        }
        if not repeats:
            return
        for parts in self._parts.values():
            parts.drop(repeats)
        self._rows = [
            row | _repeated_fields(repeats[row["file_id"]])
            if row["file_id"] in repeats and row["status"] == "loaded"
            else row
            for row in self._rows
        ]


class _Parts:
    """The rows of one table: a buffer, and the files it was written to."""

    def __init__(self, table: str, schema: pl.Schema, writer: LoadWriter, limit: int) -> None:
        self._table = table
        self._schema = schema
        self._bare = {name: dtype for name, dtype in schema.items() if name not in _STAMPED}
        self._writer = writer
        self._limit = limit
        self._buffer: list[pl.DataFrame] = []
        self._buffered = 0
        self._files: list[str] = []
        self._described: list[dict[str, Any]] = []

    def check(self, frame: pl.DataFrame, record: FileRecord) -> None:
        """Hold rows to the contract's columns; its rules were met when they were split."""
        if dict(frame.schema) != self._bare:
            raise StoreError(f"{record.path}: {self._disagreement(frame)}")

    def add(self, frame: pl.DataFrame) -> None:
        """Buffer rows; write them when there are many."""
        if frame.is_empty():
            return
        self._buffer.append(frame.select_seq(list(self._bare)))
        self._buffered += frame.height
        if self._buffered >= self._limit:
            self.flush()

    def flush(self) -> None:
        """Write the buffer as one more file."""
        if not self._buffer:
            return
        rows = pl.concat(self._buffer)
        self._buffer, self._buffered = [], 0
        name = f"{self._table}-{len(self._files)}.parquet"
        self._files.append(name)
        self._described.append(self._write(rows, name))

    def drop(self, file_ids: Iterable[str]) -> None:
        """Write the files again without the rows of some source files."""
        gone = pl.Series(list(file_ids))
        kept: list[dict[str, Any]] = []
        names: list[str] = []
        for name, described in zip(self._files, self._described, strict=True):
            path = self._writer.scratch / name
            rows = pl.read_parquet(path, glob=False)
            left = rows.filter(~pl.col("file_id").is_in(gone.implode()))
            if left.height == rows.height:
                kept.append(described)
                names.append(name)
                continue
            path.unlink()
            if not left.is_empty():
                kept.append(self._write(left.drop(_STAMPED), name))
                names.append(name)
        self._files, self._described = names, kept

    def describe(self) -> dict[str, Any]:
        """Say what load.json says of the table."""
        if len(self._files) == 1:
            only = f"{self._table}.parquet"
            (self._writer.scratch / self._files[0]).rename(self._writer.scratch / only)
            self._files = [only]
        extremes = {
            name: function(days)
            for name, function in (
                ("first_day", min),
                ("last_day", max),
                ("first_observed_on", min),
                ("last_observed_on", max),
            )
            if (days := [d[name] for d in self._described if d[name] is not None])
        }
        rows = sum(described["rows"] for described in self._described)
        return {"files": self._files, "rows": rows, **extremes}

    def _write(self, rows: pl.DataFrame, name: str) -> dict[str, Any]:
        stamped = rows.with_columns(
            load_id=pl.lit(self._writer.load_id),
            loaded_at=pl.lit(self._writer.loaded_at, dtype=pl.Datetime("us", "UTC")),
        ).select(list(self._schema))
        stamped.write_parquet(
            self._writer.scratch / name,
            compression=COMPRESSION,
            compression_level=COMPRESSION_LEVEL,
            row_group_size=ROW_GROUP_ROWS,
        )
        return {"rows": rows.height} | _extremes(rows)

    def _disagreement(self, frame: pl.DataFrame) -> str:
        found = dict(frame.schema)
        problems = (
            [f"{name} is missing" for name in self._bare if name not in found]
            + [f"{name} is not a column of it" for name in found if name not in self._bare]
            + [
                f"{name} is {found[name]} instead of {dtype}"
                for name, dtype in self._bare.items()
                if name in found and found[name] != dtype
            ]
        )
        return f"rows of {self._table} disagree with its contract: {'; '.join(problems)}"


def _extremes(rows: pl.DataFrame) -> dict[str, str | None]:
    about = [pl.col(name) for name in _PERIOD_DAYS if name in rows.columns]
    if "published_at" in rows.columns:
        about.append(pl.col("published_at").dt.date())
    observed = [pl.col("observed_on")] if "observed_on" in rows.columns else []
    none = [pl.lit(None, dtype=pl.Date)]
    row = rows.select(
        first_day=pl.min_horizontal([column.min() for column in about] or none),
        last_day=pl.max_horizontal([column.max() for column in about] or none),
        first_observed_on=pl.min_horizontal([column.min() for column in observed] or none),
        last_observed_on=pl.max_horizontal([column.max() for column in observed] or none),
    ).row(0, named=True)
    return {name: day.isoformat() if isinstance(day, date) else None for name, day in row.items()}


def _repeated(record: FileRecord, load_id: str) -> FileRecord:
    return replace(record, **_repeated_fields(load_id))


def _repeated_fields(load_id: str) -> dict[str, Any]:
    return {
        "status": "repeated",
        "reason": f"load {load_id} brought the same bytes for this account, export, period and day",
        "rows_in": 0,
        "loaded": 0,
        "quarantined": 0,
        "not_data": 0,
    }


def _folder_name(run: str) -> str:
    return "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in run)[:60] or "run"
