from datetime import date, timedelta

import polars as pl
import pytest
from babel.dates import format_date
from hypothesis import assume, given
from hypothesis import strategies as st

from transforms.cells.calendar_labels import LANGUAGES, read_day_labels, resolve_years

NEWEST = date(2026, 3, 25)


def read(*labels: str | None) -> list[tuple]:
    return read_day_labels(pl.Series(labels, dtype=pl.String)).rows()


def resolve(*labels: str | None, newest: date = NEWEST) -> list[date | None]:
    months_and_days = read_day_labels(pl.Series(labels, dtype=pl.String))
    return resolve_years(months_and_days, newest_possible=newest).to_list()


def label(day: date) -> str:
    return f"{day:%B} {day.day}"


def run_of(last: date, days: int) -> list[date]:
    return [last - timedelta(days=back) for back in reversed(range(days))]


@pytest.mark.parametrize(
    ("written", "month", "day"),
    [
        ("April 12", 4, 12),
        ("26 August", 8, 26),
        ("8 de marzo", 3, 8),
        ("12-Apr", 4, 12),
        ("8-mars", 3, 8),
        ("25 Μαρτίου", 3, 25),
        ("18 января", 1, 18),
        ("8 de setembro", 9, 8),
        ("18 tháng Tám", 8, 18),
        ("18 tháng 8", 8, 18),
        ("9月13日", 9, 13),
        ("4월 5일", 4, 5),
        ("1er mai", 5, 1),
        ("29. Februar", 2, 29),
        ("12 GRUDNIA", 12, 12),
    ],
)
def test_a_day_is_read_in_the_languages_seen(written, month, day):
    assert read(written) == [(None, month, day)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pattern", ["d MMMM", "MMMM d", "d MMM", "d MMMM y"])
def test_every_month_is_read_in_every_language(language, pattern):
    if language == "vi" and pattern == "MMMM d":
        pytest.skip("CLDR writes Vietnamese months as numbers: a second number is ambiguous")
    days = [date(2025, month, 17) for month in range(1, 13)]
    written = [format_date(day, pattern, locale=language) for day in days]
    year = 2025 if "y" in pattern else None
    if language in ("ja", "ko"):
        unit = "日" if language == "ja" else "일"
        written = [format_date(day, f"MMMMd{unit}", locale=language) for day in days]
        year = None
    assert read(*written) == [(year, day.month, day.day) for day in days]


def test_labels_with_a_year_keep_it():
    cells = ["2021-03-17", "2021-03-17 06:29", "2025/10/31", "Sat, Sep 6, 2025", "2025年9月13日"]
    assert read(*cells) == [
        (2021, 3, 17), (2021, 3, 17), (2025, 10, 31), (2025, 9, 6), (2025, 9, 13),
    ]  # fmt: skip
    assert resolve(*cells[:3]) == [date(2021, 3, 17), date(2021, 3, 17), date(2025, 10, 31)]


@pytest.mark.parametrize("written", ["31 April", "4/12", "Aprl 3", "April", "3", "", None,
                                     "29 February 2025", "April 3 4"])  # fmt: skip
def test_what_is_no_day_is_null(written):
    assert read(written) == [(None, None, None)]


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
