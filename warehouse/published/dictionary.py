"""The dictionary: every published table, its DuckDB definition and its comments."""

import hashlib
import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

import pandera.polars as pa
import polars as pl

from schemas.contract import columns, grain
from schemas.core import CORE
from schemas.history import HISTORY
from schemas.ops import OPS

Contract = type[pa.DataFrameModel]

LAYERS: Mapping[str, str] = {
    "history": "What the files said, append-only.",
    "core": "The best row per key, with accounts resolved.",
    "mart": "Answers by day; `<name>_latest` holds the newest day.",
    "ops": "What the product did, and what it could not do.",
    "ref": "Versioned reference: what the user or the product laid down.",
}
"""DuckDB schema to what it holds. DuckDB 2.0 takes no comment on a schema."""

LATEST = "_latest"

_PLAIN_TYPES: Mapping[type[pl.DataType], str] = {
    pl.Boolean: "BOOLEAN",
    pl.Int8: "TINYINT",
    pl.Int16: "SMALLINT",
    pl.Int32: "INTEGER",
    pl.Int64: "BIGINT",
    pl.Int128: "HUGEINT",
    pl.UInt8: "UTINYINT",
    pl.UInt16: "USMALLINT",
    pl.UInt32: "UINTEGER",
    pl.UInt64: "UBIGINT",
    pl.Float32: "FLOAT",
    pl.Float64: "DOUBLE",
    pl.String: "VARCHAR",
    pl.Categorical: "VARCHAR",
    pl.Enum: "VARCHAR",
    pl.Binary: "BLOB",
    pl.Date: "DATE",
    pl.Time: "TIME",
    pl.Duration: "INTERVAL",
}


@dataclass(frozen=True)
class ColumnEntry:
    """One column of a published relation."""

    name: str
    type: str
    unit: str | None
    is_nullable: bool
    description: str

    @property
    def comment(self) -> str:
        """Give the description, and the unit where there is one."""
        return f"{self.description} Unit: {self.unit}." if self.unit else self.description


@dataclass(frozen=True)
class Entry:
    """One published table or view.

    Attributes
    ----------
    name
        With its layer: `core.post`.
    grain
        Columns that identify a row.
    is_unique
        Whether the table promises one row per grain; history repeats a key.
    view_of
        Table the view reads, or null for a table.
    """

    name: str
    description: str
    grain: tuple[str, ...]
    is_unique: bool
    columns: tuple[ColumnEntry, ...]
    view_of: str | None = None

    @property
    def layer(self) -> str:
        """Give the DuckDB schema."""
        return self.name.partition(".")[0]

    @property
    def identifier(self) -> str:
        """Give the name as SQL writes it."""
        return quoted(self.name)

    @property
    def comment(self) -> str:
        """Give the description and the grain."""
        return f"{self.description} Grain: {', '.join(self.grain)}."


def tables(
    *,
    mart: Mapping[str, Contract] | None = None,
    ref: Mapping[str, Contract] | None = None,
) -> dict[str, Contract]:
    """List every published table: the fixed layers, and the marts and reference given.

    Returns
    -------
    dict
        `layer.table` to contract, layers in the order of `LAYERS`.
    """
    layers = {"history": HISTORY, "core": CORE, "mart": mart or {}, "ops": OPS, "ref": ref or {}}
    return {
        f"{layer}.{table}": contract
        for layer in LAYERS
        for table, contract in layers[layer].items()
    }


def entries(tables: Mapping[str, Contract]) -> list[Entry]:
    """Describe every table, and after each mart its `_latest` view.

    Raises
    ------
    ValueError
        If a contract cannot be published: an unknown layer, no docstring, no grain, a column
        without description, a mart without `as_of`, a type DuckDB has no match for.
    """
    return [
        entry
        for name, contract in tables.items()
        for entry in _with_latest(_describe_table(name, contract))
    ]


def definitions(entry: Entry) -> list[str]:
    """Write the SQL that creates one relation, empty, with all its comments.

    Notes
    -----
    There are no primary keys: they cost 2.5 times the insert and double the file. Keys are
    checked before the file is published.
    """
    kind = "view" if entry.view_of else "table"
    create = _view_definition(entry) if entry.view_of else _table_definition(entry)
    return [
        create,
        f"comment on {kind} {entry.identifier} is {literal(entry.comment)}",
        *(
            f"comment on column {entry.identifier}.{quoted(column.name)} "
            f"is {literal(column.comment)}"
            for column in entry.columns
        ),
    ]


def digest(tables: Mapping[str, Contract]) -> str:
    """Hash every definition: equal hashes, equal empty files."""
    statements = [sql for entry in entries(tables) for sql in definitions(entry)]
    return hashlib.sha256("\n".join(statements).encode()).hexdigest()


