from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.deliveries.made_up import read, read_one, source

HEADER = "Date,Content,Video title,Video publish time,Duration,Views"
VIDEOS = ("aaaaaaaaaa1", "aaaaaaaaaa2")
START = date(2026, 1, 1)


def chart(days, videos=VIDEOS) -> str:
    """Write a chart of every video on every day, which are dates or cells."""
    lines = [
        f'{day},{video},A,"Jan 1, 2026",60,{place}'
        for video in videos
        for place, day in enumerate(days)
    ]
    return "\n".join([HEADER, *lines])


def record_of(text: str, path: str = "youtube/anna/Chart data.csv"):
    return read_one(path, text).record


def days_from(first: date, count: int, step: int = 1) -> list[date]:
    return [first + timedelta(days=step * place) for place in range(count)]


def months(first: date, count: int) -> list[date]:
    """Give a first day within a month, then the first days of the months after it."""
    later = [
        date(first.year + (first.month + place) // 12, (first.month + place) % 12 + 1, 1)
        for place in range(count - 1)
    ]
    return [first, *later]


def weeks(first: date, count: int) -> list[date]:
    """Give a first day within a week, then the first days of the weeks after it."""
    next_one = first + timedelta(days=7 - first.weekday())
    return [first, *days_from(next_one, count - 1, 7)]


starts = st.dates(date(2008, 1, 1), date(2025, 1, 1))


@given(starts, st.integers(3, 40))
def test_days_without_a_gap_are_days(first, count):
    record = record_of(chart(days_from(first, count)))
    assert (record.status, record.loaded) == ("loaded", 2 * count)


@given(starts, st.integers(1, 30), st.sampled_from([weeks, months]))
def test_weeks_and_months_are_never_days_wherever_the_period_begins(first, count, points):
    record = record_of(chart(points(first, count)))
    assert (record.status, record.export) == ("kept", "youtube_content_days")
    assert record.reason.startswith("YouTube Studio chart data")


@given(starts, st.integers(2, 12), st.sampled_from([weeks, months]), st.booleans())
def test_weeks_and_months_saved_from_a_spreadsheet_are_never_days(first, count, points, is_dmy):
    order = "{0.day}/{0.month}/{0.year}" if is_dmy else "{0.month}/{0.day}/{0.year}"
    cells = [order.format(day) for day in points(first, count)]
    assert record_of(chart(cells)).status == "kept"


@given(starts, st.integers(2, 10), st.sampled_from([weeks, months]))
def test_a_video_by_week_among_videos_by_day_is_told(first, count, points):
    coarse = points(first, count + 2)
    fine = days_from(first, (coarse[-1] - first).days + 1)
    text = chart(fine, VIDEOS[:1]) + "\n" + chart(coarse, VIDEOS[1:]).partition("\n")[2]
    assert record_of(text).status == "kept"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (weeks(date(2026, 1, 1), 4), "after 2026-01-05, where 2026-01-12 is next"),
        (months(date(2026, 1, 15), 3), "after 2026-02-01, where 2026-03-01 is next"),
        ([START, *days_from(date(2026, 1, 4), 9)], "after 2026-01-01, where 2026-01-04 is next"),
        ([START], "2026-01-01 to 2026-01-01, are too few"),
        (days_from(START, 2), "2026-01-01 to 2026-01-02, are too few"),
        (["1/1/2026", "1/2/2026", "1/3/2026"], "which number of its days is the month"),
        (["2026-01-01", "2026-01-02", "13/01/2026"], "which number of its days is the month"),
    ],
)
def test_the_reason_says_what_the_days_show_and_what_to_do(days, said):
    record = record_of(chart(days))
    assert (record.status, record.rows_in) == ("kept", 0)
    assert said in record.reason
    assert "export" in record.reason


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("Content 2026-01-01_2026-01-02 Anna", [START]),
        ("Content 2026-01-03_2026-01-05 Anna", days_from(date(2026, 1, 3), 2)),
        ("Content 2026-01-01_2026-01-04 Anna", ["1/1/2026", "1/2/2026", "1/3/2026"]),
    ],
)
def test_few_days_that_are_those_of_the_zips_name_are_days(name, days):
    record = record_of(chart(days), f"youtube/anna/{name}/Chart data.csv")
    assert (record.status, record.loaded) == ("loaded", 2 * len(days)), record.reason


