from datetime import date, timedelta

import polars as pl
import pytest

from flows.reports.changes import fit_changes
from tests.warehouse.made_up import build
from warehouse.home import Home
from warehouse.marts.partitions import expire, partitions, write

DAY = date(2030, 5, 1)
BEFORE = DAY - timedelta(days=2)
SCHEMA = {
    "brief_id": pl.String,
    "creator_id": pl.String,
    "rank": pl.Int64,
    "score": pl.Float64,
    "ineligible_because": pl.String,
}


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path).create()


def put(home, day, *rows):
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    write(home, "fit", day, frame, build("fit", day))


def test_who_enters_and_who_leaves_the_best_of_a_brief_is_told_with_both_scores(home):
    put(home, BEFORE, ("oat", "anna", 1, 0.8, None), ("oat", "bo", 2, 0.7, None))
    put(home, DAY, ("oat", "cleo", 1, 0.9, None), ("oat", "anna", 2, 0.8, None),
        ("oat", "bo", 3, 0.65, None))  # fmt: skip

    assert fit_changes(home, DAY, 2) == [
        "oat: cleo enters at 1 with 0.90",
        "oat: bo leaves, was 2 with 0.70: now 3 with 0.65",
    ]


def test_one_who_may_no_longer_be_picked_leaves_with_the_reason(home):
    put(home, BEFORE, ("oat", "anna", 1, 0.8, None), ("oat", "bo", 2, 0.7, None))
    put(home, DAY, ("oat", "anna", 1, 0.8, None), ("oat", "bo", None, 0.7, "tier mega"))

    assert fit_changes(home, DAY, 10) == ["oat: bo leaves, was 2 with 0.70: tier mega"]


def test_a_creator_who_is_gone_or_without_a_score_leaves_too(home):
    put(home, BEFORE, ("oat", "anna", 1, 0.8, None), ("oat", "bo", 2, 0.7, None),
        ("oat", "cleo", 3, 0.6, None))  # fmt: skip
    put(home, DAY, ("oat", "anna", 1, 0.8, None), ("oat", "bo", None, None, None))

    assert fit_changes(home, DAY, 10) == [
        "oat: bo leaves, was 2 with 0.70: too little is known for a score",
        "oat: cleo leaves, was 3 with 0.60: no account on its platforms any more",
    ]


def test_a_new_brief_is_told_by_its_whole_list_and_an_empty_one_is_missed(home):
    put(home, BEFORE, ("oat", "anna", 1, 0.8, None))
    put(home, DAY, ("oat", "anna", None, 0.8, "tier mega"), ("tea", "bo", 1, 0.5, None))

    assert fit_changes(home, DAY, 10) == [
        "oat: nobody is ranked any more",
        "tea: first list: bo",
    ]


def test_a_new_brief_without_a_list_and_one_that_ended_are_told(home):
    put(home, BEFORE, ("oat", "anna", 1, 0.8, None))
    put(home, DAY, ("tea", "anna", None, None, None), ("tea", "bo", None, 0.8, "tier mega"))

    assert fit_changes(home, DAY, 10) == [
        "oat: scored no more: not in force, or nobody has an account on its platforms",
        "tea: nobody is ranked, of 2 creators",
    ]


def test_the_first_night_gives_every_list_and_a_day_without_fit_gives_nothing(home):
    put(home, DAY, ("oat", "bo", 2, 0.7, None), ("oat", "anna", 1, 0.8, None))

    assert fit_changes(home, DAY, 10) == ["oat: first list: anna, bo"]
    assert fit_changes(home, BEFORE, 10) == []


def test_the_evidence_of_a_day_goes_when_the_next_one_comes(home):
    for day in (date(2030, 4, 30), DAY, DAY + timedelta(days=1)):
        write(home, "fit_component", day, pl.DataFrame({"x": [1]}), build("fit_component", day))

    expire(home, "fit_component", DAY + timedelta(days=1), 0, month_ends=False)

    assert [one.build.as_of for one in partitions(home)] == [DAY + timedelta(days=1)]
