from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from schemas.contract import enforce
from schemas.ops import OPS
from tests.warehouse.made_up import build
from warehouse.home import StoreError
from warehouse.marts.partitions import (
    build_frame,
    expire,
    inputs_hash,
    partition,
    partitions,
    read,
    write,
)

DAY = date(2030, 5, 1)
ROWS = pl.DataFrame({"account_id": ["anna", "bo"], "followers": [1, None]})


def put(home, as_of=DAY, rows=ROWS, table="tier", **changes):
    return write(home, table, as_of, rows, build(table, as_of, **changes))


def test_a_partition_is_read_back_with_how_it_was_built(home):
    put(home, reference_versions={"roster": "abc"})
    rows, how = read(home, "tier", DAY)
    assert_frame_equal(rows, ROWS)
    assert how == build("tier", DAY, reference_versions={"roster": "abc"}, rows=2)
    assert read(home, "tier", DAY + timedelta(days=1)) is None
    assert list(home.work.iterdir()) == []


def test_a_new_partition_replaces_the_old_one_and_leaves_no_other_file(home):
    put(home)
    second = put(home, rows=ROWS.head(1), run="night-2")
    rows, how = read(home, "tier", DAY)
    assert (rows.height, how.run, how.rows) == (1, "night-2", 1)
    folder = home.marts / "tier" / "as_of=2030-05-01"
    assert sorted(path.name for path in folder.iterdir()) == ["build.json", second.part.name]


def test_a_build_of_another_day_is_an_error(home):
    with pytest.raises(StoreError, match="as of 2030-05-02"):
        write(home, "tier", DAY, ROWS, build("tier", DAY + timedelta(days=1)))


def test_a_lost_part_is_an_error_that_names_it(home):
    put(home).part.unlink()
    with pytest.raises(StoreError, match="missing"):
        read(home, "tier", DAY)


def test_partitions_are_listed_by_table_and_day(home):
    for table, day in (("trend", DAY), ("tier", DAY), ("tier", DAY - timedelta(days=1))):
        put(home, day, table=table)
    (home.marts / "tier" / "as_of=2030-01-01").mkdir()
    assert [(one.build.table, one.build.as_of) for one in partitions(home)] == [
        ("tier", DAY - timedelta(days=1)),
        ("tier", DAY),
        ("trend", DAY),
    ]
    assert len(partitions(home, "tier")) == 2
    table = enforce(build_frame(partitions(home)), OPS["build"], "build")
    assert table["rows"].to_list() == [2, 2, 2]
    assert enforce(build_frame([]), OPS["build"], "build").is_empty()


@given(st.permutations(["load-1", "load-2", "load-3"]), st.permutations(["a", "b", "c"]))
def test_the_hash_of_the_inputs_does_not_depend_on_their_order(load_ids, kinds):
    def hashed(load_ids, kinds, **changes):
        inputs = {
            "load_ids": load_ids,
            "reference_versions": {kind: "hash" for kind in kinds},
            "settings": {kind: 1 for kind in kinds},
            "program_version": "1",
            "as_of": DAY,
            "knowledge": "latest",
        }
        return inputs_hash(**(inputs | changes))

    first = hashed(["load-1", "load-2", "load-3"], ["a", "b", "c"])
    assert hashed(load_ids, kinds) == first
    others = [
        hashed(load_ids[1:], kinds),
        hashed(load_ids, kinds[1:]),
        hashed(load_ids, kinds, settings={}),
        hashed(load_ids, kinds, program_version="2"),
        hashed(load_ids, kinds, as_of=DAY + timedelta(days=1)),
        hashed(load_ids, kinds, knowledge="reported"),
    ]
    assert len({first, *others}) == 7


def test_the_last_days_are_kept_and_of_older_months_the_last_one(home):
    days = [date(2030, 1, 30), date(2030, 1, 31), date(2030, 2, 27), date(2030, 3, 27)]
    days += [date(2030, 3, 28), date(2030, 3, 29), date(2030, 4, 1), DAY]
    for day in days:
        put(home, day)
    crashed = home.marts / "tier" / "as_of=2030-01-02"
    crashed.mkdir()
    gone = expire(home, "tier", date(2030, 5, 2))
    assert gone == [date(2030, 1, 30), date(2030, 3, 27)]
    kept = [one.build.as_of for one in partitions(home)]
    assert kept == [day for day in days if day not in gone]
    assert not crashed.exists()


def test_a_reader_that_lost_a_race_with_a_writer_reads_the_new_partition(home, monkeypatch):
    old = put(home)
    put(home, rows=ROWS.head(1))
    answers = iter([old])
    monkeypatch.setattr(
        "warehouse.marts.partitions.partition",
        lambda *arguments: next(answers, None) or partition(*arguments),
    )
    rows, _ = read(home, "tier", DAY)
    assert rows.height == 1
