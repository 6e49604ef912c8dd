from decimal import Decimal

import polars as pl
import pytest
from babel import Locale
from babel.numbers import format_compact_decimal
from hypothesis import given
from hypothesis import strategies as st

from transforms.cells.compact_numbers import agreed_numbers
from transforms.cells.number_styles import LOCALES, style_of, styles
from transforms.cells.written_numbers import written
from transforms.places.cldr import LANGUAGES

FORMS = [
    (locale, width)
    for locale in LOCALES
    for width in Locale.parse(locale).compact_decimal_formats
]  # fmt: skip


def plain(text):
    return pl.DataFrame({"a": [text]}).select(written("a")).item()


@pytest.mark.parametrize(("locale", "width"), FORMS)
@given(digits=st.integers(1, 99), zeros=st.integers(0, 12))
def test_what_babel_cuts_short_is_read_in_its_language(locale, width, digits, zeros):
    number = digits * 10**zeros
    text = format_compact_decimal(number, format_type=width, locale=locale, fraction_digits=1)
    cell = plain(text)
    has_digits = any(sign.isdigit() for sign in cell)  # Italian `mille` has none
    assert agreed_numbers([cell], [style_of(locale)]) == ({cell: number} if has_digits else {})


@pytest.mark.parametrize("locale", LANGUAGES)
def test_no_suffix_of_a_language_is_empty_or_no_power_of_ten(locale):
    words = style_of(locale).words
    assert "" not in words
    assert all(Decimal(10) ** factor.adjusted() == factor for factor in words.values())


@pytest.mark.parametrize(
    ("language", "word", "factor"),
    [("es", "mil", 10**3), ("en", "mil", 10**6), ("tr", "B", 10**3), ("en", "B", 10**9),
     ("es", "B", 10**12), ("id", "M", 10**9), ("pt", "bi", 10**9), ("pt-PT", "bi", 10**12),
     ("nb", "mill", 10**6), ("de", "Mio", 10**6), ("en-IN", "Cr", 10**7), ("xx", "k", 10**3),
     ("da", "K", 10**3)],
)  # fmt: skip
def test_a_suffix_means_what_its_language_means(language, word, factor):
    assert style_of(language).factor(word) == factor


def test_a_word_of_no_language_has_no_factor():
    assert all(style.factor("followers") is None for style in styles())
