from datetime import date

import polars as pl
import pytest

from transforms.cells.days import DAY, day_of, is_order_written, with_days


def days(*cells: str | None, whole: tuple[str, ...] = ()) -> list[date | None]:
    frame = pl.DataFrame({"date": pl.Series(cells, dtype=pl.String)})
    all_of_it = pl.DataFrame({"date": pl.Series([*cells, *whole], dtype=pl.String)})
    return with_days(frame, all_of_it, "date")[DAY].to_list()


@pytest.mark.parametrize(
    "cell", ["2020-07-27", "2020/7/27", "2020-07-27T00:00:00", "Jul 27, 2020", "27-Jul-20"]
)
def test_a_day_with_its_year_first_or_its_month_in_words_reads_itself(cell):
    assert days(cell) == [date(2020, 7, 27)]


def test_one_number_above_twelve_tells_the_order_of_all():
    assert days("01-02-2025", "13-02-2025") == [date(2025, 2, 1), date(2025, 2, 13)]
    assert days("1/2/25", "2/13/25") == [date(2025, 1, 2), date(2025, 2, 13)]


def test_the_order_shows_in_the_whole_and_not_in_the_part():
    assert days("01-02-2025") == [None]
    assert days("01-02-2025", whole=("13-02-2025",)) == [date(2025, 2, 1)]


def test_orders_that_contradict_each_other_and_no_days_at_all_read_nothing():
    assert days("13-02-2025", "02-13-2025", "July", "2025-02-30", None) == [None] * 5


def test_digits_of_another_script_are_no_day_and_no_error():
    assert days("1/2/2025", "\u0663/2/2025", "13/2/2025") == [
        date(2025, 2, 1),
        None,
        date(2025, 2, 13),
    ]


def test_a_cell_that_is_there_and_cannot_be_read_fails_and_a_blank_does_not():
    frame = pl.DataFrame({"date": ["x", None, "2025-01-01"]})
    dated = with_days(frame, frame, "date")
    assert dated.select(day_of("date").failed).to_series().to_list() == [True, False, False]


@pytest.mark.parametrize(
    "cell",
    [
        "2025-03-01", "2025-03-01T01:00:00", "2025-03-01 whenever", "2025-02-30", "1989-12-31",
        "2025- 3-01", "+2025-03-01", "2025-03-011", "12025-03-01", "0025-03-01", "2025-03-01T\n",
    ],
)  # fmt: skip
def test_an_iso_day_reads_the_same_whatever_stands_beside_it(cell):
    assert days(cell) == days(cell, "27-Jul-20")[:1]


def test_a_blank_cell_beside_iso_days_is_no_day():
    assert days("2025-03-01", None) == [date(2025, 3, 1), None]


def test_days_of_two_kinds_in_one_column_were_turned_round_by_a_spreadsheet():
    assert days("2025-03-01", "13/02/2025") == [None, None]
    assert days("2025-03-01", "Feb 13, 2025") == [date(2025, 3, 1), date(2025, 2, 13)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("27/jun/23", "3/ago/23"),
        ("27-juin-23", "3-août-23"),
        ("27 juin 2023", "3 août 2023"),
        ("27. Juni 2023", "3. Aug. 2023"),
        ("27 июня 2023", "3 авг. 2023"),
        ("27 Jun 2023", "3 Agu 2023"),
        ("2023年6月27日", "2023年8月3日"),
    ],
)
def test_months_are_named_in_any_language(first, second):
    assert days(first, second) == [date(2023, 6, 27), date(2023, 8, 3)]


def test_a_named_day_without_a_year_is_none():
    assert days("27 juin", "3 août 2023", "total") == [None, date(2023, 8, 3), None]


@pytest.mark.parametrize(
    ("cells", "is_written"),
    [
        (["1/13/2026", "1/2/2026"], True),
        (["13-01-26"], True),
        (["2026-01-02", None], True),
        (["1-Feb-26"], True),
        (["1/2/2026", "1/3/2026", "1/4/2026"], False),
    ],
)
def test_cells_tell_the_order_by_a_number_above_twelve_and_not_by_leaving_out_no_day(
    cells, is_written
):
    frame = pl.DataFrame({"date": pl.Series(cells, dtype=pl.String)})
    assert is_order_written(frame, "date") is is_written


def test_days_of_two_columns_stand_beside_each_other():
    frame = pl.DataFrame({"date": ["2026-01-02"], "published": ["1-Jan-26"]})
    dated = with_days(with_days(frame, frame, "published", "_published"), frame, "date")
    assert dated.select("_published", DAY).row(0) == (date(2026, 1, 1), date(2026, 1, 2))
    parsed = day_of("published", "_published")
    assert dated.select(parsed.value).item() == date(2026, 1, 1)
