from datetime import UTC, datetime

import polars as pl

from transforms.cells import parse
from transforms.cells.published import published


def read(by, told, *cells):
    frame = pl.DataFrame({"at": pl.Series(cells, dtype=pl.String)})
    return frame.select(parsed.value.alias(name) for name, parsed in published(by, told).items())


def test_a_day_stands_for_its_midnight_and_says_that_it_is_only_a_day():
    found = read("file_day", parse.day("at", "%Y-%m-%d"), "2026-03-01", None)
    assert found.rows() == [(datetime(2026, 3, 1, tzinfo=UTC), "file_day"), (None, None)]


def test_a_moment_keeps_its_time():
    found = read("file_datetime", parse.moment("at", "%Y-%m-%d %H:%M", "UTC"), "2026-03-01 10:30")
    assert found.rows() == [(datetime(2026, 3, 1, 10, 30, tzinfo=UTC), "file_datetime")]
