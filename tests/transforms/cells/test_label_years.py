from datetime import date, timedelta

import polars as pl
from hypothesis import assume, given
from hypothesis import strategies as st

from transforms.cells.calendar_labels import read_day_labels
from transforms.cells.label_years import resolve_years

NEWEST = date(2026, 3, 25)


def resolve(*labels: str | None, newest: date = NEWEST) -> list[date | None]:
    months_and_days = read_day_labels(pl.Series(labels, dtype=pl.String))
    return resolve_years(months_and_days, newest_possible=newest).to_list()


def label(day: date) -> str:
    return f"{day:%B} {day.day}"


def run_of(last: date, days: int) -> list[date]:
    return [last - timedelta(days=back) for back in reversed(range(days))]


def test_labels_with_a_year_keep_it():
    days = resolve("2021-03-17", "2021-03-17 06:29", "2025/10/31")
    assert days == [date(2021, 3, 17), date(2021, 3, 17), date(2025, 10, 31)]


def test_the_last_label_is_the_newest_such_day_and_the_others_go_before_it():
    assert resolve("December 30", "January 2", "March 24") == [
        date(2025, 12, 30), date(2026, 1, 2), date(2026, 3, 24),
    ]  # fmt: skip
    assert resolve("March 26") == [date(2025, 3, 26)]


def test_a_whole_year_may_begin_with_the_label_after_its_last():
    days = run_of(date(2026, 3, 16), 365)
    assert label(days[0]) == "March 17"
    assert resolve(*map(label, days)) == days


def test_a_year_and_a_day_may_begin_with_the_label_of_its_last():
    days = run_of(date(2026, 3, 16), 366)
    assert label(days[0]) == label(days[-1])
    assert resolve(*map(label, days)) == days


def test_a_file_may_run_backward():
    days = run_of(date(2026, 1, 20), 60)
    assert resolve(*reversed([label(day) for day in days])) == days[::-1]


def test_february_29_forces_a_leap_year():
    days = run_of(date(2024, 3, 10), 30)
    assert date(2024, 2, 29) in days
    assert resolve(*map(label, days)) == days
    assert resolve("February 28", "March 1") == [date(2026, 2, 28), date(2026, 3, 1)]


def test_several_rows_of_a_day_share_its_date():
    assert resolve("March 1", "March 1", "March 2", "March 2") == [
        date(2026, 3, 1), date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 2),
    ]  # fmt: skip


def test_a_row_out_of_order_is_null_and_moves_no_other():
    days = run_of(date(2026, 3, 20), 10)
    labels = [label(day) for day in days]
    assert resolve(*labels[:4], "July 1", *labels[4:]) == [*days[:4], None, *days[4:]]
    assert resolve(*labels, "undefined") == [*days, None]
    assert resolve(*labels, "March 12") == [*days, None]


def test_no_rows_give_no_dates():
    assert resolve() == []


@given(
    newest=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    back=st.integers(0, 3),
    length=st.integers(2, 350),
    data=st.data(),
)
def test_parts_of_a_file_give_the_days_of_the_whole(newest, back, length, data):
    days = run_of(newest - timedelta(days=back), length)
    gaps = data.draw(st.sets(st.integers(0, length - 2), max_size=length // 4))
    days = [day for place, day in enumerate(days) if place not in gaps]
    assume(len(days) > 1)
    cut = data.draw(st.integers(1, len(days) - 1))
    labels = [label(day) for day in days]
    whole = resolve(*labels, newest=newest)
    assert whole == days
    assert resolve(*labels[:cut], newest=newest) + resolve(*labels[cut:], newest=newest) == whole


@given(st.lists(st.dates(date(2024, 1, 1), date(2025, 12, 31)), max_size=40), st.booleans())
def test_dates_are_never_after_the_newest_possible_nor_out_of_order(days, is_backward):
    found = [day for day in resolve(*map(label, days)) if day]
    assert all(day <= NEWEST for day in found)
    assert found == sorted(found) or found == sorted(found, reverse=True)
