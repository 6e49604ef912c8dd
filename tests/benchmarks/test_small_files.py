"""The two sides of the night of small files read the same files, down to the last record."""

import csv
import io
import zipfile

import duckdb
import pytest

from tests.benchmarks import small_files, small_files_sides
from tests.benchmarks.stages import Stages
from tests.sample import small


@pytest.fixture(scope="module")
def inbox(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small") / "inbox"
    small.write(folder, 700, seed=3)
    return folder


def _records(inbox) -> int:
    count = 0
    for path in (path for path in inbox.rglob("*") if path.is_file()):
        contents = [path.read_bytes()]
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                contents = [archive.read(name) for name in archive.namelist()]
        for content in contents:
            is_stack = content.startswith(b"\xff\xfe")
            text = content.decode("utf-16" if is_stack else "utf-8-sig")
            lines = csv.reader(io.StringIO(text, newline=""))
            count += sum(any(line) for line in lines) - (3 if is_stack else 1)
    return count


def test_the_baseline_reads_every_record_into_typed_tables(inbox, tmp_path):
    stages = Stages(small_files_sides.STAGES)
    small_files_sides.baseline(inbox, tmp_path / "home", stages)

    with duckdb.connect(tmp_path / "home" / "warehouse.duckdb", read_only=True) as connection:
        tables = connection.execute("select table_name from duckdb_tables()").fetchall()
        counts = [
            connection.execute(f"select count(*) from {name}").fetchone() for (name,) in tables
        ]
        columns = "select distinct data_type from duckdb_columns() where not internal"
        types = {dtype for (dtype,) in connection.execute(columns).fetchall()}

    assert len(tables) > 20
    assert sum(count for (count,) in counts) == _records(inbox)
    assert {"BIGINT", "DOUBLE", "VARCHAR"} <= types


def test_the_report_gives_files_a_second_of_each_side_by_clock_and_processor():
    stage = {"seconds": 2.0, "cpu_seconds": 4.0, "peak_mb": 100.0}
    run = dict.fromkeys(small_files_sides.STAGES, stage)

    lines = small_files.report(1_000, {"ours": [run, run, run]}).splitlines()

    assert lines[1] == "1,000 small files, median of 3"
    assert "ours     collect+read   4.0      250     8.0          125     8.00    100" in lines
