"""Questions to the published file, read-only: any SQL, and the few that the product asks."""

import re
import tempfile
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from warehouse.home import StoreError

_READS = (
    duckdb.StatementType.SELECT,
    duckdb.StatementType.EXPLAIN,
    duckdb.StatementType.PRAGMA,
    duckdb.StatementType.MULTI,
)
"""Kinds of statement that answer something; MULTI is what PIVOT becomes."""

_UNREADABLE = re.compile(r"\b(INTERVAL|BIT|UNION|VARIANT|BIGNUM|TIME WITH TIME ZONE|TIME_NS)\b")
"""Types that polars cannot take, or takes as bytes; alone or within another type."""

_SPILL = "4GB"


class QueryError(StoreError):
    """A question that the warehouse cannot answer; the message says why."""


def query(path: Path, sql: str, parameters: Mapping[str, Any] | None = None) -> pl.DataFrame:
    """Answer one SQL statement from a published file.

    The file is opened read-only, no other file and no network can be reached, and no setting
    can be changed. Types that polars lacks come as text; whole numbers that fit come as Int64.

    Parameters
    ----------
    path
        The published file.
    parameters
        Values of `$name` in the statement.

    Raises
    ------
    QueryError
        When there is no such file, it cannot be opened, or the statement is not one that reads.
    """
    if not path.exists():
        raise QueryError(f"no warehouse at {path}: run `creator-metrics nightly` first")
    with tempfile.TemporaryDirectory() as spill:
        try:
            connection = duckdb.connect(str(path), read_only=True, config=_config(spill))
        except duckdb.Error as error:
            raise QueryError(f"{path} cannot be opened: {error}") from error
        with connection:
            try:
                return _fetch(connection, _only_statement(connection, sql), parameters)
            except duckdb.Error as error:
                raise QueryError(str(error).strip()) from error


def file_rows(path: Path, status: str | None = None) -> pl.DataFrame:
    """List what became of each file, newest load first.

    Parameters
    ----------
    status
        Only these: loaded, repeated, unrecognised, refused, empty or kept.
    """
    return ask(path, "files", {"status": status})


def quarantine_rows(path: Path, limit: int | None = None) -> pl.DataFrame:
    """List records in quarantine, newest load first; one row per record and rule."""
    return ask(path, "quarantine", {"limit": limit})


def status_rows(path: Path, as_of: date | None = None) -> pl.DataFrame:
    """Say of each account what is known of it and how stale that is.

    Parameters
    ----------
    as_of
        Day to which staleness is counted; the newest day built, when null.

    Returns
    -------
    DataFrame
        Grain `(platform, account_id)`. Days are those of `core.account_day`; `missing_days`
        are those between the first and the last that no export reported.
    """
    return ask(path, "status", {"as_of": as_of})


def brief_rows(path: Path) -> pl.DataFrame:
    """List the briefs in force, with how many creators each was held against and ranked."""
    return ask(path, "briefs")


def fit_rows(
    path: Path, brief_id: str, limit: int | None = None, *, with_unranked: bool = False
) -> pl.DataFrame:
    """Rank the creators of a brief on the newest day built, each with its reason.

    Parameters
    ----------
    with_unranked
        Whether those without a rank follow the others.

    Raises
    ------
    QueryError
        When no such brief is in force; names those that are.
    """
    known = brief_rows(path)["brief_id"].to_list()
    if brief_id not in known:
        listed = ", ".join(known) if known else "none: put one into inbox/briefs/<name>.toml"
        raise QueryError(f"no brief {brief_id!r} is in force; those that are: {listed}")
    parameters = {"brief_id": brief_id, "limit": limit, "with_unranked": with_unranked}
    return ask(path, "fit", parameters)


def ask(path: Path, name: str, parameters: Mapping[str, Any] | None = None) -> pl.DataFrame:
    """Ask what stands in `sql/<name>.sql`.

    Raises
    ------
    QueryError
        When there is no such file, or it cannot be opened.
    """
    sql = files("warehouse.published").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
    return query(path, sql, parameters)


def _config(spill: str) -> dict[str, Any]:
    return {
        "enable_external_access": False,
        "python_enable_replacements": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "temp_directory": spill,
        "max_temp_directory_size": _SPILL,
        "lock_configuration": True,
    }


def _only_statement(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    statements = connection.extract_statements(sql)
    if len(statements) != 1:
        raise QueryError(f"ask one statement at a time, not {len(statements)}")
    if statements[0].type not in _READS:
        raise QueryError(
            f"{statements[0].type.name.lower()} is not a question: the warehouse is derived from "
            f"the store and only read; ask with select"
        )
    return statements[0].query


def _fetch(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any] | None
) -> pl.DataFrame:
    relation = connection.sql(sql, params=dict(parameters) if parameters else None)
    names, types = _distinct(relation.columns), [str(each) for each in relation.types]
    if any(_UNREADABLE.search(each) for each in types):
        relation = relation.project(
            ", ".join(
                f"#{place} :: varchar" if _UNREADABLE.search(each) else f"#{place}"
                for place, each in enumerate(types, start=1)
            )
        )
    frame = pl.DataFrame(relation.to_arrow_table().rename_columns(names))
    return frame.with_columns(
        column.cast(pl.Int64)
        for column, kind in zip(frame.iter_columns(), types, strict=True)
        if kind in ("HUGEINT", "UHUGEINT") and _fits(column)
    )


def _fits(column: pl.Series) -> bool:
    return column.cast(pl.Int64, strict=False).null_count() == column.null_count()


def _distinct(names: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    result = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return result
