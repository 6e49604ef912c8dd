from datetime import date, timedelta

import polars as pl
import pytest

from schemas.contract import enforce
from schemas.ops import DayCorrection
from transforms.core import accounts
from transforms.core.day_labels import day_corrections

FIRST = date(2026, 3, 1)
VIEWS = [5, 9, 14, 3, 0, 7, 22, 31, 8, 12, 19, 4]
"""What the account had on each day, from FIRST on."""


def day(number):
    return FIRST + timedelta(days=number)


def overview(sha256, numbers, *, early=0, age=1, **known):
    """Say the views of some days, labelled early by so many; the last `age` days before export."""
    observed_on = day(max(numbers) - early + age)
    return [
        {
            "platform": "tiktok",
            "account_ref": "anna",
            "day": day(number - early),
            "views": VIEWS[number],
            "observed_on": observed_on,
            "sha256": sha256,
            "file_id": sha256,
        }
        | known
        for number in numbers
    ]


def followers(sha256, numbers, observed_on, *, early=0, forward=False):
    level = [100 + 3 * number * number for number in range(len(VIEWS) + 1)]
    return [
        {
            "platform": "tiktok",
            "account_ref": "anna",
            "day": day(number - early),
            "followers": level[number],
            "followers_difference": (level[number + 1] - level[number])
            if forward
            else level[number] - level[number - 1],
            "observed_on": observed_on,
            "sha256": sha256,
            "file_id": sha256,
        }
        for number in numbers
    ]


SHIFTED = overview("shifted", range(10), early=1, age=2)
USUAL = overview("usual", range(3, 12))


@pytest.fixture
def corrections(history):
    def find(*rows):
        frame = history("account_day", *rows).with_columns(account_id=pl.col("account_ref"))
        return enforce(day_corrections(frame), DayCorrection, "ops.day_correction")

    return find


def found(frame):
    return frame.select("sha256", "days_moved", "lag", "decided_by").rows()


def test_a_file_one_day_early_with_the_marks_of_the_shifted_form_is_moved(corrections):
    correction = corrections(*SHIFTED, *USUAL)
    assert found(correction) == [("shifted", 1, 1, "last_label")]
    assert correction.select("compared_with", "days_compared", "days_agreeing").rows() == [
        ("usual", 6, 6)
    ]


def test_the_order_of_arrival_decides_nothing(corrections):
    one = corrections(*SHIFTED, *USUAL)
    other = corrections(*reversed(USUAL), *reversed(SHIFTED))
    assert one.equals(other)


def test_the_shifted_file_can_be_the_newer_of_the_two(corrections):
    usual = overview("usual", range(9))
    shifted = overview("shifted", range(2, 12), early=1, age=2)
    assert found(corrections(*usual, *shifted)) == [("shifted", 1, 1, "last_label")]


def test_a_difference_of_followers_that_looks_forward_marks_the_whole_export(corrections):
    unclear = {"observed_on_is_exact": False}
    shifted = overview("shifted", range(10), early=1, age=2, **unclear)
    usual = overview("usual", range(3, 12), **unclear)
    forward = followers("f1", range(1, 10), shifted[0]["observed_on"], early=1, forward=True)
    backward = followers("f2", range(3, 12), usual[0]["observed_on"])
    views = corrections(*shifted, *usual, *forward, *backward).filter(pl.col("figure") == "views")
    assert found(views) == [("shifted", 1, 1, "difference_forward")]


def test_without_a_mark_nothing_is_moved_and_it_is_said(corrections):
    rows = [*SHIFTED, *USUAL]
    marked = corrections(*(row | {"observed_on_is_exact": False} for row in rows))
    assert found(marked) == [("shifted", 0, 1, "undecided")]


def test_marks_on_the_wrong_file_move_nothing(corrections):
    early = overview("early", range(10), early=1, age=1)
    late = overview("late", range(3, 12), age=2)
    assert found(corrections(*early, *late)) == [("early", 0, 1, "undecided")]


def test_a_file_that_meets_only_the_shifted_one_is_moved_with_it(corrections):
    bridge = overview("bridge", range(6), early=1, age=2)
    assert [row[:2] for row in found(corrections(*bridge, *SHIFTED, *USUAL))] == [
        ("bridge", 1),
        ("shifted", 1),
    ]


def test_files_that_agree_day_by_day_are_left_alone(corrections):
    assert corrections(*overview("a", range(10)), *USUAL).is_empty()


def test_figures_that_repeat_every_day_are_no_evidence(corrections):
    rows = [row | {"views": 7} for row in (*SHIFTED, *USUAL)]
    assert corrections(*rows).is_empty()


def test_too_short_an_overlap_is_no_evidence(corrections):
    assert corrections(*overview("a", range(7), early=1, age=2), *USUAL).is_empty()


def test_other_platforms_are_left_alone(corrections):
    rows = [row | {"platform": "youtube"} for row in (*SHIFTED, *USUAL)]
    assert corrections(*rows).is_empty()


def test_core_has_the_true_days_and_history_what_the_file_said(history, roster):
    days = history("account_day", *SHIFTED, *USUAL)
    ref = accounts.account_ref(history("post"), days, accounts.roster_on(roster()))
    moved = day_corrections(accounts.resolved(days, ref, "account_ref"))
    core = accounts.account_day(days, ref, moved).sort("day").collect()
    assert core["day"].to_list() == [day(number) for number in range(12)]
    assert core["views"].to_list() == VIEWS
    assert days.select(pl.col("day").min()).collect().item() == day(-1)
