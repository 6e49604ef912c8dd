"""Writing a load: readings in, Parquet under work/, one rename at the end."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import polars as pl

from schemas.contract import polars_schema
from schemas.files import FileReading, FileRecord, KeptRows, ReadingKey
from schemas.history import HISTORY
from schemas.ops import OPS
from warehouse.home import Home, StoreError, place, remove
from warehouse.loads.load import (
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
from warehouse.loads.parts import LoadParts, Stamp


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
        stamp = Stamp(self.load_id, self.loaded_at)
        contracts = HISTORY | {table: OPS[table] for table in READ_OPS}
        self._parts = {
            name: LoadParts(name, polars_schema(contract), self._scratch, stamp, buffer_rows)
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

    def keep(self, table: str, rows: pl.DataFrame) -> KeptRows:
        """Write rows of a file that is still being read; they count once its reading is added.

        May be called from several threads.

        Raises
        ------
        StoreError
            When the rows do not have the contract's columns.
        """
        return self._parts[table].keep(rows)

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
            self._parts_of(table, record).check(frame, record.path)
        if record.status == "loaded":
            if key in self._known:
                record = _repeated(record, self._known[key])
                self._rows.append(record_row(record) | {"delivery_id": delivery_id})
                return record
            self._known[key] = self.load_id
        for table, frame in frames.items():
            self._parts[table].add(frame)
        for table, kept in reading.kept.items():
            self._parts[table].take(kept)
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
            self._sweep()
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

    def _sweep(self) -> None:
        """Remove what was kept for readings that bring no rows: repeated, failed on the way."""
        taken = {name for parts in self._parts.values() for name in parts.files}
        for path in self._scratch.glob("*.parquet"):
            if path.name not in taken:
                path.unlink()

    def _parts_of(self, table: str, record: FileRecord) -> LoadParts:
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
