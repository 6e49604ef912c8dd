from collections.abc import Callable
from datetime import UTC, date, datetime

import polars as pl
import pytest

from schemas import contract, core
from schemas.contract import enforce
from schemas.history import HISTORY
from schemas.ops import OPS
from schemas.reference import Roster
from transforms.core import accounts
from transforms.core.layer import core_layer

PROVENANCE = {
    "observed_on_source": "file",
    "observed_on_is_exact": True,
    "evidence_rank": 6,
    "load_id": "load",
    "file_id": "file",
    "sha256": "a" * 64,
    "row_number": 2,
    "loaded_at": datetime(2026, 6, 1, tzinfo=UTC),
    "observed_on": date(2026, 6, 1),
}


@pytest.fixture(scope="session")
def history() -> Callable[..., pl.LazyFrame]:
    """Make a history table out of rows that say only what matters."""

    def table(name: str, *rows: dict) -> pl.LazyFrame:
        schema = contract.polars_schema(HISTORY[name])
        defaults = PROVENANCE | ({"catalogue": "complete"} if name == "post" else {})
        return pl.LazyFrame(
            [{column: None for column in schema} | defaults | row for row in rows], schema=schema
        )

    return table


@pytest.fixture(scope="session")
def roster() -> Callable[..., pl.LazyFrame]:
    def table(*rows: dict) -> pl.LazyFrame:
        schema = contract.polars_schema(Roster)
        defaults = {"platform": "instagram", "valid_from": date(2026, 1, 1)}
        return pl.LazyFrame(
            [{column: None for column in schema} | defaults | row for row in rows], schema=schema
        )

    return table


@pytest.fixture
def layer(history, roster):
    """Make the core layer from the tables given; every table meets its contract."""

    def run(**tables):
        empty = {name: history(name) for name in HISTORY}
        given = {name: history(name, *rows) for name, rows in tables.items()}
        made = core_layer(empty | given, accounts.roster_on(roster()))
        beside = {name: OPS[name] for name in ("day_correction", "restatement")}
        contracts = core.CORE | {"post_observation": core.PostObservation} | beside
        assert set(made) == set(contracts)
        return {
            name: enforce(frame.collect(), contracts[name], f"core.{name}")
            for name, frame in made.items()
        }

    return run