def document(tables: Mapping[str, Contract]) -> list[dict[str, Any]]:
    """Give the dictionary as plain values, for documentation and for machines."""
    return [
        {
            "name": entry.name,
            "kind": "view" if entry.view_of else "table",
            "description": entry.description,
            "grain": list(entry.grain),
            "is_unique": entry.is_unique,
            "columns": [
                {
                    "name": column.name,
                    "type": column.type,
                    "unit": column.unit,
                    "is_nullable": column.is_nullable,
                    "description": column.description,
                }
                for column in entry.columns
            ],
        }
        for entry in entries(tables)
    ]


def quoted(name: str) -> str:
    """Quote an identifier, each part of a dotted one apart."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in name.split("."))


def literal(text: str) -> str:
    """Quote a text value."""
    return "'" + text.replace("'", "''") + "'"


@singledispatch
def duckdb_type(dtype: Any) -> str:
    """Give the DuckDB type of a polars dtype.

    Notes
    -----
    A UTC date-time becomes TIMESTAMP, not TIMESTAMP WITH TIME ZONE: DuckDB casts the latter to
    days and text in the zone of whoever asks, so that one query would give two answers, and
    reading it from Python needs pytz. The unit says UTC.

    Raises
    ------
    ValueError
        If there is no match.
    """
    name = _PLAIN_TYPES.get(dtype if isinstance(dtype, type) else type(dtype))
    if name is None:
        raise ValueError(f"no DuckDB type for {dtype}")
    return name


@duckdb_type.register
def _(dtype: pl.Datetime) -> str:
    if dtype.time_zone not in (None, "UTC"):
        raise ValueError(f"no DuckDB type for {dtype}: publish date-times in UTC")
    return {"us": "TIMESTAMP", "ms": "TIMESTAMP_MS", "ns": "TIMESTAMP_NS"}[dtype.time_unit]


@duckdb_type.register
def _(dtype: pl.Decimal) -> str:
    return f"DECIMAL({dtype.precision},{dtype.scale})"


@duckdb_type.register
def _(dtype: pl.List) -> str:
    return f"{duckdb_type(dtype.inner)}[]"


@duckdb_type.register
def _(dtype: pl.Array) -> str:
    return f"{duckdb_type(dtype.inner)}[{dtype.size}]"


@duckdb_type.register
def _(dtype: pl.Struct) -> str:
    fields = (f"{quoted(field.name)} {duckdb_type(field.dtype)}" for field in dtype.fields)
    return f"STRUCT({', '.join(fields)})"


def _describe_table(name: str, contract: Contract) -> Entry:
    layer, dot, table = name.partition(".")
    if layer not in LAYERS or not dot or not table:
        raise ValueError(f"{name}: publish in one of {', '.join(LAYERS)}, as layer.table")
    description = (inspect.cleandoc(contract.__doc__ or "").splitlines() or [""])[0]
    key = grain(contract)
    described = columns(contract)
    if not description or not key:
        raise ValueError(f"{name}: {contract.__name__} needs a docstring and a grain")
    if undescribed := [column for column, each in described.items() if not each.description]:
        raise ValueError(f"{name}: no description of {', '.join(undescribed)}")
    if missing := {*key, *(["as_of"] if layer == "mart" else [])} - set(described):
        raise ValueError(f"{name}: {contract.__name__} lacks {', '.join(sorted(missing))}")
    return Entry(
        name=name,
        description=description,
        grain=key,
        is_unique=bool(contract.to_schema().unique),
        columns=tuple(
            ColumnEntry(
                name=column.name,
                type=duckdb_type(column.dtype),
                unit=column.unit,
                is_nullable=column.is_nullable,
                description=column.description,
            )
            for column in described.values()
        ),
    )


def _with_latest(entry: Entry) -> list[Entry]:
    if entry.layer != "mart":
        return [entry]
    return [
        entry,
        Entry(
            name=entry.name + LATEST,
            description=f"Rows of the newest as_of of {entry.name}: {entry.description}",
            grain=entry.grain,
            is_unique=entry.is_unique,
            columns=entry.columns,
            view_of=entry.name,
        ),
    ]


def _table_definition(entry: Entry) -> str:
    lines = ",\n".join(
        f"    {quoted(column.name)} {column.type}{'' if column.is_nullable else ' not null'}"
        for column in entry.columns
    )
    return f"create table {entry.identifier} (\n{lines}\n)"


def _view_definition(entry: Entry) -> str:
    table = quoted(entry.view_of or "")
    names = ", ".join(quoted(column.name) for column in entry.columns)
    return (
        f"create view {entry.identifier} as\n"
        f"select {names}\nfrom {table}\n"
        f"where as_of = (select max(as_of) from {table})"
    )
