from datetime import date, timedelta

import pytest

from schemas.contract import enforce, polars_schema
from schemas.history import HISTORY
from schemas.ops import OPS
from tests.warehouse.made_up import NOW, reading, record, without_rows
from warehouse.home import StoreError
from warehouse.loads.load import (
    file_frame,
    history,
    known_keys,
    load_frame,
    loads,
    quarantine,
)
from warehouse.loads.writer import LoadWriter


def load(home, *readings, now=NOW):
    with LoadWriter(home, "night", now=now, program_version="0.1.0", reader_version="1") as one:
        for item in readings:
            one.add(item, "delivery")
        return one.commit()


def test_an_empty_store_has_every_table_with_every_column(home):
    assert loads(home) == []
    for table, contract in HISTORY.items():
        empty = history(home, table).collect()
        assert empty.is_empty()
        assert empty.schema == polars_schema(contract)
    assert enforce(quarantine(home).collect(), OPS["quarantine"], "quarantine").is_empty()
    assert enforce(file_frame([]), OPS["file"], "file").is_empty()
    assert enforce(load_frame([]), OPS["load"], "load").is_empty()


def test_history_can_be_seen_as_of_a_cutoff(home):
    first = load(home, reading("anna"))
    load(home, reading("bo"), now=NOW + timedelta(days=1))
    rows = history(home, "post_lifetime", cutoff=first.loaded_at).collect()
    assert rows["file_id"].unique().to_list() == ["file-anna"]
    assert history(home, "post_lifetime").collect().height == 6
    assert history(home, "post_lifetime", cutoff=NOW - timedelta(days=1)).collect().is_empty()


def test_a_column_added_to_a_contract_is_null_in_earlier_loads(home):
    committed = load(home, reading("anna"))
    (path,) = committed.files("post_lifetime")
    history(home, "post_lifetime").collect().drop("dislikes").write_parquet(path)
    rows = history(home, "post_lifetime").collect()
    assert rows["dislikes"].to_list() == [None] * 3


def test_known_readings_name_the_load_that_brought_them(home):
    committed = load(home, reading("anna"), without_rows("bo", "refused", reason="why"))
    assert known_keys(home) == {record("anna").key: committed.load_id}


def test_the_tables_of_files_and_loads_meet_their_contracts(home):
    load(
        home,
        reading("anna", quarantined=2),
        without_rows(
            "bo",
            "unrecognised",
            missing_headers=("Views",),
            observed_on=None,
            observed_on_source=None,
        ),
    )
    load(home, reading("cleo", period_start=date(2030, 4, 1)), now=NOW + timedelta(days=1))
    files = enforce(file_frame(loads(home)), OPS["file"], "file")
    assert files["file_id"].to_list() == ["file-anna", "file-bo", "file-cleo"]
    assert files["missing_headers"].to_list() == [[], ["Views"], []]
    assert files["period_start"].to_list() == [None, None, date(2030, 4, 1)]
    assert files["load_id"].n_unique() == 2
    assert files["loaded_at"].to_list() == [NOW, NOW, NOW + timedelta(days=1)]
    table = enforce(load_frame(loads(home)), OPS["load"], "load")
    assert table["files"].to_list() == [2, 1]
    assert table["rows_in"].to_list() == [5, 3]
    assert table["quarantined"].to_list() == [2, 0]
    bad = enforce(quarantine(home).collect(), OPS["quarantine"], "quarantine")
    assert bad["row_number"].to_list() == [100, 101]


def test_a_folder_without_a_whole_record_is_an_error_that_names_it(home):
    (home.loads / "broken").mkdir()
    with pytest.raises(StoreError, match="broken"):
        loads(home)
