from decimal import Decimal

import polars as pl
import pytest
from babel import Locale
from babel.numbers import format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st

from transforms.cells.number_styles import LOCALES
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


def test_a_word_of_any_language_is_a_rounded_number():
    cells = pl.DataFrame({"a": ["1,2 mil", "12,5 tys.", "3억", "2 क॰", "12,34,567", "1\u2019234"]})
    rounded = cells.select(is_rounded("a")).to_series().to_list()
    assert rounded == [True, True, True, True, False, False]


@given(st.integers(0, 10**12))
def test_a_whole_number_reads_back_however_it_is_grouped(value):
    for mark in (",", " ", "'"):
        assert read(f"{value:,}".replace(",", mark), is_whole=True) == (value, False)


@pytest.mark.parametrize(
    "cell",
    [
        "12,5 %",
        "%12,5",
        "% 12,5",
        "12,5\u066a",
        "\uff11\uff12\uff0c\uff15\uff05",
        "\u0661\u0662\u066b\u0665\u066a",
    ],
)
def test_a_sign_of_percent_stands_where_the_language_has_it(cell):
    assert read(cell, decimal=",", is_percent=True) == (0.125, False)


@pytest.mark.parametrize("cell", ["%", "%12,5%", "12%5", "\u066a"])
def test_a_sign_of_percent_elsewhere_is_no_percentage(cell):
    assert read(cell, decimal=",", is_percent=True) == (None, True)


def test_a_sign_of_percent_is_none_where_no_percentage_is_declared():
    assert read("%12,5", decimal=",") == (None, True)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12,34,567", 1_234_567), ("1,00,000", 100_000), ("1,2,345", None), ("12,34", None),
        ("1\u202f234\u202f567", 1_234_567), ("1\u2019234\u2019567", 1_234_567), ("1'234", 1234),
        ("१२,३४,५६७", 1_234_567), ("\uff11\uff0c\uff12\uff13\uff14", 1234),
        ("1 234,567", None), ("²", None),
    ],
)  # fmt: skip
def test_groups_of_every_language_are_regular_ones(cell, value):
    assert read(cell, is_whole=True) == (value, value is None)


@given(
    locale=st.sampled_from((*LOCALES, "de_CH", "fr_CH", "ar_EG", "fa")),
    numbering=st.sampled_from(["latn", "default"]),
    thousandths=st.integers(-(10**10), 10**10),
)
def test_what_babel_writes_is_read_with_its_decimal_mark(locale, numbering, thousandths):
    number = Decimal(thousandths).scaleb(-3)
    mark = Locale.parse(locale).number_symbols["latn"]["decimal"]
    text = format_decimal(number, locale=locale, numbering_system=numbering)
    assert read(text, decimal=mark) == (pytest.approx(float(number)), False)
    share = Decimal(thousandths).scaleb(-5)
    text = format_percent(
        share, locale=locale, numbering_system=numbering, decimal_quantization=False
    )
    assert read(text, decimal=mark, is_percent=True) == (pytest.approx(float(share)), False)


@pytest.mark.parametrize(
    ("cell", "value"), [("2.28E+11", 228_000_000_000), ("1.2e6", 1_200_000), ("1.23E+1", None)]
)
def test_a_power_of_ten_is_a_number_cut_short(cell, value):
    assert read(cell, has_suffix=True, is_whole=True)[0] == value
    assert read(cell, is_whole=True)[0] is None
    assert pl.DataFrame({"cell": [cell]}).select(is_rounded("cell")).item()
