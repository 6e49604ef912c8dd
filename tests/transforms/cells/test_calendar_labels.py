import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

import polars as pl
import pytest
from babel.dates import format_date, format_skeleton

from transforms.cells.calendar_labels import read_day_labels


def read(*labels: str | None) -> list[tuple]:
    return read_day_labels(pl.Series(labels, dtype=pl.String)).rows()


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
        ("30 \u0399\u039f\u03a5\u039d\u0399\u039f\u03a5", 6, 30),
        ("1º de enero", 1, 1),
        ("1.º de janeiro", 1, 1),
        ("1° gennaio", 1, 1),
        ("mar 3", 3, 3),
        ("mar, 3 ene", 1, 3),
        ("martes, 3 de marzo", 3, 3),
        ("6月30日(火)", 6, 30),
        ("６月３０日", 6, 30),
        ("6월 30일 화요일", 6, 30),
        ("Th 3, 30 thg 6", 6, 30),
        ("30 KASIM", 11, 30),
        ("30 \u0643\u0627\u0646\u0648\u0646 \u0627\u0644\u062b\u0627\u0646\u064a", 1, 30),
        ("\u0663\u0660 \u064a\u0648\u0646\u064a\u0648", 6, 30),
        ("30 ביוני", 6, 30),
        ("30 มิ.ย.", 6, 30),
        ("Apr-12", 4, 12),
    ],
)
def test_a_day_is_read_in_the_languages_seen(written, month, day):
    assert read(written) == [(None, month, day)]


LANGUAGES = (
    "da", "de", "sv", "nb", "en", "en_GB", "es", "pt", "pt_PT", "fr", "it", "nl", "pl", "el", "ru",
    "bg", "tr", "id", "vi", "ja", "ko", "fi", "zh", "zh_Hant", "ar", "he", "hi", "th", "cs", "uk",
)  # fmt: skip
PATTERNS = ("d MMMM", "MMMM d", "d MMM", "MMM d", "d LLLL", "EEEE, d MMMM", "EEE d MMM", "d MMMM y")
SKELETONS = ("MMMMd", "MMMd", "MMMEd", "MMMMEd", "yMMMMd", "yMMMd", "yMMMEd")
DAYS = [date(2024, 1, 1) + timedelta(days=number) for number in range(366)]


def written(language: str, day: date) -> Iterator[str]:
    """Write a day as CLDR's own patterns do, and as a platform's fixed ones."""
    for skeleton in SKELETONS:
        with suppress(KeyError):
            yield format_skeleton(skeleton, day, locale=language)
    for pattern in () if language in ("ja", "ko", "zh", "zh_Hant") else PATTERNS:
        if "L" not in pattern or language not in ("ar", "he", "hi", "th"):
            yield format_date(day, pattern, locale=language)
    for length in ("full", "long", "medium"):
        yield format_date(day, length, locale=language)


def spelled(text: str) -> Iterator[str]:
    """Spell a label as capitals, with other spaces and accents, with a full stop."""
    yield from (text.upper(), text.capitalize(), text.replace(" ", "\u00a0"), f" {text}. ")
    yield unicodedata.normalize("NFD", text)
    yield unicodedata.normalize("NFD", text.upper()).translate(
        dict.fromkeys(map(ord, "\u0301\u0303\u0308\u030c\u0327"))
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_of_a_year_is_read_however_its_language_writes_it(language):
    for labels in zip(*(written(language, day) for day in DAYS), strict=True):
        found = read(*labels)
        wrong = [
            (label, told)
            for label, told, day in zip(labels, found, DAYS, strict=True)
            if told not in ((None, day.month, day.day), (2024, day.month, day.day))
        ]
        assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_capitals_spaces_and_accents_change_no_day(language):
    for day in DAYS[12::29]:
        for label in written(language, day):
            for other in spelled(label):
                assert read(other) == read(label), other


def test_two_numbers_are_a_day_where_all_labels_together_tell_their_order():
    assert read("29/6", "30/6", "1/7") == [(None, 6, 29), (None, 6, 30), (None, 7, 1)]
    assert read("6-29", "6-30", "7-01") == [(None, 6, 29), (None, 6, 30), (None, 7, 1)]
    assert read("1.6.", "2.6.", "3.6.") == [(None, 6, 1), (None, 6, 2), (None, 6, 3)]
    assert read("1/6", "2/7") == [(None, None, None)] * 2
    assert read("30/6", "6/30") == [(None, None, None)] * 2
    assert read("30.06.2025") == [(2025, 6, 30)]


def test_a_name_of_two_months_means_that_of_the_language_of_the_others():
    assert read("1 listopada", "1 grudnia") == [(None, 11, 1), (None, 12, 1)]
    assert read("1. listopada", "30. rujna") == [(None, 10, 1), (None, 9, 30)]
    assert read("1 listopada") == [(None, 11, 1)]


def test_labels_with_a_year_keep_it():
    cells = ["2021-03-17", "2021-03-17 06:29", "2025/10/31", "Sat, Sep 6, 2025", "2025年9月13日"]
    assert read(*cells) == [
        (2021, 3, 17), (2021, 3, 17), (2025, 10, 31), (2025, 9, 6), (2025, 9, 13),
    ]  # fmt: skip


@pytest.mark.parametrize("written", ["31 April", "4/12", "Aprl 3", "April", "3", "", None,
                                     "29 February 2025", "April 3 4"])  # fmt: skip
def test_what_is_no_day_is_null(written):
    assert read(written) == [(None, None, None)]
