"""Rows of history, and of the quarantine, out of the records of one table."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache

import polars as pl

from schemas import contract
from schemas.files import Keep, KeptRows
from schemas.history import HISTORY
from transforms.deliveries.lending import Lent
from transforms.deliveries.outcome import LOAD_COLUMNS, NO_QUARANTINE
from transforms.deliveries.piecewise import records_in_pieces
from transforms.deliveries.records import quarantine_records
from transforms.deliveries.splitting import split
from transforms.deliveries.survey import Surveyed
from transforms.deliveries.told import Told
from transforms.export import Export
from transforms.reading.ahead import made_beside
from transforms.reading.tables import TextTable

QUARANTINE = "quarantine"

_KEPT_AT_ONCE = 122_880
"""Rows that are written together: a row group."""

_KEPT_AHEAD = 2
"""Row groups that wait to be written, so that no more lie in memory."""


@dataclass(frozen=True)
class Rows:
    """What the records of a table became, in memory or kept.

    Attributes
    ----------
    loaded
        Records that are good.
    """

    loaded: int
    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict, repr=False)
    quarantine: pl.DataFrame = field(default_factory=NO_QUARANTINE.clone, repr=False)
    kept: Mapping[str, tuple[KeptRows, ...]] = field(default_factory=dict, repr=False)


def load_rows(entry: Surveyed, lent: Lent, keep: Keep | None) -> Rows:
    """Type the records, part the good from the bad and give both as rows.

    Parameters
    ----------
    keep
        Takes the rows of a table that is read in pieces.
    """
    told = Told.of_one(entry, lent)
    if entry.pieces is None:
        return _rows(entry, told, entry.table, lent.data)
    if keep is None:
        raise ValueError("nobody keeps the rows of a table that is read in pieces")
    with ThreadPoolExecutor(1) as writer:
        keeper = _Keeper(entry.export, keep, writer)
        pieces = records_in_pieces(entry, lent.data)
        for rows in made_beside(lambda piece: _rows(entry, told, *piece), pieces):
            keeper.add(rows)
        return keeper.done()


def _rows(entry: Surveyed, told: Told, table: TextTable, data: pl.DataFrame) -> Rows:
    export = entry.export
    parted = split(data, export, told.given(export))
    quarantine = _quarantine(entry, table, parted.broken)
    good = parted.good
    if good.is_empty():
        return Rows(0, quarantine=quarantine)
    made = export.complete(good, data) if export.complete else good
    (tables,) = cut(made, export, told, [made.height])
    return Rows(good.height, tables, quarantine)


def cut(
    made: pl.DataFrame, export: Export, told: Told, heights: Iterable[int]
) -> Iterator[dict[str, pl.DataFrame]]:
    """Cut typed records into the rows of the export's tables, with their provenance.

    Parameters
    ----------
    heights
        Of the tables whose records stand one below the other.

    Yields
    ------
    dict
        Of each of them, history table to rows.
    """
    whole = made.with_columns_seq(told.provenance)
    rows = {table: whole[_columns_of(table)] for table in export.tables}
    begin = 0
    for height in heights:
        yield {
            table: _of_grain(all_.slice(begin, height), table, export)
            for table, all_ in rows.items()
        }
        begin += height


class _Keeper:
    """Gathers the rows of the pieces and has them written as many at once as a row group holds."""

    def __init__(self, export: Export, keep: Keep, writer: Executor) -> None:
        self._export = export
        self._keep = keep
        self._writer = writer
        self._loaded = 0
        self._held: dict[str, list[pl.DataFrame]] = defaultdict(list)
        self._kept: dict[str, list[Future[KeptRows]]] = defaultdict(list)
        self._waiting: deque[Future[KeptRows]] = deque()
        self._seen: dict[str, pl.DataFrame] = {}

    def add(self, rows: Rows) -> None:
        self._loaded += rows.loaded
        for table, frame in rows.tables.items():
            self._hold(table, self._unseen(table, frame))
        self._hold(QUARANTINE, rows.quarantine)

    def done(self) -> Rows:
        for table in list(self._held):
            self._hand_on(table)
        return Rows(
            self._loaded,
            kept={
                table: tuple(written.result() for written in kept)
                for table, kept in self._kept.items()
            },
        )

    def _unseen(self, table: str, frame: pl.DataFrame) -> pl.DataFrame:
        """Leave out the keys of which an earlier piece had the first record."""
        key = _coarse_grain(table, self._export)
        if not key:
            return frame
        seen = self._seen.get(table, frame.clear().select(key))
        fresh = frame.join(seen, on=key, how="anti", nulls_equal=True, maintain_order="left")
        self._seen[table] = pl.concat([seen, fresh.select(key)])
        return fresh

    def _hold(self, table: str, frame: pl.DataFrame) -> None:
        if frame.is_empty():
            return
        self._held[table].append(frame)
        if sum(held.height for held in self._held[table]) >= _KEPT_AT_ONCE:
            self._hand_on(table)

    def _hand_on(self, table: str) -> None:
        rows = pl.concat(self._held.pop(table))
        if len(self._waiting) == _KEPT_AHEAD:
            self._waiting.popleft().result()
        written = self._writer.submit(self._keep, table, rows)
        self._waiting.append(written)
        self._kept[table].append(written)


@cache
def _columns_of(table: str) -> list[str]:
    return [name for name in contract.columns(HISTORY[table]) if name not in LOAD_COLUMNS]


def _of_grain(rows: pl.DataFrame, table: str, export: Export) -> pl.DataFrame:
    """Keep the first record of each key where another table of the export is finer."""
    key = _coarse_grain(table, export)
    return rows.unique(key, keep="first", maintain_order=True) if key else rows


@cache
def _coarse_grain(table: str, export: Export) -> list[str]:
    """Give the key of a table, of which the export repeats it for a finer one; else nothing."""
    key = set(contract.grain(HISTORY[table])) if table in HISTORY else set()
    others = (set(contract.grain(HISTORY[other])) for other in export.tables)
    return sorted(key) if any(key < other for other in others) else []


def _quarantine(entry: Surveyed, table: TextTable, broken: pl.DataFrame) -> pl.DataFrame:
    if broken.is_empty():
        return NO_QUARANTINE
    return quarantine_records(table, broken, entry.recognition).select(
        pl.lit(entry.file.file_id).alias("file_id"),
        pl.lit(entry.file.path).alias("path"),
        pl.lit(entry.file.member, pl.String).alias("member"),
        pl.lit(entry.table.sheet, pl.String).alias("sheet"),
        "row_number",
        "column",
        "rule",
        "value",
        "record",
    )
