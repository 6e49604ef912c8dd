from pathlib import Path
from typing import ClassVar

import duckdb
import pandera.polars as pa
import polars as pl
import pytest

from flows.marts import PUBLISHED
from schemas import columns
from schemas.columns import described
from tests.warehouse.publications import Score, Word
from warehouse.published import dictionary
from warehouse.published.publish import Publication, publish

SNAPSHOT = Path(__file__).with_name("definitions.txt")


def snapshot() -> str:
    """Write every definition as text: tables, columns, types, keys, units."""
    lines = []
    for table in dictionary.document(PUBLISHED):
        key = "key" if table["is_unique"] else "grain"
        lines += ["", f"{table['kind']} {table['name']}: {key} {', '.join(table['grain'])}"]
        lines += [
            f"  {column['name']} {column['type']}"
            f"{'' if column['is_nullable'] else ' not null'}"
            f"{' [' + column['unit'] + ']' if column['unit'] else ''}"
            for column in table["columns"]
        ]
    return "\n".join(lines[1:]) + "\n"


def test_the_definitions_are_those_last_reviewed():
    assert snapshot() == SNAPSHOT.read_text(encoding="utf-8"), (
        "a contract changed: read the difference, put it in CHANGELOG.md, then run "
        "python -m tests.warehouse.published.test_dictionary"
    )


def test_every_table_view_and_column_has_its_comment_in_the_published_file(tmp_path):
    tables = PUBLISHED | {"mart.score": Score, "ref.word": Word}
    publish(
        tmp_path / "warehouse.duckdb",
        tmp_path / "work",
        tmp_path / ".generations",
        Publication(tables=tables),
    )

    with duckdb.connect(str(tmp_path / "warehouse.duckdb"), read_only=True) as connection:
        relations = connection.execute(
            "select schema_name || '.' || table_name, comment from duckdb_tables() union all "
            "select schema_name || '.' || view_name, comment from duckdb_views() "
            "where not internal"
        ).fetchall()
        found = connection.execute(
            "select schema_name || '.' || table_name, column_name, comment, data_type, is_nullable "
            "from duckdb_columns() where not internal order by table_oid, column_index"
        ).fetchall()
    entries = {entry.name: entry for entry in dictionary.entries(tables)}
    assert dict(relations) == {name: entry.comment for name, entry in entries.items()}
    assert sorted(found) == sorted(
        (name, column.name, column.comment, column.type, column.is_nullable or bool(entry.view_of))
        for name, entry in entries.items()
        for column in entry.columns
    )


def test_a_comment_says_what_how_much_and_of_what_a_row_is():
    entry, latest = dictionary.entries({"mart.score": Score})

    assert entry.comment == "How an account scores on a day. Grain: as_of, platform, account_id."
    assert entry.columns[3].comment == "Made up, between 0 and 1. Unit: 1."
    assert entry.columns[2].comment == "Account after aliases: one value per account and platform."
    assert latest.name == "mart.score_latest"
    assert latest.comment.startswith("Rows of the newest as_of of mart.score: How an account")


def test_no_table_has_a_primary_key():
    statements = [
        sql for entry in dictionary.entries(PUBLISHED) for sql in dictionary.definitions(entry)
    ]

    creates = [sql for sql in statements if sql.startswith("create table")]
    assert creates
    assert not any("primary key" in sql or " unique" in sql for sql in creates)


@pytest.mark.parametrize(
    ("dtype", "kind"),
    [
        (pl.Int64(), "BIGINT"),
        (pl.UInt8(), "UTINYINT"),
        (pl.Float64(), "DOUBLE"),
        (pl.Enum(["a"]), "VARCHAR"),
        (pl.Datetime("us", "UTC"), "TIMESTAMP"),
        (pl.Datetime("ms"), "TIMESTAMP_MS"),
        (pl.Decimal(12, 2), "DECIMAL(12,2)"),
        (pl.List(pl.String), "VARCHAR[]"),
        (pl.Array(pl.Int8, 3), "TINYINT[3]"),
        (pl.Struct({"a b": pl.Int64}), 'STRUCT("a b" BIGINT)'),
    ],
)
def test_a_polars_dtype_has_one_duckdb_type_that_duckdb_knows(dtype, kind):
    assert dictionary.duckdb_type(dtype) == kind
    assert duckdb.sql(f"select null :: {kind} as x").types


@pytest.mark.parametrize("dtype", [pl.Datetime("us", "Europe/Copenhagen"), pl.Object(), pl.Null()])
def test_a_dtype_without_a_match_is_refused(dtype):
    with pytest.raises(ValueError, match="no DuckDB type for"):
        dictionary.duckdb_type(dtype)


class NoDocstring(pa.DataFrameModel):
    word: str = described("A word.")

    class Config:
        unique: ClassVar = ["word"]


class NoGrain(pa.DataFrameModel):
    """A table of nothing in particular."""

    word: str = described("A word.")


class NoDescription(pa.DataFrameModel):
    """A table whose columns say nothing."""

    word: str

    class Config:
        unique: ClassVar = ["word"]


class NoDay(pa.DataFrameModel):
    """A mart without a day."""

    platform: str = columns.platform()

    class Config:
        unique: ClassVar = ["platform"]


@pytest.mark.parametrize(
    ("name", "contract", "said"),
    [
        ("ref.word", NoDocstring, "needs a docstring and a grain"),
        ("ref.word", NoGrain, "needs a docstring and a grain"),
        ("ref.word", NoDescription, "no description of word"),
        ("mart.word", NoDay, "lacks as_of"),
        ("lake.word", Word, "publish in one of history, core, mart, ops, ref"),
        ("word", Word, "publish in one of"),
    ],
)
def test_a_contract_that_says_too_little_is_refused(name, contract, said):
    with pytest.raises(ValueError, match=said):
        dictionary.entries({name: contract})


def test_a_changed_description_changes_the_digest():
    class Reworded(Word):
        """A word and since when, in other words."""

    assert dictionary.digest({"ref.word": Word}) == dictionary.digest({"ref.word": Word})
    assert dictionary.digest({"ref.word": Word}) != dictionary.digest({"ref.word": Reworded})


if __name__ == "__main__":
    SNAPSHOT.write_text(snapshot(), encoding="utf-8")
