import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.cells.written_numbers import is_rounded, number


def read(cell, **rule):
    parsed = number("a", **rule)
    return (
        pl.DataFrame({"a": [cell]}, schema={"a": pl.String})
        .select(parsed.value.alias("value"), parsed.failed.alias("failed"))
        .row(0)
    )


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("48.5M", 48_500_000),
        ("0.89k", 890),
        ("29.0b", 29_000_000_000),
        ("4.56 K", 4560),
        ("13800000", 13_800_000),
        ("477900000.00", 477_900_000),
        ("1.00", 1),
        ("133,223", 133_223),
        ("1\u00a0234", 1234),
    ],
)
def test_suffixes_and_groups_give_whole_numbers(cell, value):
    assert read(cell, has_suffix=True, is_whole=True) == (value, False)


@pytest.mark.parametrize("cell", ["#VALOR!", "1.5", "12,34", "1,2,3", "M", "4.5X", "Spain"])
def test_what_is_no_whole_number_fails(cell):
    assert read(cell, has_suffix=True, is_whole=True) == (None, True)


@pytest.mark.parametrize("cell", ["N/A'", "N/A", "-", "", None, "#N/A"])
def test_what_says_no_value_is_null_and_no_failure(cell):
    assert read(cell, has_suffix=True)[0] is None
    assert read(cell, has_suffix=True)[1] in (False, None)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("1.234,5", 1234.5), ("€ 12,50", 12.5), ("1.200", 1200.0), ("USD 3", 3.0), ("3 kr", None)],
)
def test_a_decimal_comma_is_one_where_the_declaration_says_so(cell, value):
    assert read(cell, decimal=",", is_money=True)[0] == value


def test_a_point_is_no_decimal_where_the_comma_is():
    assert read("12.50", decimal=",") == (None, True)


def test_a_percentage_is_a_share_of_one_with_or_without_its_sign():
    assert read("3,4 %", decimal=",", is_percent=True) == (0.034, False)
    assert read("1.39", is_percent=True) == (0.0139, False)


def test_thousands_are_told_by_the_declaration():
    assert read("12.5", factor=1000, is_whole=True) == (12_500, False)


@given(st.integers(0, 9999))
def test_a_suffixed_number_is_exactly_what_its_digits_say(tenths):
    assert read(f"{tenths / 10:.1f}M", has_suffix=True)[0] == tenths * 100_000


def test_a_suffix_is_a_rounded_number():
    cells = pl.DataFrame({"a": ["48.5M", "1,234", None, "N/A'"]})
    assert cells.select(is_rounded("a")).to_series().to_list() == [True, False, None, None]


@given(st.integers(0, 10**12))
def test_a_whole_number_reads_back_however_it_is_grouped(value):
    for mark in (",", " ", "'"):
        assert read(f"{value:,}".replace(",", mark), is_whole=True) == (value, False)
