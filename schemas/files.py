"""What is known of a file before, and what is said of it after reading."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple

import polars as pl

from schemas.contract import polars_schema
from schemas.ops import Reconciliation

Status = Literal["loaded", "repeated", "unrecognised", "refused", "empty", "kept"]
"""`repeated`: these bytes were already loaded for this account, report, period and day.
`unrecognised`: no export has these headers. `refused`: the export is known, but the file cannot
be read truthfully. `empty`: a known export with a header and no data. `kept`: a known export
that fills no table; its bytes are archived like those of every file."""


NO_RECONCILIATION = pl.DataFrame(
    schema={
        name: dtype
        for name, dtype in polars_schema(Reconciliation).items()
        if name not in ("load_id", "loaded_at")
    }
)


@dataclass(frozen=True, kw_only=True)
class SourceFile:
    """One file of a delivery, as it was found.

    Attributes
    ----------
    file_id
        Identifies the file within all deliveries; key of ops.file before sheets.
    path
        Where it lay, relative to the inbox; for a member, where its zip lay.
    member
        Path within the zip, or null.
    content
        The bytes, or a local file that holds them.
    platform, handle
        What the inbox path says, lower case, without @; null outside <platform>/<handle>/.
    modified_on
        Day of the source's own modification time, in the deployment's time zone.
    entry_on
        Day of the zip entry's own time; null outside zips and for the zip epoch of 1980.
    arrived_on
        Day the delivery was first seen.
    """

    file_id: str
    path: str
    member: str | None = None
    content: bytes | Path = field(repr=False)
    sha256: str
    size_bytes: int
    platform: str | None = None
    handle: str | None = None
    modified_on: date | None = None
    entry_on: date | None = None
    arrived_on: date

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Give the names that can carry evidence, nearest first: member, file or zip, folders.

        The inbox's own `<platform>/<handle>` folders are not among them.
        """
        parts = list(Path(self.path).parts)
        if self.platform is not None and len(parts) > 2:
            parts = parts[2:]
        inner = list(Path(self.member).parts) if self.member else []
        return tuple(reversed(parts + inner))

    @property
    def label(self) -> str:
        """Give the name a person looks for."""
        return f"{self.path}!{self.member}" if self.member else self.path


class ReadingKey(NamedTuple):
    """What makes a reading a repeat: the same bytes said the same of the same, once more."""

    sha256: str
    sheet: str | None
    platform: str | None
    account_ref: str | None
    export: str | None
    period_start: date | None
    period_end: date | None
    observed_on: date | None


@dataclass(frozen=True, kw_only=True)
class FileRecord:
    """What reading one table of one file came to: a row of ops.file without the load's columns.

    `rows_in = loaded + quarantined + not_data`, always; checked when the record is made.
    """

    file_id: str
    path: str
    member: str | None
    sheet: str | None
    sha256: str
    size_bytes: int
    platform: str | None
    handle: str | None
    account_ref: str | None
    export: str | None
    language: str | None
    status: Status
    reason: str | None
    rows_in: int
    loaded: int
    quarantined: int
    not_data: int
    period_start: date | None = None
    period_end: date | None = None
    observed_on: date | None = None
    observed_on_source: str | None = None
    observed_on_is_exact: bool | None = None
    nearest_export: str | None = None
    missing_headers: tuple[str, ...] = ()
    unknown_headers: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> ReadingKey:
        """Give what tells this reading from others; equal keys are one observation."""
        return ReadingKey(**{name: getattr(self, name) for name in ReadingKey._fields})

    def __post_init__(self) -> None:
        """Hold the record to its own arithmetic."""
        if self.rows_in != self.loaded + self.quarantined + self.not_data:
            raise ValueError(
                f"{self.path}: rows_in {self.rows_in} is not loaded {self.loaded} + "
                f"quarantined {self.quarantined} + not_data {self.not_data}"
            )


@dataclass(frozen=True)
class KeptRows:
    """Rows of one table that were written while their file was still being read.

    Attributes
    ----------
    name
        Name of the Parquet file, in the folder of who keeps them.
    facts
        How many rows, and from which day to which.
    """

    name: str
    facts: Mapping[str, Any]


Keep = Callable[[str, pl.DataFrame], KeptRows]
"""Writes rows of a table, all columns but `load_id` and `loaded_at`, and says where."""


@dataclass(frozen=True, kw_only=True)
class FileReading:
    """A record with the rows behind it.

    Attributes
    ----------
    tables
        History table to rows that meet its contract, all columns but `load_id` and `loaded_at`.
    quarantine
        Rows of ops.quarantine, all columns but `load_id` and `loaded_at`.
    reconciliation
        Rows of ops.reconciliation, likewise.
    kept
        Table, `quarantine` among them, to rows that were written already; of a large file.
    """

    record: FileRecord
    tables: Mapping[str, pl.DataFrame] = field(repr=False)
    quarantine: pl.DataFrame = field(repr=False)
    reconciliation: pl.DataFrame = field(default_factory=NO_RECONCILIATION.clone, repr=False)
    kept: Mapping[str, tuple[KeptRows, ...]] = field(default_factory=dict, repr=False)
