from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.cells.days import DAY
from transforms.cells.label_days import said_day, with_label_days
from transforms.export import Clues


def label(day: date) -> str:
    return f"{day:%B} {day.day}"


def dated(labels, newest: date, whole=None, first_day=None) -> list[date | None]:
    frame = pl.DataFrame({"date": pl.Series(labels, dtype=pl.String)})
    all_of_it = pl.DataFrame({"date": pl.Series(whole or labels, dtype=pl.String)})
    clues = Clues(whole=all_of_it, newest_possible=newest, first_day=first_day)
    return with_label_days(frame, clues, "date")[DAY].to_list()


def span(last: date, length: int) -> list[date]:
    return [last - timedelta(days=length - 1 - step) for step in range(length)]


@settings(max_examples=25, deadline=None)
@given(
    last=st.dates(date(2022, 1, 1), date(2026, 6, 1)),
    length=st.integers(1, 360),
    late=st.integers(0, 3),
    seed=st.randoms(use_true_random=False),
)
def test_days_come_back_from_their_labels_in_any_order(last, length, late, seed):
    days = span(last, length)
    newest = last + timedelta(days=late)
    assert dated([label(day) for day in days], newest) == days
    shuffled = days[:]
    seed.shuffle(shuffled)
    assert dated([label(day) for day in shuffled], newest) == shuffled


def test_three_days_across_new_year_are_told_whatever_their_order():
    days = [date(2021, 12, 30), date(2022, 1, 1), date(2021, 12, 31)]
    assert dated([label(day) for day in days], date(2022, 1, 1)) == days


def test_a_whole_year_keeps_its_order_even_when_it_starts_where_it_ends():
    days = span(date(2025, 2, 27), 365)
    assert dated([label(day) for day in days], date(2025, 3, 1)) == days


def test_a_whole_year_out_of_order_starts_at_the_first_day_of_its_name():
    days = span(date(2025, 2, 27), 365)
    shuffled = [*days[100:], *days[:100]]
    shuffled[0], shuffled[50] = shuffled[50], shuffled[0]
    labels = [label(day) for day in shuffled]
    assert dated(labels, date(2025, 3, 1), first_day=days[0]) == shuffled


def test_a_part_takes_its_years_from_the_whole():
    days = span(date(2026, 1, 3), 6)
    labels = [label(day) for day in days]
    assert dated(labels[:2], date(2026, 1, 5), whole=labels) == days[:2]


def test_a_day_far_from_the_others_in_a_file_in_order_cannot_be_told():
    days = [label(day) for day in span(date(2026, 3, 10), 5)]
    assert dated([*days[:3], "February 1", *days[3:]], date(2026, 3, 12))[3] is None


def test_a_label_that_is_no_day_has_none():
    assert dated(["March 1", "soon", None], date(2026, 3, 12)) == [date(2026, 3, 1), None, None]


def of_records(records: list[tuple[str, str]], newest: date) -> list[date | None]:
    frame = pl.DataFrame(records, schema=["date", "views"], orient="row")
    return with_label_days(frame, Clues(whole=frame, newest_possible=newest), "date")[DAY].to_list()


def test_a_year_and_a_day_may_begin_with_the_label_of_its_last():
    days = span(date(2026, 3, 16), 366)
    records = [(label(day), str(number)) for number, day in enumerate(days)]
    assert of_records(records, date(2026, 3, 18)) == days
    assert of_records(records[::-1], date(2026, 3, 18)) == days[::-1]


def test_a_label_of_two_records_that_differ_has_no_day():
    days = span(date(2026, 3, 16), 730)
    two_years = [(label(day), str(number)) for number, day in enumerate(days)]
    assert set(of_records(two_years, date(2026, 3, 18))) == {None}
    records = [("March 1", "5"), ("March 2", "6"), ("March 2", "7"), ("March 1", "5")]
    first = date(2026, 3, 1)
    assert of_records(records, date(2026, 3, 18)) == [first, None, None, first]


def test_years_in_which_a_spreadsheet_was_opened_are_none():
    days = [date(2025, 12, 30), date(2025, 12, 31), date(2026, 1, 1)]
    written = [str(day.replace(year=2026)) for day in days]
    assert dated(written, date(2026, 1, 3)) == days
    assert dated(["2012-04-01", "2013-04-01"], date(2026, 1, 3)) == [None, None]
    assert dated(list(map(str, days)), date(2026, 1, 3)) == days


def test_days_that_all_lie_before_the_first_of_the_name_contradict_it():
    days = span(date(2026, 4, 30), 30)
    labels = [label(day) for day in days]
    assert dated(labels, date(2026, 4, 30), first_day=days[0]) == days
    assert set(dated(labels, date(2026, 4, 20), first_day=days[0])) == {None}


@pytest.mark.parametrize(
    ("labels", "earliest", "day"),
    [
        (["March 17"], date(2026, 3, 9), date(2026, 3, 17)),
        (["January 2"], date(2025, 12, 30), date(2026, 1, 2)),
        (["March 17", "March 17"], date(2026, 3, 9), date(2026, 3, 17)),
        (["2021-03-17 06:29"], None, date(2021, 3, 17)),
        (["March 17", "March 18"], date(2026, 3, 9), None),
        (["March 8"], date(2026, 3, 9), None),
        (["March 17"], None, None),
        (["soon"], date(2026, 3, 9), None),
    ],
)
def test_the_day_of_export_is_the_first_such_day_after_the_newest_upload(labels, earliest, day):
    assert said_day(pl.Series(labels), earliest, date(2026, 6, 30)) == day
