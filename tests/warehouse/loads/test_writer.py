import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from schemas.contract import enforce, polars_schema
from schemas.files import FileReading
from schemas.history import HISTORY
from schemas.ops import OPS
from tests.warehouse.made_up import (
    NOW,
    lifetime_rows,
    post_rows,
    quarantine_rows,
    reading,
    reconciliation_rows,
    record,
    without_rows,
)
from warehouse.home import StoreError
from warehouse.loads.load import history, loads, quarantine
from warehouse.loads.writer import LoadWriter


def writer(home, run="night", now=NOW, **options):
    return LoadWriter(home, run, now=now, program_version="0.1.0", reader_version="1", **options)


def load(home, *readings, **options):
    with writer(home, **options) as one:
        for item in readings:
            one.add(item, "delivery")
        return one.commit()


def test_rows_carry_their_load_and_keep_to_the_contract(home):
    committed = load(home, reading("anna"), reading("bo", posts=2, quarantined=1))
    rows = enforce(
        history(home, "post_lifetime").collect(), HISTORY["post_lifetime"], "post_lifetime"
    )
    assert rows.height == 5
    assert rows["load_id"].unique().to_list() == [committed.load_id]
    assert rows["loaded_at"].unique().to_list() == [NOW]
    assert quarantine(home).collect()["load_id"].to_list() == [committed.load_id]


def test_a_load_appears_only_when_it_is_committed(home):
    with writer(home) as one:
        one.add(reading("anna"), "delivery")
        assert loads(home) == []
        committed = one.commit()
    assert loads(home) == [committed]
    assert list(home.work.iterdir()) == []


def test_a_load_that_is_not_committed_leaves_nothing(home):
    with writer(home) as one:
        one.add(reading("anna"), "delivery")
    assert loads(home) == []
    assert list(home.work.iterdir()) == []


def test_nothing_added_makes_no_load(home):
    with writer(home) as one:
        assert one.commit() is None
    assert loads(home) == []


def test_many_rows_are_written_in_parts_while_they_come(home):
    with writer(home, buffer_rows=4) as one:
        for name in ("a", "b", "c", "d"):
            one.add(reading(name), "delivery")
        assert (one.scratch / "post_lifetime-0.parquet").exists()
        committed = one.commit()
    names = [path.name for path in committed.files("post_lifetime")]
    assert names == ["post_lifetime-0.parquet", "post_lifetime-1.parquet"]
    assert committed.tables["post_lifetime"].rows == 12
    assert history(home, "post_lifetime").collect().height == 12


def test_a_single_part_bears_the_tables_own_name(home):
    committed = load(home, reading("anna", quarantined=1))
    names = sorted(path.name for path in committed.path.iterdir())
    assert names == ["load.json", "post_lifetime.parquet", "quarantine.parquet"]


def test_what_a_file_says_of_itself_is_stored_with_the_load_and_repeated_with_nothing(home):
    compared = replace(reading("anna"), reconciliation=reconciliation_rows("anna"))
    committed = load(home, compared, compared)
    (path,) = committed.files("reconciliation")
    rows = pl.read_parquet(path)
    assert dict(rows.schema) == dict(polars_schema(OPS["reconciliation"]))
    assert rows.select("load_id", "metric", "difference").rows() == [
        (committed.load_id, "views", -2.0)
    ]


def test_the_record_says_which_days_the_rows_speak_of(home):
    published = datetime(2030, 2, 3, 23, tzinfo=UTC)
    both = FileReading(
        record=record("anna"),
        tables={
            "post": post_rows("anna", published),
            "post_lifetime": lifetime_rows("anna", observed_on=date(2030, 5, 1)),
        },
        quarantine=quarantine_rows("anna", 0),
    )
    committed = load(home, both)
    assert committed.tables["post"].first_day == date(2030, 2, 3)
    assert committed.tables["post"].last_day == date(2030, 5, 1)
    assert committed.first_day == date(2030, 2, 3)
    assert committed.first_observed_on == date(2030, 5, 1)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: rows.drop("views"), "views is missing"),
        (lambda rows: rows.with_columns(extra=1), "extra is not a column of it"),
        (lambda rows: rows.cast({"views": pl.Float64}), "views is Float64 instead of Int64"),
    ],
)
def test_rows_of_another_shape_are_an_error_that_says_how(home, change, message):
    wrong = FileReading(
        record=record("anna"),
        tables={"post_lifetime": change(lifetime_rows("anna"))},
        quarantine=quarantine_rows("anna", 0),
    )
    with writer(home) as one, pytest.raises(StoreError, match=message) as raised:
        one.add(wrong, "delivery")
    assert "instagram/anna/export.csv" in str(raised.value)


def test_rows_of_an_unknown_table_are_an_error(home):
    wrong = FileReading(
        record=record("anna"),
        tables={"mood": lifetime_rows("anna")},
        quarantine=quarantine_rows("anna", 0),
    )
    with writer(home) as one, pytest.raises(StoreError, match="rows of mood"):
        one.add(wrong, "delivery")


def test_columns_in_another_order_are_put_in_the_contracts(home):
    rows = lifetime_rows("anna")
    turned = FileReading(
        record=record("anna"),
        tables={"post_lifetime": rows.select(rows.columns[::-1])},
        quarantine=quarantine_rows("anna", 0),
    )
    load(home, turned, reading("bo"))
    assert history(home, "post_lifetime").collect().height == 6


