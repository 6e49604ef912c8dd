"""What every contract promises, and how one is enforced and taken apart."""

import dataclasses
from datetime import date

import pandera.polars as pa
import polars as pl
import pytest

from flows.marts import PUBLISHED
from schemas import columns, contract
from schemas.contract import ContractError, enforce, grain, rules
from schemas.files import FileRecord
from schemas.history import HISTORY, PROVENANCE
from schemas.ops import OPS

QUANTITIES = (pl.Int64, pl.Float64, pl.UInt32, pl.Date, pl.Datetime)
UNITLESS = {"evidence_rank", "position"}


class Reading(pa.DataFrameModel):
    """A made-up table with a rule of each kind."""

    platform: str = columns.platform()
    day: pl.Date = columns.day()
    views: int = columns.views()
    likes: int = columns.likes()

    class Config:
        strict = True
        unique = ["platform", "day"]

    @pa.dataframe_check
    def likes_are_not_above_views(cls, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(pl.col("likes") <= pl.col("views"))


def reading(**replaced: object) -> pl.DataFrame:
    row = {"platform": "tiktok", "day": date(2026, 1, 5), "views": 10, "likes": 1} | replaced
    return pl.DataFrame([row], schema=contract.polars_schema(Reading))


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_table_has_a_grain_and_every_column_a_description(name):
    table = PUBLISHED[name]
    described = contract.columns(table)
    assert set(grain(table)) <= set(described)
    assert grain(table)
    assert all(column.description for column in described.values())


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_quantity_has_a_unit(name):
    without = [
        column.name
        for column in contract.columns(PUBLISHED[name]).values()
        if isinstance(column.dtype, QUANTITIES) and not column.unit
    ]
    assert set(without) <= UNITLESS


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_table_is_strict_so_that_no_column_comes_in_unseen(name):
    assert PUBLISHED[name].to_schema().strict is True


def test_a_column_means_one_thing_in_the_whole_warehouse():
    units: dict[str, set[str | None]] = {}
    for table in PUBLISHED.values():
        for column in contract.columns(table).values():
            units.setdefault(column.name, set()).add(column.unit)
    assert {name: found for name, found in units.items() if len(found) > 1} == {}


def test_the_error_names_table_column_rule_rows_and_example():
    with pytest.raises(ContractError, match=r"(?s)core.x breaks Reading.*views.*1 row.*-3"):
        enforce(reading(views=-3, likes=None), Reading, "core.x")


def test_a_repeated_key_is_an_error():
    with pytest.raises(ContractError):
        enforce(pl.concat([reading(), reading()]), Reading, "core.x")


def test_enforce_gives_the_contract_s_order_of_columns():
    shuffled = reading().select("likes", "views", "day", "platform")
    assert enforce(shuffled, Reading, "core.x").columns == ["platform", "day", "views", "likes"]


@pytest.mark.parametrize(
    ("replaced", "broken"),
    [
        ({}, []),
        ({"platform": "myspace"}, ["platform breaks isin"]),
        ({"platform": None}, ["platform is missing"]),
        ({"views": -1, "likes": None}, ["views breaks greater_than_or_equal_to(0)"]),
        ({"likes": 11}, ["likes_are_not_above_views"]),
        ({"likes": None}, []),
    ],
)
def test_rules_are_met_exactly_where_pandera_is_content(replaced, broken):
    row = reading(**replaced)
    held = row.select(
        rule.holds.fill_null(value=True).alias(rule.name) for rule in rules(Reading)
    ).row(0, named=True)
    failed = [name for name, holds in held.items() if not holds]
    assert [name.split("((")[0] for name in failed] == broken
    if broken:
        with pytest.raises(ContractError):
            enforce(row, Reading, "core.x")
    else:
        enforce(row, Reading, "core.x")


def test_history_names_its_grain_without_claiming_uniqueness():
    for table in HISTORY.values():
        assert grain(table)
        assert not table.to_schema().unique
        assert set(PROVENANCE) <= set(contract.columns(table))


def test_a_file_record_has_the_columns_of_ops_file():
    stamped = {"load_id", "loaded_at", "delivery_id"}
    fields = {field.name for field in dataclasses.fields(FileRecord)}
    assert fields == set(contract.columns(OPS["file"])) - stamped


def test_a_file_record_whose_rows_do_not_add_up_cannot_be_made():
    plain = {field.name: None for field in dataclasses.fields(FileRecord)}
    counts = {"rows_in": 3, "loaded": 1, "quarantined": 1, "not_data": 0}
    with pytest.raises(ValueError, match="rows_in 3 is not loaded 1"):
        FileRecord(**plain | {"path": "a.csv"} | counts)
