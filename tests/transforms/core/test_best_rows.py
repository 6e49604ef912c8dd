from datetime import date, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from transforms.core.best_rows import best_per_key, best_per_observation

KEY = ["platform", "post_id"]
FIGURES = ["views", "likes"]
SCHEMA = {
    "platform": pl.String,
    "post_id": pl.String,
    "observed_on": pl.Date,
    "evidence_rank": pl.UInt8,
    "sha256": pl.String,
    "row_number": pl.UInt32,
    "views": pl.Int64,
    "likes": pl.Int64,
}
FIRST = date(2026, 5, 1)


def frame(rows):
    return pl.LazyFrame(rows, schema=SCHEMA, orient="row")


def test_each_figure_comes_from_the_best_row_that_reports_it():
    rows = frame(
        [
            ("x", "p", date(2026, 5, 1), 6, "a", 2, 10, 1),
            ("x", "p", date(2026, 5, 2), 0, "a", 2, None, 2),
            ("x", "q", date(2026, 5, 1), 6, "a", 3, 5, None),
        ]
    )
    assert best_per_key(rows, KEY, FIGURES).sort("post_id").collect().rows() == [
        ("x", "p", date(2026, 5, 2), 10, 2),
        ("x", "q", date(2026, 5, 1), 5, None),
    ]


def test_of_two_rows_of_one_day_evidence_decides_then_file_then_record():
    day = date(2026, 5, 1)
    stronger = [("x", "p", day, 3, "z", 9, 1, 1), ("x", "p", day, 4, "a", 2, 2, 2)]
    by_file = [("x", "p", day, 3, "b", 2, 2, 2), ("x", "p", day, 3, "a", 9, 1, 1)]
    by_record = [("x", "p", day, 3, "a", 9, 2, 2), ("x", "p", day, 3, "a", 8, 1, 1)]
    for rows in (stronger, by_file, by_record):
        best = best_per_observation(frame(rows), KEY, FIGURES).collect()
        assert best["views"].to_list() == [2]


def test_observations_of_different_days_stay_apart():
    rows = frame(
        [
            ("x", "p", date(2026, 5, 1), 6, "a", 2, 10, 1),
            ("x", "p", date(2026, 5, 2), 6, "b", 2, None, 2),
            ("x", "p", date(2026, 5, 2), 6, "c", 2, 12, None),
        ]
    )
    best = best_per_observation(rows, KEY, FIGURES).sort("observed_on").collect()
    assert best.select(FIGURES).rows() == [(10, 1), (12, 2)]


@st.composite
def history_rows(draw):
    """Rows as files give them: one file's record says one thing, in however many copies."""
    records = draw(
        st.dictionaries(
            st.tuples(st.sampled_from("abc"), st.integers(2, 5)),
            st.tuples(
                st.sampled_from("pqr"),
                st.integers(0, 3),
                st.integers(0, 2),
                st.none() | st.integers(0, 9),
                st.none() | st.integers(0, 9),
            ),
            min_size=1,
            max_size=9,
        )
    )
    rows = [
        ("x", post, FIRST + timedelta(day), rank, sha, number, views, likes)
        for (sha, number), (post, day, rank, views, likes) in records.items()
    ]
    again = draw(st.lists(st.sampled_from(rows), max_size=4))
    return rows, draw(st.permutations(rows + again))


def expected(rows):
    """The definition, row by row: the greatest by rank among those that report."""
    best = {}
    for post in {row[1] for row in rows}:
        mine = sorted((row for row in rows if row[1] == post), key=lambda row: row[2:6])
        figures = [
            next((row[column] for row in reversed(mine) if row[column] is not None), None)
            for column in (6, 7)
        ]
        best[post] = (mine[-1][2], *figures)
    return [("x", post, *best[post]) for post in sorted(best)]


@settings(max_examples=60, deadline=None)
@given(history_rows())
def test_neither_order_nor_copies_of_rows_matter(drawn):
    rows, shuffled = drawn
    best = best_per_key(frame(rows), KEY, FIGURES).sort(KEY).collect()
    assert best.rows() == expected(rows)
    assert_frame_equal(best_per_key(frame(shuffled), KEY, FIGURES).sort(KEY).collect(), best)


def test_a_key_with_a_null_in_it_is_completed_as_any_other():
    rows = frame(
        [
            ("x", None, date(2026, 5, 1), 6, "a", 2, 10, None),
            ("x", None, date(2026, 5, 2), 0, "b", 2, None, 2),
            ("x", "q", date(2026, 5, 1), 6, "a", 3, 5, None),
        ]
    )
    assert best_per_key(rows, KEY, FIGURES).sort("post_id").collect().rows() == [
        ("x", None, date(2026, 5, 2), 10, 2),
        ("x", "q", date(2026, 5, 1), 5, None),
    ]
