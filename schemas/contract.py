"""Contracts: enforce one on what goes out, list its rules for what comes in."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandera.backends.polars.builtin_checks  # registers them for polars
import pandera.errors
import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData


class ContractError(ValueError):
    """Rows or columns of a table disagree with its contract."""


@dataclass(frozen=True)
class Rule:
    """One condition every row of a table meets.

    Attributes
    ----------
    name
        What is said of a row that breaks it: `views greater_than_or_equal_to(0)`.
    column
        Column it speaks of, or null where it relates several.
    holds
        Boolean expression, one value per row; null counts as met.
    """

    name: str
    column: str | None
    holds: pl.Expr


@dataclass(frozen=True)
class Column:
    """What a contract says of one column."""

    name: str
    dtype: pl.DataType
    description: str
    unit: str | None
    is_nullable: bool


class _Recorder:
    """Stands in for a LazyFrame and keeps what a check selects from it."""

    expressions: tuple[pl.Expr, ...] = ()

    def select(self, *expressions: pl.Expr) -> "_Recorder":
        self.expressions = expressions
        return self


def enforce(frame: pl.DataFrame, contract: type[pa.DataFrameModel], table: str) -> pl.DataFrame:
    """Return `frame` in the contract's column order, or raise naming every broken rule.

    Takes a collected frame on purpose: on a LazyFrame pandera checks dtypes but no values.

    Raises
    ------
    ContractError
        With table, column, rule, number of rows and an example.
    """
    names = list(contract.to_schema().columns)
    try:
        return contract.validate(frame, lazy=True).select(names)
    except pandera.errors.SchemaErrors as error:
        broken = error.failure_cases.group_by("column", "check", maintain_order=True).agg(
            rows=pl.len(), example=pl.col("failure_case").first()
        )
        lines = [f"{table} breaks {contract.__name__}:"] + [
            f"  {column}: {check} ({rows} row(s), e.g. {example})"
            for column, check, rows, example in broken.iter_rows()
        ]
        raise ContractError("\n".join(lines)) from error


@cache
def columns(contract: type[pa.DataFrameModel]) -> dict[str, Column]:
    """Describe the contract's columns, in its order."""
    return {
        name: Column(
            name=name,
            dtype=column.dtype.type,
            description=column.description,
            unit=(column.metadata or {}).get("unit"),
            is_nullable=column.nullable,
        )
        for name, column in contract.to_schema().columns.items()
    }


def polars_schema(contract: type[pa.DataFrameModel]) -> pl.Schema:
    """Give the contract's columns and dtypes as polars wants them."""
    return pl.Schema({name: column.dtype for name, column in columns(contract).items()})


def grain(contract: type[pa.DataFrameModel]) -> tuple[str, ...]:
    """Give the columns that identify one row.

    History repeats a key when two files observed the same; its contracts name the grain in
    their metadata instead of claiming uniqueness.
    """
    declared: dict[str, Any] = getattr(contract.Config, "metadata", None) or {}
    return tuple(contract.to_schema().unique or declared.get("grain", ()))


@cache
def rules(contract: type[pa.DataFrameModel]) -> tuple[Rule, ...]:
    """List the contract's rules as expressions, in the order pandera checks them.

    Notes
    -----
    Each check is called once with a stand-in that records what it selects, so that a split
    costs one pass over the rows instead of one per check. It leans on pandera's internals:
    the version is pinned, and a test holds the split against pandera's own verdict.
    Uniqueness is not a rule of a row and is left out.
    """
    return tuple(_column_rules(contract)) + tuple(_table_rules(contract))


def _column_rules(contract: type[pa.DataFrameModel]) -> Iterator[Rule]:
    for name, column in contract.to_schema().columns.items():
        if not column.nullable:
            yield Rule(f"{name} is missing", name, pl.col(name).is_not_null())
        for check in column.checks:
            yield Rule(f"{name} breaks {check.error or check.name}", name, _expression(check, name))


def _table_rules(contract: type[pa.DataFrameModel]) -> Iterator[Rule]:
    for check in contract.to_schema().checks:
        yield Rule(str(check.error or check.name), None, _expression(check, "*"))


def _expression(check: pa.Check, key: str) -> pl.Expr:
    recorder: Any = _Recorder()
    function = pa.Check.CHECK_FUNCTION_REGISTRY.get(str(check.name), check._check_fn)
    function(PolarsData(recorder, key), **check._check_kwargs)
    if len(recorder.expressions) != 1:
        raise ContractError(f"check {check.name} of {key} does not select one expression")
    return recorder.expressions[0]
