from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from schemas.contract import enforce
from schemas.history import HISTORY, PROVENANCE
from schemas.ops import Quarantine
from tests.transforms.deliveries.made_up import read, read_one, rows, source
from transforms.deliveries import delivery
from transforms.exports import EXPORTS

TABLE = "Content,Video title,Views,Subscribers\naaaaaaaaaa1,A,7,1\naaaaaaaaaa2,B,2,-1\n"
DATES = "Date,Views\n2026-03-01,1\n2026-03-02,2\n"
LOADED_AT = pl.datetime(2026, 6, 30, time_zone="UTC", time_unit="us")


def loaded(readings) -> dict[str, pl.DataFrame]:
    """All loaded rows per table, without provenance, in an order of their own."""
    found: dict[str, list[pl.DataFrame]] = {}
    for reading in readings:
        for table, frame in reading.tables.items():
            columns = [name for name in frame.columns if name not in PROVENANCE]
            found.setdefault(table, []).append(frame.select(columns))
    return {table: pl.concat(frames).sort(frames[0].columns) for table, frames in found.items()}


def test_every_loaded_row_meets_its_contract():
    for reading in read(source("youtube/anna/t.csv", TABLE), source("youtube/anna/d.csv", DATES)):
        assert reading.tables
        for table, frame in reading.tables.items():
            enforce(with_load(frame), HISTORY[table], table)


def test_every_quarantined_row_meets_its_contract():
    frame = read_one("youtube/anna/t.csv", TABLE + "aaaaaaaaaa3,C,x,y,z\n").quarantine
    assert frame.height == 3
    enforce(with_load(frame), Quarantine, "quarantine")


def with_load(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(load_id=pl.lit("l"), loaded_at=LOADED_AT)


def test_a_record_that_fails_in_one_of_its_tables_is_loaded_in_none():
    reading = read_one("youtube/anna/t.csv", TABLE + "aaaaaaaaaa3,C,-5,0\n")
    assert all("aaaaaaaaaa3" not in frame["post_id"] for frame in reading.tables.values())
    assert reading.record.quarantined == 1


def test_row_numbers_count_the_records_of_the_file():
    reading = read_one("youtube/anna/t.csv", TABLE)
    assert rows(reading, "post", "row_number", "file_id", "evidence_rank") == [
        (2, "youtube/anna/t.csv", 0),
        (3, "youtube/anna/t.csv", 0),
    ]


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"%PDF-1.7 ...", b"{}", b"a" * 100])
def test_bad_input_is_named_and_ends_no_other_file(content):
    readings = read(source("youtube/anna/a.csv", content), source("youtube/anna/t.csv", TABLE))
    assert [reading.record.status for reading in readings] == ["unrecognised", "loaded"]
    assert readings[0].record.reason


@pytest.mark.parametrize("error", [RuntimeError, pl.exceptions.PanicException])
def test_an_error_of_ours_is_the_reason_of_its_file_alone(error):
    def fail(*_):
        raise error("boom")

    readings = read(
        source("youtube/anna/d.csv", DATES),
        source("youtube/anna/t.csv", TABLE),
        exports=EXPORTS | {"youtube_date": replace(EXPORTS["youtube_date"], derive=fail)},
    )
    assert readings[0].record.reason == f"{delivery.DEFECT}{error.__name__}: boom"
    assert readings[0].record.status == "refused"
    assert readings[1].record.status == "loaded"


def test_equal_bytes_in_one_delivery_load_once():
    readings = read(source("youtube/anna/a.csv", DATES), source("youtube/anna/b.csv", DATES))
    assert [reading.record.status for reading in readings] == ["loaded", "repeated"]
    assert readings[1].record.reason == "repeats youtube/anna/a.csv"
    assert (readings[1].record.rows_in, readings[1].tables) == (0, {})


def test_a_reading_of_another_day_or_account_has_another_key():
    first = source("youtube/anna/a.csv", DATES, modified_on=date(2026, 3, 3))
    later = source("youtube/anna/a.csv", DATES, modified_on=date(2026, 3, 10))
    other = source("youtube/bo/a.csv", DATES, modified_on=date(2026, 3, 3))
    keys = {read(one)[0].record.key for one in (first, first, later, other)}
    assert len(keys) == 3


def test_the_order_of_files_changes_nothing():
    files = [
        source("youtube/anna/a 2026-03-05.csv", DATES),
        source("youtube/anna/t.csv", TABLE),
        source("youtube/anna/u.csv", DATES),
    ]
    forward, backward = read(*files), read(*reversed(files))
    assert [reading.record for reading in forward] == [reading.record for reading in backward]
    for one, other in zip(forward, backward, strict=True):
        for table in one.tables:
            assert_frame_equal(one.tables[table], other.tables[table])


LINES = [f"{number:011d},Title {number},{number},{number - 2}" for number in range(1, 9)]
DAYS = [f"2026-03-{number:02d},{number}" for number in range(1, 9)]


@settings(max_examples=8, deadline=None)
@given(order=st.permutations(LINES), days=st.permutations(DAYS))
def test_shuffled_rows_load_the_same(order, days):
    assert_same(
        [report(LINES), totals(DAYS)],
        [report(order), totals(days)],
    )


@settings(max_examples=8, deadline=None)
@given(parts=st.lists(st.integers(0, 2), min_size=8, max_size=8), has_footer=st.booleans())
def test_a_file_cut_by_rows_within_its_delivery_loads_the_same(parts, has_footer):
    footer = ["Showing top 500 results"] if has_footer else []
    cut = [
        (
            source(
                f"youtube/anna/part {part}.csv", report_text(lines, footer if part == 2 else [])
            ),
            source(f"youtube/anna/days {part}.csv", totals_text(days)),
        )
        for part in range(3)
        for lines in [[line for line, own in zip(LINES, parts, strict=True) if own == part]]
        for days in [[day for day, own in zip(DAYS, parts, strict=True) if own == part]]
    ]
    whole = [source("youtube/anna/part.csv", report_text(LINES, footer)), totals(DAYS)]
    assert_same(whole, [file for pair in cut for file in pair])


@settings(max_examples=10, deadline=None)
@given(copies=st.integers(1, 3))
def test_a_duplicated_file_loads_the_same(copies):
    twins = [source(f"youtube/anna/copy {n}.csv", report_text(LINES)) for n in range(copies)]
    assert_same([report(LINES), totals(DAYS)], [report(LINES), totals(DAYS), *twins])


def report_text(lines, footer=()):
    return "\n".join(["Content,Video title,Views,Subscribers", *lines, *footer])


def totals_text(days):
    return "\n".join(["Date,Views", *days])


def report(lines):
    return source("youtube/anna/Table data.csv", report_text(lines))


def totals(days):
    return source("youtube/anna/Totals.csv", totals_text(days))


def assert_same(files, others):
    one, other = loaded(read(*files)), loaded(read(*others))
    assert one.keys() == other.keys()
    for table in one:
        assert_frame_equal(one[table], other[table])