def test_months_in_the_order_of_days_are_not_confirmed_by_a_name():
    cells = [f"1/{month}/2026" for month in range(1, 7)]
    path = "youtube/anna/Content 2026-01-01_2026-07-01 Anna/Chart data.csv"
    assert record_of(chart(cells), path).status == "kept"


def test_a_file_from_which_rows_without_views_were_taken_is_read():
    every = days_from(START, 10)
    some = [*every[:3], *every[5:7]]
    text = chart(every, VIDEOS[:1]) + "\n" + chart(some, VIDEOS[1:]).partition("\n")[2]
    record = record_of(text)
    assert (record.status, record.loaded) == ("loaded", 15)


def test_a_file_that_ends_within_a_day_is_read():
    lines = sorted(chart(days_from(START, 5)).splitlines()[1:])
    record = record_of("\n".join([HEADER, *lines[:-1]]))
    assert (record.status, record.loaded) == ("loaded", 9)


def test_two_figures_of_one_video_for_one_day_keep_the_file_and_one_said_twice_does_not():
    once = chart(days_from(START, 3), VIDEOS[:1])
    other = f'{once}\n2026-01-02,aaaaaaaaaa1,A,"Jan 1, 2026",60,99'
    record = record_of(other)
    assert record.status == "kept"
    assert "'aaaaaaaaaa1' has two figures for 2026-01-02" in record.reason

    twice = f"{once}\n{once.partition(chr(10))[2]}"
    assert (record_of(twice).status, record_of(twice).loaded) == ("loaded", 6)


def test_days_in_any_order_of_rows_are_days():
    record = record_of(chart(days_from(START, 5)[::-1]))
    assert (record.status, record.loaded) == ("loaded", 10)


def totals(days) -> str:
    return "Date,Views\n" + "".join(f"{day},{place}\n" for place, day in enumerate(days))


@given(starts, st.integers(3, 30), st.sampled_from([weeks, months]))
def test_totals_by_week_or_month_are_no_days_of_the_account(first, count, points):
    record = record_of(totals(points(first, count)), "youtube/anna/Totals.csv")
    assert (record.status, record.export) == ("kept", "youtube_date")
    assert f"by {points.__name__[:-1]}" in record.reason
    assert "set the chart to Daily" in record.reason


@pytest.mark.parametrize("second", [date(2026, 1, 8), date(2026, 2, 1)])
def test_two_totals_a_week_or_month_apart_are_no_days_either(second):
    record = record_of(totals([date(2026, 1, 1), second]), "youtube/anna/Totals.csv")
    assert record.status == "kept"
    assert record_of(totals([date(2026, 1, 1), date(2026, 1, 9)])).status == "loaded"


@given(starts, st.integers(1, 60))
def test_totals_by_day_are_days_of_the_account(first, count):
    record = record_of(totals(days_from(first, count)), "youtube/anna/Totals.csv")
    assert (record.status, record.loaded) == ("loaded", count)


def test_totals_of_which_days_are_missing_are_days_all_the_same():
    days = [START, *days_from(date(2026, 1, 3), 4), date(2026, 1, 20)]
    assert record_of(totals(days), "youtube/anna/Totals.csv").loaded == 6


def test_totals_by_week_lend_no_period_to_the_table_beside_them():
    table = "Content,Video title,Views\naaaaaaaaaa1,A,6"
    found = read(
        source("youtube/anna/Table data.csv", table),
        source("youtube/anna/Totals.csv", totals(weeks(START, 5))),
    )
    assert [one.record.period_start for one in found] == [None, None]


@pytest.mark.parametrize(
    "text",
    [
        "Date,Views\n2026-08,5\n2026-09,6\n",
        "Date,Content,Video title,Views\n2026-08,aaaaaaaaaa1,A,6\n2026-09,aaaaaaaaaa1,A,6\n",
        "Data,Origem do tráfego,Visualizações\n2026-08,Externa,5\n2026-09,Externa,6\n",
    ],
)
def test_months_are_no_days(text):
    record = read_one("youtube/anna/Chart data.csv", text).record
    assert record.status == "kept"
    assert "its days are months, as '2026-08': set the chart to Daily" in record.reason
