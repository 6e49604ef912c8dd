from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.contract import enforce
from schemas.history import HISTORY
from schemas.ops import Restatement
from transforms.core.best_rows import best_per_key
from transforms.core.restatement import restatements

DAY = {"platform": "youtube", "account_ref": "anna", "day": date(2026, 5, 1)}
POST = {"platform": "youtube", "post_id": "p"}


def seen(day, file):
    return {"observed_on": date(2026, 6, day), "file_id": file, "sha256": file}


def resolved(history):
    """Give each account its own name."""
    return {
        name: rows.with_columns(account_id="account_ref") if name.startswith("account_") else rows
        for name, rows in history.items()
    }


@pytest.fixture
def found(history):
    def restated(**tables):
        made = {name: history(name, *tables.get(name, ())) for name in HISTORY}
        frame = enforce(restatements(resolved(made)), Restatement, "ops.restatement")
        return frame.select(
            "table", "metric", "kind", "old_value", "new_value", "old_file_id", "new_file_id"
        ).rows()

    return restated


def test_a_day_that_a_newer_export_gives_differently_is_restated(found):
    rows = [DAY | seen(2, "new") | {"views": 9}, DAY | seen(1, "old") | {"views": 7}]
    assert found(account_day=rows) == [("account_day", "views", "restated", 7.0, 9.0, "old", "new")]


def test_a_day_that_two_exports_give_alike_or_complete_is_not(found):
    rows = [
        DAY | seen(1, "a") | {"views": 7},
        DAY | seen(2, "b") | {"views": 7, "likes_net": 1},
        DAY | seen(3, "c") | {"likes_net": 1},
    ]
    assert found(account_day=rows) == []


def test_each_change_of_a_figure_is_one_row(found):
    rows = [
        POST | {"day": date(2026, 5, 1), "views": views} | seen(number, f"f{number}")
        for number, views in ((1, 5), (2, 8), (3, 8), (4, 6))
    ]
    assert found(post_day=rows) == [
        ("post_day", "views", "restated", 5.0, 8.0, "f1", "f2"),
        ("post_day", "views", "restated", 8.0, 6.0, "f3", "f4"),
    ]


def test_a_counter_that_grows_between_observations_is_as_it_should_be(found):
    rows = [POST | seen(1, "a") | {"views": 5}, POST | seen(2, "b") | {"views": 9}]
    assert found(post_lifetime=rows) == []


def test_a_counter_that_fell_between_observations_is_flagged_also_across_a_gap(found):
    rows = [
        POST | seen(1, "a") | {"views": 9, "likes": 3},
        POST | seen(2, "b") | {"likes": 4},
        POST | seen(3, "c") | {"views": 6, "likes": 5},
    ]
    assert found(post_lifetime=rows) == [("post_lifetime", "views", "fell", 9.0, 6.0, "a", "c")]


def test_a_fall_that_recovers_later_is_still_seen(found):
    rows = [POST | seen(day, str(day)) | {"views": n} for day, n in ((1, 9), (2, 4), (3, 12))]
    assert found(post_lifetime=rows) == [("post_lifetime", "views", "fell", 9.0, 4.0, "1", "2")]


def test_two_exports_of_one_post_and_day_of_observation_that_differ_are_restated(found):
    rows = [
        POST | seen(1, "a") | {"views": 5, "evidence_rank": 5},
        POST | seen(1, "b") | {"views": 4, "evidence_rank": 6},
    ]
    assert found(post_lifetime=rows) == [("post_lifetime", "views", "restated", 5.0, 4.0, "a", "b")]


def test_one_period_exported_twice_is_compared(found):
    period = {"period_start": date(2026, 5, 1), "period_end": date(2026, 5, 28)}
    rows = [
        POST | period | seen(1, "a") | {"views": 5},
        POST | period | seen(2, "b") | {"views": 6},
    ]
    assert found(post_period=rows) == [("post_period", "views", "restated", 5.0, 6.0, "a", "b")]
    other = period | {"period_start": date(2026, 4, 1)}
    rows = [POST | period | seen(1, "a") | {"views": 5}, POST | other | seen(2, "b") | {"views": 6}]
    assert found(post_period=rows) == []


@st.composite
def statements(draw):
    """Draw what several exports say of a few days, and the same in another order."""
    said = draw(
        st.dictionaries(
            st.tuples(st.integers(1, 3), st.integers(1, 3), st.sampled_from("abc")),
            st.fixed_dictionaries(
                {
                    "views": st.none() | st.integers(0, 3),
                    "likes_net": st.none() | st.integers(-1, 1),
                }
            ),
            max_size=12,
        )
    )
    rows = [
        DAY | {"day": date(2026, 5, day)} | seen(observed, f"{file}{observed}") | figures
        for (day, observed, file), figures in said.items()
    ]
    return rows, draw(st.permutations(rows))


@settings(deadline=None, max_examples=60)
@given(statements())
def test_whatever_the_order_the_newer_counts_and_every_change_is_told_once(history, drawn):
    _, shuffled = drawn
    made = {name: history(name) for name in HISTORY}
    both = [resolved(made | {"account_day": history("account_day", *each)}) for each in drawn]
    told = [restatements(each) for each in both]
    assert told[0].equals(told[1])

    changes, counts = [], {}
    for row in sorted(shuffled, key=lambda row: (row["day"], row["observed_on"], row["sha256"])):
        for metric in ("views", "likes_net"):
            if row[metric] is None:
                continue
            before = counts.get((row["day"], metric))
            if before not in (None, row[metric]):
                changes.append((row["day"], metric, before, row[metric]))
            counts[row["day"], metric] = row[metric]
    found = told[0].select("day", "metric", "old_value", "new_value").rows()
    assert sorted(found) == sorted(changes)
    best = best_per_key(both[0]["account_day"], ("day",), ("views", "likes_net")).collect()
    assert {
        (row["day"], metric): row[metric]
        for row in best.to_dicts()
        for metric in ("views", "likes_net")
        if row[metric] is not None
    } == counts


def test_a_segment_given_differently_is_restated_by_dimension_and_segment(history):
    segment = {
        "platform": "youtube", "account_ref": "anna", "dimension": "traffic_source",
        "segment": "external", "period_start": date(2026, 3, 1), "period_end": date(2026, 3, 31),
    }  # fmt: skip
    rows = [segment | seen(1, "old") | {"views": 5}, segment | seen(2, "new") | {"views": 7}]
    made = {name: history(name) for name in HISTORY}
    made |= {"account_breakdown": history("account_breakdown", *rows)}
    frame = enforce(restatements(resolved(made)), Restatement, "ops.restatement")
    assert frame.select("dimension", "segment", "day", "old_value", "new_value").rows() == [
        ("traffic_source", "external", date(2026, 3, 31), 5.0, 7.0)
    ]
