"""A difference counts what a reader of the table would see change, and nothing else."""

from dataclasses import astuple

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from transforms.difference import difference

VALUES = st.sampled_from([None, 0.0, 1.5, float("nan")])
TABLES = st.dictionaries(st.integers(0, 5), st.tuples(VALUES, st.sampled_from(["a", "b", None])))


def frame(rows):
    return pl.DataFrame(
        [(key, *values) for key, values in rows.items()],
        schema={"key": pl.Int64, "rate": pl.Float64, "tier": pl.String},
        orient="row",
    )


def same(one, other):
    return all(a == b or (a != a and b != b) for a, b in zip(one, other, strict=True))


def test_rows_are_added_removed_and_changed_by_key():
    before = frame({1: (1.0, "a"), 2: (2.0, "a"), 3: (None, None)})
    after = frame({3: (None, None), 2: (2.0, "b"), 4: (1.0, "a")})
    found = difference(before, after, ["key"])
    assert (found.before, found.after) == (3, 3)
    assert (found.added, found.removed, found.changed) == (1, 1, 1)
    assert not found.is_none


def test_rows_of_others_are_told_apart():
    before, after = frame({1: (1.0, "a"), 2: (2.0, "a")}), frame({1: (3.0, "a"), 2: (3.0, "a")})
    assert difference(before, after, ["key"], pl.col("key") == 2).of_others == 1


def test_a_column_that_is_new_differs_where_it_is_filled():
    before = frame({1: (1.0, "a"), 2: (2.0, "a")})
    after = before.with_columns(reason=pl.Series([None, "younger"]))
    assert difference(before, after, ["key"]).changed == 1


@given(TABLES, TABLES)
def test_it_counts_what_two_dictionaries_differ_in(before, after):
    found = difference(frame(before), frame(after).reverse(), ["key"])
    assert (found.added, found.removed) == (len(after.keys() - before), len(before.keys() - after))
    shared = before.keys() & after.keys()
    assert found.changed == sum(not same(before[key], after[key]) for key in shared)


@given(TABLES, TABLES)
def test_turned_round_added_and_removed_change_places(before, after):
    there = difference(frame(before), frame(after), ["key"])
    back = difference(frame(after), frame(before), ["key"])
    assert astuple(there)[2:5] == (back.removed, back.added, back.changed)
