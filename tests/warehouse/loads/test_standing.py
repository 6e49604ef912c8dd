import polars as pl
import pytest

from tests.warehouse.made_up import NOW, reading
from warehouse.arrivals.withdrawals import Withdrawal
from warehouse.home import Home
from warehouse.loads.load import file_frame
from warehouse.loads.standing import rows_by_file, standing_files
from warehouse.loads.writer import LoadWriter

TABLE = "post_lifetime"


@pytest.fixture
def load(tmp_path):
    home = Home(tmp_path / "home").create()
    with LoadWriter(home, "night", now=NOW, program_version="1", reader_version="1") as writer:
        writer.add(reading("anna"), "delivery")
        writer.add(reading("bo", posts=2, quarantined=1), "delivery")
        return writer.commit()


def test_a_load_without_withdrawn_files_is_given_as_it_lies(load, tmp_path):
    assert standing_files(load, TABLE, ["file-cilla"], tmp_path / "s") == load.files(TABLE)
    assert not (tmp_path / "s").exists()


def test_rows_of_withdrawn_files_are_left_out_and_the_store_keeps_them(load, tmp_path):
    (left,) = standing_files(load, TABLE, ["file-anna"], tmp_path / "s")
    assert pl.read_parquet(left)["file_id"].unique().to_list() == ["file-bo"]
    assert pl.read_parquet(load.files(TABLE)).height == 5


def test_equal_rows_are_equal_bytes(load, tmp_path):
    first, second = (
        standing_files(load, TABLE, ["file-anna"], tmp_path / name)[0].read_bytes()
        for name in ("one", "two")
    )
    assert first == second


def test_a_load_of_which_nothing_stands_has_no_files(load, tmp_path):
    assert standing_files(load, TABLE, ["file-anna", "file-bo"], tmp_path / "s") == []


def test_rows_are_counted_by_file_and_table(load):
    counts = rows_by_file([load], [TABLE, "quarantine", "audience"])
    assert sorted(counts.rows()) == [
        ("file-anna", TABLE, 3),
        ("file-bo", TABLE, 2),
        ("file-bo", "quarantine", 1),
    ]
    assert rows_by_file([], [TABLE]).is_empty()


def test_the_arithmetic_of_ops_file_holds_for_a_withdrawn_one(load):
    said = Withdrawal(
        withdrawal_id="1", kind="withdrawn", recorded_at=NOW, run="r", reason="wrong", files=()
    )
    files = file_frame([load], {"file-bo": said})
    bo = files.row(by_predicate=pl.col("file_id") == "file-bo", named=True)
    assert (bo["status"], bo["reason"], bo["rows_in"]) == ("withdrawn", "wrong", 3)
    assert files.filter(
        pl.col("rows_in") != pl.col("loaded") + pl.col("quarantined") + pl.col("not_data")
    ).is_empty()
