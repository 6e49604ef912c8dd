"""ref.metric_definition from the rows that ship and those a deployment adds."""

import tomllib
from importlib import resources
from typing import Any

import polars as pl

from schemas import contract
from schemas.definitions import MetricDefinition


class DefinitionError(ValueError):
    """A row of metric definitions cannot be used."""


def metric_definition(overlay: str | None = None) -> pl.DataFrame:
    """Read the definitions that ship, with a deployment's own on top.

    Parameters
    ----------
    overlay
        TOML of the form of metric_definitions.toml; a row of the same definition_id replaces.

    Returns
    -------
    DataFrame
        Grain (definition_id), sorted by platform, metric, valid_from.

    Raises
    ------
    DefinitionError
        The TOML cannot be read, or a row has an unknown or lacks a needed key.
    schemas.contract.ContractError
        A row breaks the contract.
    """
    shipped = resources.files("transforms.reference").joinpath("metric_definitions.toml")
    rows = {row["definition_id"]: row for row in _rows(shipped.read_text("utf-8"), "shipped")}
    rows |= {row["definition_id"]: row for row in _rows(overlay or "", "overlay")}
    frame = pl.DataFrame(list(rows.values()), schema=contract.polars_schema(MetricDefinition))
    return contract.enforce(frame, MetricDefinition, "ref.metric_definition").sort(
        "platform", "metric", "valid_from", "definition_id"
    )


def _rows(text: str, origin: str) -> list[dict[str, Any]]:
    try:
        written = tomllib.loads(text).get("definition", [])
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(f"metric definitions ({origin}) are no TOML: {error}") from error
    columns = contract.columns(MetricDefinition)
    needed = {name for name, column in columns.items() if not column.is_nullable}
    for row in written:
        if unknown := sorted(set(row) - set(columns)):
            raise DefinitionError(f"metric definition ({origin}) {row}: unknown {unknown}")
        if missing := sorted(needed - set(row)):
            raise DefinitionError(f"metric definition ({origin}) {row}: missing {missing}")
    return [dict.fromkeys(columns) | row for row in written]
