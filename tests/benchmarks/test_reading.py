"""Both sides of the reading benchmark read every record, and the same figures."""

import duckdb
import polars as pl
import pytest

from tests.benchmarks import large_content, reading, reading_sides
from tests.benchmarks.stages import Stages
from transforms.reading.tables import Limits


@pytest.mark.parametrize("has_lines", [True, False])
def test_both_sides_load_the_same_figures(tmp_path, has_lines, monkeypatch):
    file = tmp_path / "large.csv"
    monkeypatch.setattr(large_content, "RECORDS_AT_ONCE", 500)
    records = large_content.write(file, 600_000, seed=1, has_lines=has_lines)
    stages = Stages(reading_sides.STAGES)
    limits = Limits(max_whole_bytes=1, piece_bytes=100_000)
    loaded = reading_sides.ours(file, tmp_path / "ours", stages, limits)
    counted = reading_sides.baseline(file, tmp_path / "theirs", stages, is_parallel=not has_lines)
    assert loaded == counted == records > 1_000

    figures = ("views", "reach", "likes", "shares", "follows", "comments", "saves")
    (load,) = (tmp_path / "ours").glob("store/loads/*/post_lifetime.parquet")
    with duckdb.connect(tmp_path / "theirs/large.duckdb") as connection:
        sums = ", ".join(f"sum({name})" for name in figures)
        theirs = connection.execute(f"select {sums} from post").fetchone()
    assert pl.read_parquet(load).select(figures).sum().row(0) == theirs


def test_a_report_tells_both_sides_and_the_ratio():
    runs = {
        "ours": [{"seconds": 3.0, "cpu_seconds": 4.0, "peak_mb": 500.0, "rows": 7}],
        "baseline": [{"seconds": 2.0, "cpu_seconds": 2.0, "peak_mb": 1000.0, "rows": 7}],
    }
    *_, ratio = reading.report(1_000, "of one line", runs).splitlines()
    assert ratio.split() == ["ratio", "1.50", "2.00", "0.50"]
