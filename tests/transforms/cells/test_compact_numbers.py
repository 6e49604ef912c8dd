import re

import polars as pl
import pytest
from babel.numbers import format_compact_decimal, format_decimal
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from transforms.cells.compact_numbers import compact, with_compact
from transforms.cells.number_styles import LOCALES


def read(*cells, is_whole=False, **declared):
    frame = pl.DataFrame({"a": cells}, schema={"a": pl.String})
    parsed = compact("a", is_whole=is_whole)
    told = with_compact(frame, frame, ["a"], **declared)
    return told.select(parsed.value.alias("value"), parsed.failed.alias("failed")).rows()


def values(*cells, **declared):
    return [value for value, _ in read(*cells, **declared)]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,2 mil", 1200), ("12,5 tys.", 12_500), ("1,2 Mio.", 1_200_000), ("1,2 mio", 1_200_000),
        ("1,2 mn", 1_200_000), ("1.2万", 12_000), ("3억", 300_000_000), ("12,3 тыс.", 12_300),
        ("12,3\u00a0funt", None), ("1,2 χιλ.", 1200), ("3,4 jt", 3_400_000), ("1,2 Tr", 1_200_000),
        ("3,4 mld", 3_400_000_000), ("1.2 करोड़", 12_000_000), ("1.2 مليون", 1_200_000),
        ("\uff11\uff12万", 120_000),
    ],
)  # fmt: skip
def test_a_form_that_all_its_languages_agree_on_is_read(cell, value):
    assert read(cell, is_whole=True) == [(value, value is None)]


@pytest.mark.parametrize("cell", ["3 mil", "1,2 B", "1,2 M", "1,2 bi", "3 bn", "1.234 mil", "2 T"])
def test_a_form_that_means_several_numbers_is_none(cell):
    assert read(cell, decimal=None) == [(None, True)]


def test_all_cells_of_a_column_decide_what_one_means():
    assert values("3 mil", "1,2 mil") == [3000, 1200]
    assert values("1,2 B", "3 Mn") == [1200, 3_000_000]
    assert values("1,2 B", "3 M", "4 K", decimal=",") == [1.2e9, 3e6, 4e3]
    assert values("133.223", "3 mil", "1,2 M") == [133_223, 3000, 1_200_000]


def test_cells_of_two_languages_decide_nothing_for_each_other():
    assert values("3 mil", "1,2 mil", "5 tys.") == [None, 1200, 5000]


def test_the_language_decides_where_it_is_declared():
    assert values("3 mil", language="es") == [3000]
    assert values("3 mil", language="en") == [3_000_000]
    assert values("1,2 B", language="tr", decimal=",") == [1200]
    assert values("1,2 B", language="es", decimal=",") == [1.2e12]
    assert values("48,5M", "3K", language="da", decimal=",") == [48_500_000, 3000]
    assert values("12,5 tys.", language="es", decimal=",") == [None]


def test_the_declared_mark_stands_before_the_fraction():
    assert values("1,2 mil", decimal=".") == [None]
    assert values("1.2 mil", language="es", decimal=".") == [1200]


def test_letters_alone_are_english_where_no_comma_stands_before_the_fraction():
    assert values("48.5M", "0.89k", "29.0b", "133,223", "#VALOR!", "N/A") == [
        48_500_000, 890, 29e9, 133_223, None, None,
    ]  # fmt: skip
    assert [failed for _, failed in read("#VALOR!", "N/A", None)] == [True, False, False]


def test_another_part_of_the_same_export_tells_the_language():
    part = pl.DataFrame({"a": ["3 mil"]})
    whole = pl.DataFrame({"a": ["3 mil", "1,2 mil"]})
    told = with_compact(part, whole, ["a"])
    assert told.select(compact("a").value).to_series().to_list() == [3000]


@settings(max_examples=200)
@given(locale=st.sampled_from(LOCALES), numbers=st.lists(st.integers(0, 10**9), min_size=1))
def test_a_number_of_any_language_is_read_right_or_not_at_all(locale, numbers):
    short = [format_compact_decimal(number, locale=locale, fraction_digits=1) for number in numbers]
    full = [format_decimal(number, locale=locale) for number in numbers]
    assume(any(re.search(r"[^\W\d][^\d]*$", cell) and cell[-1] not in "KMBkmb" for cell in short))
    for number, value, cell in zip(numbers, values(*short), short, strict=True):
        assert value is None or abs(value - number) <= 0.05001 * max(1, number), cell
    for number, value in zip(numbers, values(*full, language=locale), strict=True):
        assert value == number