def test_the_same_observation_is_loaded_once_within_a_load_and_over_loads(home):
    with writer(home) as one:
        one.add(reading("anna"), "delivery")
        again = one.add(reading("anna", file_id="copy"), "delivery")
        one.commit()
    later = load(home, reading("anna", file_id="late copy"))
    assert again.status == later.file_rows[0]["status"] == "repeated"
    assert (again.rows_in, again.loaded) == (0, 0)
    assert loads(home)[0].load_id in later.file_rows[0]["reason"]
    assert later.tables == {}
    assert history(home, "post_lifetime").collect().height == 3


@pytest.mark.parametrize(
    "change",
    [
        {"observed_on": date(2030, 5, 2)},
        {"account_ref": "bo"},
        {"period_start": date(2030, 4, 1)},
        {"period_end": date(2030, 4, 1)},
        {"export": "another"},
        {"sheet": "second"},
        {"sha256": "other bytes"},
    ],
)
def test_equal_bytes_that_observe_something_else_are_loaded(home, change):
    load(home, reading("anna"))
    assert load(home, reading("anna", **change)).file_rows[0]["status"] == "loaded"


def test_a_refused_file_does_not_hide_the_same_bytes_later(home):
    load(home, without_rows("anna", "refused", reason="no day"))
    assert load(home, reading("anna")).file_rows[0]["status"] == "loaded"


def test_two_writers_that_read_the_same_file_at_once_load_it_once(home):
    with writer(home) as first, writer(home) as second:
        for one in (first, second):
            one.add(reading("anna", quarantined=1), "delivery")
        second.add(reading("bo"), "delivery")
        kept, reduced = first.commit(), second.commit()
    rows = history(home, "post_lifetime").collect()
    assert rows.height == 6
    assert rows.filter(load_id=kept.load_id)["file_id"].unique().to_list() == ["file-anna"]
    statuses = {row["file_id"]: row["status"] for row in reduced.file_rows}
    assert statuses == {"file-anna": "repeated", "file-bo": "loaded"}
    assert reduced.tables["post_lifetime"].rows == 3
    assert quarantine(home).collect().height == 1


def test_a_load_comes_after_every_earlier_one_even_when_the_clock_went_back(home):
    first = load(home, reading("anna"))
    second = load(home, reading("bo"), now=NOW - timedelta(hours=3))
    assert second.loaded_at > first.loaded_at
    assert [one.load_id for one in loads(home)] == [first.load_id, second.load_id]


def test_what_is_not_named_in_the_record_is_not_part_of_the_load(home):
    committed = load(home, reading("anna"))
    lifetime_rows("stray").write_parquet(committed.path / "post_lifetime-9.parquet")
    assert history(home, "post_lifetime").collect().height == 3


def test_the_record_keeps_every_field_of_every_file(home):
    full = record("anna", missing_headers=("Views",), notes=("a note",), rows_in=4, not_data=1)
    source = reading("anna")
    committed = load(
        home, FileReading(record=full, tables=source.tables, quarantine=source.quarantine)
    )
    stored = json.loads((committed.path / "load.json").read_text())["files"][0]
    assert stored["delivery_id"] == "delivery"
    assert stored["missing_headers"] == ["Views"]
    assert stored["notes"] == ["a note"]
    assert stored["observed_on"] == "2030-05-01"


def kept_reading(one, name, **options):
    """A reading whose rows were kept, two parts a table, while its file was still being read."""
    whole = reading(name, **options)
    kept = {
        table: tuple(one.keep(table, part) for part in (rows.head(1), rows.slice(1)))
        for table, rows in whole.tables.items()
    }
    return replace(whole, tables={}, kept=kept)


def test_kept_rows_are_of_the_load_like_any_other(home):
    with writer(home) as one:
        one.add(reading("bo", posts=2), "delivery")
        one.add(kept_reading(one, "anna", posts=3), "delivery")
        committed = one.commit()
    rows = history(home, "post_lifetime").collect()
    told = json.loads((committed.path / "load.json").read_text())["tables"]["post_lifetime"]
    assert (told["rows"], len(told["files"])) == (rows.height, 3) == (5, 3)
    assert rows["load_id"].unique().to_list() == [committed.load_id]


def test_kept_rows_of_a_repeated_reading_leave_nothing_behind(home):
    load(home, reading("anna", posts=3))
    with writer(home, run="again", now=NOW + timedelta(days=1)) as one:
        record = one.add(kept_reading(one, "anna", posts=3), "delivery")
        committed = one.commit()
    assert record.status == "repeated"
    assert [path.name for path in committed.path.iterdir()] == ["load.json"]
    assert history(home, "post_lifetime").collect().height == 3


def test_kept_rows_of_a_file_that_failed_on_the_way_leave_nothing_behind(home):
    with writer(home) as one:
        kept_reading(one, "anna", posts=3)
        one.add(reading("bo", posts=2), "delivery")
        committed = one.commit()
    assert [path.name for path in committed.path.glob("*.parquet")] == ["post_lifetime.parquet"]
    assert history(home, "post_lifetime").collect().height == 2


def test_kept_rows_with_other_columns_than_the_contract_are_refused(home):
    with writer(home) as one, pytest.raises(StoreError, match="views is missing"):
        one.keep("post_lifetime", lifetime_rows("anna").drop("views"))
