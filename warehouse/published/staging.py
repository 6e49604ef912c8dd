"""The staged file: apply changes to it with DuckDB, and check it before anybody sees it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from schemas.contract import polars_schema
from warehouse.home import StoreError
from warehouse.published.dictionary import (
    LAYERS,
    Contract,
    Entry,
    definitions,
    entries,
    literal,
    quoted,
)
from warehouse.published.publication import Change, Content, Contents, Piece

STORAGE_VERSION = "v1.3.0"
"""Oldest DuckDB that opens the file. DuckDB 2.0's own format is read by 2.0 only and is neither
smaller nor quicker; formats before 1.3 compress text otherwise and take a third longer."""

_ROW_GROUP_ROWS = 122_880
"""Rows in a row group of DuckDB. See `_threads`."""


class PublishError(StoreError):
    """The warehouse was not published; what was served before still is."""


@dataclass(frozen=True, kw_only=True)
class Resources:
    """What a publication may use.

    Attributes
    ----------
    memory_limit
        Of DuckDB's buffers.
    max_temp_directory_size
        What may be spilled to the work folder, so that no query fills the disk.
    """

    memory_limit: str = "1GB"
    threads: int = 2
    max_temp_directory_size: str = "20GB"


@contextmanager
def opened(staged: Path, resources: Resources) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the staged file for writing; nothing is loaded from outside."""
    connection = duckdb.connect(
        str(staged),
        config={
            "memory_limit": resources.memory_limit,
            "threads": resources.threads,
            "temp_directory": str(staged.with_name("spill")),
            "max_temp_directory_size": resources.max_temp_directory_size,
            "storage_compatibility_version": STORAGE_VERSION,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
    try:
        connection.execute("set timezone = 'UTC'")
        yield connection
    finally:
        connection.close()


def create(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Contract]) -> None:
    """Create every layer, table and view, empty, with its comments.

    In one transaction: each of some 700 statements on its own waits for the disk.
    """
    connection.begin()
    for layer in LAYERS:
        connection.execute(f"create schema {quoted(layer)}")
    for entry in entries(tables):
        _define(connection, entry)
    connection.commit()


def apply(
    connection: duckdb.DuckDBPyConnection,
    tables: Mapping[str, Contract],
    changes: Iterable[Change],
    threads: int,
) -> dict[str, tuple[Content, ...]]:
    """Bring the staged file up to date.

    What goes is dropped and checkpointed first, so that what comes takes its room.

    Returns
    -------
    dict
        `layer.table` to its contents, with the rows each file has.

    Raises
    ------
    PublishError
        When a file disagrees with its table's definition.
    """
    changes = list(changes)
    described = {entry.name: entry for entry in entries(tables)}
    for change in changes:
        _clear(connection, described[change.table], change)
    connection.execute("checkpoint")
    contents = {}
    for change in changes:
        added = tuple(_counted(connection, change.added))
        if added:
            _check_schemas(change, tables[change.table])
            connection.execute(f"set threads = {_threads(connection, change.added, threads)}")
            _append(connection, described[change.table], change.added)
            connection.execute(f"set threads = {threads}")
        contents[change.table] = change.kept + added
    return contents


def check(
    connection: duckdb.DuckDBPyConnection,
    tables: Mapping[str, Contract],
    changes: Iterable[Change],
    contents: Contents,
) -> None:
    """Hold the staged file to its inputs: rows, keys, views, comments.

    NOT NULL holds by definition: rows that break it cannot be inserted.

    Raises
    ------
    PublishError
        Naming table, rule and counts.
    """
    described = entries(tables)
    changed = {change.table: change for change in changes if not change.is_none}
    for entry in described:
        if entry.view_of:
            _check_latest(connection, entry, contents[entry.view_of])
            continue
        _check_rows(connection, entry, contents[entry.name])
        if entry.name in changed:
            _check_days(connection, entry, contents[entry.name])
            _check_grain(connection, entry, changed[entry.name])
    _check_comments(connection)


def _define(connection: duckdb.DuckDBPyConnection, entry: Entry) -> None:
    for statement in definitions(entry):
        connection.execute(statement)


def _clear(connection: duckdb.DuckDBPyConnection, entry: Entry, change: Change) -> None:
    if change.is_replaced:
        connection.execute(f"drop table {entry.identifier}")
        _define(connection, entry)
    elif change.removed:
        days = ", ".join(f"date {literal(day)}" for day in change.removed)
        connection.execute(f"delete from {entry.identifier} where as_of in ({days})")


def _append(connection: duckdb.DuckDBPyConnection, entry: Entry, added: Sequence[Piece]) -> None:
    paths = [piece.path for piece in added]
    held = {name for path in paths for name in _schema(path)}
    names = ", ".join(quoted(column.name) for column in entry.columns if column.name in held)
    try:
        connection.execute(
            f"insert into {entry.identifier} ({names}) select {names} from {_parquet(paths)}"
        )
    except duckdb.ConstraintException as error:
        missing = ", ".join(_count_nulls(connection, entry, paths, held)) or str(error)
        raise PublishError(f"{entry.name} breaks not null: {missing}") from error
    except duckdb.Error as error:
        raise PublishError(f"{entry.name} cannot be filled: {error}") from error


def _parquet(paths: Iterable[Path]) -> str:
    """Read files as they are: folders named `as_of=<day>` add no column."""
    listed = ", ".join(literal(str(path)) for path in paths)
    return f"read_parquet([{listed}], union_by_name = true, hive_partitioning = false)"


def _counted(connection: duckdb.DuckDBPyConnection, added: Sequence[Piece]) -> Iterator[Content]:
    rows = {
        name: rows for name, rows, _ in _footers(connection, [str(piece.path) for piece in added])
    }
    for piece in added:
        yield replace(piece.content, rows=rows[str(piece.path)])


def _threads(connection: duckdb.DuckDBPyConnection, added: Sequence[Piece], threads: int) -> int:
    """Say how many threads may insert.

    Notes
    -----
    Where a file's row groups are larger than DuckDB's own, several threads leave a sliver of a
    row group behind each, and the checkpoint then writes the whole table a second time: twice
    the file and as long again (5 million rows: 662 MB instead of 330 MB). One thread does not.
    """
    footers = _footers(connection, [str(piece.path) for piece in added])
    is_coarse = any(groups * _ROW_GROUP_ROWS < rows for _, rows, groups in footers)
    return 1 if is_coarse else threads


def _footers(
    connection: duckdb.DuckDBPyConnection, paths: Sequence[str]
) -> list[tuple[str, int, int]]:
    if not paths:
        return []
    listed = ", ".join(literal(path) for path in paths)
    return connection.execute(
        f"select file_name, num_rows, num_row_groups from parquet_file_metadata([{listed}])"
    ).fetchall()


def _schema(path: Path) -> pl.Schema:
    return pl.scan_parquet(path, glob=False, hive_partitioning=False).collect_schema()


def _check_schemas(change: Change, contract: Contract) -> None:
    wanted = polars_schema(contract)
    nullable = {name for name, column in contract.to_schema().columns.items() if column.nullable}
    for piece in change.added:
        held = _schema(piece.path)
        wrong = [
            f"{name} is {held[name]}, not {dtype}" if name in held else f"{name} is missing"
            for name, dtype in wanted.items()
            if (name in held and held[name] != dtype) or (name not in held and name not in nullable)
        ]
        if not change.table.startswith("history."):
            wrong += [f"{name} is not in the contract" for name in held if name not in wanted]
        if wrong:
            raise PublishError(
                f"{change.table} breaks {contract.__name__}: {'; '.join(wrong)}; in {piece.path}"
            )


def _count_nulls(
    connection: duckdb.DuckDBPyConnection, entry: Entry, paths: Sequence[Path], held: set[str]
) -> Iterator[str]:
    for column in entry.columns:
        if column.is_nullable or column.name not in held:
            continue
        rows = _value(
            connection,
            f"select count(*) from {_parquet(paths)} where {quoted(column.name)} is null",
        )
        if rows:
            yield f"{column.name} is null in {rows} row(s)"


def _check_rows(
    connection: duckdb.DuckDBPyConnection, entry: Entry, contents: Sequence[Content]
) -> None:
    wanted = sum(content.rows for content in contents)
    found = _value(connection, f"select count(*) from {entry.identifier}")
    if found != wanted:
        raise PublishError(
            f"{entry.name} breaks rows equal the Parquet: {found} row(s), "
            f"{wanted} in its {len(contents)} file(s)"
        )


def _check_days(
    connection: duckdb.DuckDBPyConnection, entry: Entry, contents: Sequence[Content]
) -> None:
    if entry.layer != "mart":
        return
    found = dict(
        connection.execute(
            f"select as_of, count(*) from {entry.identifier} group by all"
        ).fetchall()
    )
    wanted = {date.fromisoformat(content.key): content.rows for content in contents}
    for day in sorted(found.keys() | wanted.keys()):
        if found.get(day, 0) != wanted.get(day, 0):
            raise PublishError(
                f"{entry.name} breaks a partition holds its own day: {found.get(day, 0)} row(s) "
                f"of {day}, {wanted.get(day, 0)} in that day's partition"
            )


def _check_grain(connection: duckdb.DuckDBPyConnection, entry: Entry, change: Change) -> None:
    """Check that no key repeats, by the keys' hashes; equal hashes are then compared in full."""
    if not entry.is_unique:
        return
    names = ", ".join(quoted(name) for name in entry.grain)
    rows = entry.identifier
    if entry.layer == "mart" and "as_of" in entry.grain:
        days = ", ".join(f"date {literal(piece.content.key)}" for piece in change.added)
        rows += f" where as_of in ({days})" if days else " where false"
    repeated = "select {select} from {rows} group by {by} having count(*) > 1"
    hashes = repeated.format(select="1", rows=rows, by=f"hash({names})")
    if not _value(connection, f"select count(*) from ({hashes})"):
        return
    keys = repeated.format(select=f"{names}, count(*) as n", rows=rows, by=names)
    if first := connection.execute(f"{keys} order by n desc, {names} limit 1").fetchone():
        count = _value(connection, f"select count(*) from ({keys})")
        example = ", ".join(str(value) for value in first[:-1])
        raise PublishError(
            f"{entry.name} breaks one row per {', '.join(entry.grain)}: {count} key(s) repeat, "
            f"e.g. {example} ({first[-1]} rows)"
        )


def _check_latest(
    connection: duckdb.DuckDBPyConnection, entry: Entry, contents: Sequence[Content]
) -> None:
    try:
        found = _value(connection, f"select count(*) from {entry.identifier}")
    except duckdb.Error as error:
        raise PublishError(f"{entry.name} does not answer: {error}") from error
    wanted = next((content.rows for content in reversed(contents) if content.rows), 0)
    if found != wanted:
        raise PublishError(
            f"{entry.name} breaks rows of the newest day: {found} row(s), not {wanted}"
        )


def _check_comments(connection: duckdb.DuckDBPyConnection) -> None:
    bare = connection.execute(
        """
        select schema_name || '.' || table_name || '.' || column_name
        from duckdb_columns() where comment is null and not internal
        union all
        select schema_name || '.' || table_name from duckdb_tables() where comment is null
        union all
        select schema_name || '.' || view_name
        from duckdb_views() where comment is null and not internal
        """
    ).fetchall()
    if bare:
        raise PublishError(f"{len(bare)} table(s) or column(s) have no comment, e.g. {bare[0][0]}")


def _value(connection: duckdb.DuckDBPyConnection, sql: str) -> Any:
    row = connection.execute(sql).fetchone()
    return row[0] if row else None
