import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.audience import OTHERS, UNREPORTED
from transforms.apportion import PRECISION, Apportioned, apportion

SCHEMA = {
    "part": pl.UInt32,
    "row_number": pl.UInt32,
    "identity": pl.String,
    "segment": pl.String,
    "figure": pl.Float64,
    "places": pl.Int64,
    "is_sound": pl.Boolean,
}


def records(*rows, places=3) -> pl.DataFrame:
    """Make records of (segment, figure), or of (segment, figure, identity)."""
    return pl.DataFrame(
        [
            (0, number, (*row, row[0])[2], row[0], row[1], places, None not in row[:2])
            for number, row in enumerate(rows, 2)
        ],
        schema=SCHEMA,
        orient="row",
    )


def totals(*figures) -> pl.DataFrame:
    schema = {"part": pl.UInt32, "figure": pl.Float64}
    return pl.DataFrame([(0, figure) for figure in figures], schema=schema, orient="row")


def of_shares(*rows, places=3, is_list=False) -> Apportioned:
    given = records(*rows, places=places)
    return apportion(given, totals(), own=0, are_counts=False, is_list=is_list)


def of_counts(*rows, total=()) -> Apportioned:
    return apportion(records(*rows), totals(*total), own=0, are_counts=True, is_list=False)


def shares(found: Apportioned, *rows) -> dict[str, float]:
    """Give segment to share as history would hold them."""
    told = records(*rows).join(found.records, on=["part", "row_number"]).filter("_is_first")
    assert told["segment"].is_unique().all()
    rest = told["_rest"].drop_nulls().to_list()
    said = dict(told.select("segment", "_share").iter_rows())
    return said | ({UNREPORTED: pytest.approx(sum(rest))} if rest else {})


def test_what_is_missing_to_one_is_unreported():
    rows = [("DK", 0.5), ("SE", 0.3)]
    assert shares(of_shares(*rows, is_list=True), *rows) == {"DK": 0.5, "SE": 0.3, UNREPORTED: 0.2}


def test_what_rounding_explains_is_scaled_and_leaves_no_rest():
    rows = [("female", 0.667), ("male", 0.334)]
    found = shares(of_shares(*rows), *rows)
    assert found == pytest.approx({"female": 0.667 / 1.001, "male": 0.334 / 1.001}, rel=1e-12)


def test_a_list_without_others_is_scaled_down_only():
    low, high = [("DK", 0.96), ("SE", 0.02)], [("DK", 0.98), ("SE", 0.03)]
    assert shares(of_shares(*low, places=2, is_list=True), *low)["DK"] == 0.96
    assert shares(of_shares(*high, places=2, is_list=True), *high)["DK"] == 0.98 / 1.01


def test_a_list_with_others_is_all_of_it():
    rows = [("DK", 0.96), (OTHERS, 0.03)]
    assert shares(of_shares(*rows, places=2, is_list=True), *rows)["DK"] == 0.96 / 0.99


def test_a_sum_that_rounding_cannot_make_is_refused_by_its_number():
    assert "2 shares sum to 1.2," in (of_shares(("female", 0.7), ("male", 0.5)).refusal or "")
    assert of_shares(("female", 0.7), ("male", 0.3)).refusal is None


def test_zero_of_everything_reports_nothing():
    rows = [("female", 0.0), ("male", 0.0)]
    expected = {"female": 0.0, "male": 0.0, UNREPORTED: 1.0}
    assert shares(of_shares(*rows), *rows) == expected
    assert shares(of_counts(*rows, total=[0.0]), *rows) == expected


def test_counts_are_of_the_total_row():
    rows = [("DK", 60.0), ("SE", 30.0)]
    found = of_counts(*rows, total=[120.0])
    assert shares(found, *rows) == {"DK": 0.5, "SE": 0.25, UNREPORTED: 0.25}
    assert (found.is_of_listed, found.remarks) == (False, ())


def test_counts_without_a_total_are_of_what_is_listed_and_say_so():
    rows = [("DK", 60.0), ("SE", 20.0)]
    found = of_counts(*rows)
    assert shares(found, *rows) == {"DK": 0.75, "SE": 0.25}
    assert found.is_of_listed
    assert found.remarks == ("has no Total row: its shares are of what it lists",)


def test_a_total_below_the_sum_gives_way_and_is_noted():
    rows = [("DK", 60.0), ("SE", 20.0)]
    found = of_counts(*rows, total=[70.0])
    assert shares(found, *rows) == {"DK": 0.75, "SE": 0.25}
    assert "says 70, its records sum to 80" in found.remarks[0]


def test_two_totals_of_one_part_are_refused():
    assert "Total rows of 70 and 80" in (of_counts(("DK", 60.0), total=[70.0, 80.0]).refusal or "")


def test_records_of_one_segment_are_added_and_told_once():
    rows = [("Springfield", 0.2, "a"), ("Springfield", 0.3, "b"), ("Odense", 0.5, "c")]
    assert shares(of_shares(*rows), *rows) == {"Springfield": 0.5, "Odense": 0.5}


def test_a_record_said_twice_counts_once_and_two_figures_for_it_are_refused():
    rows = [("DK", 0.5), ("DK", 0.5), ("SE", 0.5)]
    found = of_shares(*rows)
    assert shares(found, *rows) == {"DK": 0.5, "SE": 0.5}
    assert found.remarks == ("1 of its records repeat another: each is counted once",)
    assert "'DK' more than once, with 0.2 and 0.5" in (
        of_shares(("DK", 0.5), ("DK", 0.2)).refusal or ""
    )


def test_what_names_no_segment_is_unreported():
    rows = [("DK", 60.0), (None, 40.0)]
    assert shares(of_counts(*rows), *rows) == {"DK": 0.6, UNREPORTED: 0.4}


def test_a_segment_the_platform_calls_unknown_takes_the_rest_in():
    rows = [("DK", 0.5), (UNREPORTED, 0.1)]
    found = of_shares(*rows, is_list=True)
    assert shares(found, *rows) == {"DK": 0.5, UNREPORTED: pytest.approx(0.5)}
    assert found.records["_rest"].null_count() == 2


NAMES = st.lists(st.text("abcd", min_size=1, max_size=2), min_size=1, max_size=9, unique=True)


@given(names=NAMES, data=st.data())
def test_shares_sum_to_one_in_whatever_order(names, data):
    size = len(names)
    figures = data.draw(st.lists(st.integers(0, 10**9), min_size=size, max_size=size))
    total = data.draw(st.none() | st.integers(0, 10**10))
    rows = list(zip(names, map(float, figures), strict=True))
    shuffled = data.draw(st.permutations(rows))
    found, other = (of_counts(*own, total=[] if total is None else [float(total)]) for own in
                    (rows, shuffled))  # fmt: skip
    assert shares(found, *rows) == shares(other, *shuffled)
    assert found.distribution_id == other.distribution_id
    said = found.records.filter("_is_first")
    assert math.isclose(said["_share"].sum() + said["_rest"].sum(), 1, abs_tol=PRECISION)


@given(names=NAMES, data=st.data())
def test_printed_shares_sum_to_one_and_stay_within_rounding(names, data):
    weights = data.draw(st.lists(st.integers(1, 1000), min_size=len(names), max_size=len(names)))
    rows = [(name, round(w / sum(weights), 3)) for name, w in zip(names, weights, strict=True)]
    found = of_shares(*rows)
    assert found.refusal is None
    said = found.records.filter("_is_first")
    assert said["_share"].sum() == pytest.approx(1, abs=PRECISION)
    assert said["_rest"].sum() == 0
