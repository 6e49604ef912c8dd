"""The rows of one table of a load: a buffer, and the Parquet files it was written to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Any

import polars as pl

from schemas.files import KeptRows
from warehouse.home import StoreError
from warehouse.loads.load import COMPRESSION, COMPRESSION_LEVEL

ROW_GROUP_ROWS = 122_880
"""Rows a thread of DuckDB takes at a time."""

_STAMPED = ("load_id", "loaded_at")
_PERIOD_DAYS = ("day", "period_start", "period_end", "observed_on")


@dataclass(frozen=True)
class Stamp:
    """What every row of a load carries."""

    load_id: str
    loaded_at: datetime


class LoadParts:
    """The rows of one table: a buffer, and the files it was written to."""

    def __init__(
        self, table: str, schema: pl.Schema, folder: Path, stamp: Stamp, limit: int
    ) -> None:
        self._table = table
        self._schema = schema
        self._bare = {name: dtype for name, dtype in schema.items() if name not in _STAMPED}
        self._folder = folder
        self._stamp = stamp
        self._limit = limit
        self._buffer: list[pl.DataFrame] = []
        self._buffered = 0
        self._names = (f"{table}-{number}.parquet" for number in count())
        self._naming = Lock()
        self._files: list[str] = []
        self._described: list[Mapping[str, Any]] = []

    @property
    def files(self) -> Sequence[str]:
        """Give the names of the files that make up the table."""
        return self._files

    def check(self, frame: pl.DataFrame, path: str) -> None:
        """Hold rows to the contract's columns; its rules were met when they were split."""
        if frame.is_empty():
            return
        if dict(zip(frame.columns, frame.dtypes, strict=True)) != self._bare:
            raise StoreError(f"{path}: {self._disagreement(frame)}")

    def keep(self, rows: pl.DataFrame) -> KeptRows:
        """Write rows that are nobody's before they are taken."""
        self.check(rows, "a file read in pieces")
        name = self._new_name()
        return KeptRows(name, self._write(rows, name))

    def take(self, kept: Iterable[KeptRows]) -> None:
        """Count rows that were kept among the table's."""
        for rows in kept:
            self._files.append(rows.name)
            self._described.append(rows.facts)

    def add(self, frame: pl.DataFrame) -> None:
        """Buffer rows; write them when there are many."""
        if frame.is_empty():
            return
        columns = list(self._bare)
        self._buffer.append(frame if frame.columns == columns else frame[columns])
        self._buffered += frame.height
        if self._buffered >= self._limit:
            self.flush()

    def flush(self) -> None:
        """Write the buffer as one more file."""
        if not self._buffer:
            return
        rows = pl.concat(self._buffer)
        self._buffer, self._buffered = [], 0
        name = self._new_name()
        self._files.append(name)
        self._described.append(self._write(rows, name))

    def _new_name(self) -> str:
        with self._naming:
            return next(self._names)

    def drop(self, file_ids: Iterable[str]) -> None:
        """Write the files again without the rows of some source files."""
        gone = pl.Series(list(file_ids))
        kept: list[Mapping[str, Any]] = []
        names: list[str] = []
        for name, described in zip(self._files, self._described, strict=True):
            path = self._folder / name
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
            (self._folder / self._files[0]).rename(self._folder / only)
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
            load_id=pl.lit(self._stamp.load_id),
            loaded_at=pl.lit(self._stamp.loaded_at, dtype=pl.Datetime("us", "UTC")),
        ).select(list(self._schema))
        stamped.write_parquet(
            self._folder / name,
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
