from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.audience import OTHERS, UNREPORTED
from schemas.brief import AGE_BANDS
from transforms.cells import segments
from transforms.cells.parse import Parsed
from transforms.export import Clues
from transforms.vocabulary import Name, Vocabulary

NAMES = Vocabulary(
    {},
    {
        "female": (Name("Female", "en"), Name("Kvinna", "sv")),
        "male": (Name("Male", "en"),),
        OTHERS: (Name("Others", "en"),),
    },
)


def read(parsed: Parsed, *cells: str | None) -> list[tuple]:
    """Give value and failure of each cell of the column `cell`."""
    frame = pl.DataFrame({"cell": cells}, schema={"cell": pl.String})
    clues = Clues(whole=frame, newest_possible=date(2026, 3, 1))
    frame = segments.with_countries(frame, clues, column="cell")
    return frame.select(value=parsed.value, failed=parsed.failed).rows()


@pytest.mark.parametrize(
    ("cell", "band"),
    [
        ("13\u201317 years", "13-17"),
        ("18 a 24 anos", "18-24"),
        ("25-34", "25-34"),
        ("65+ years", "65+"),
        ("65 +", "65+"),
        ("65 anos ou mais", "65+"),
        ("45+", "45+"),
    ],
)
def test_an_age_band_is_read_out_of_its_words(cell, band):
    assert read(segments.age("cell"), cell) == [(band, False)]


@pytest.mark.parametrize("cell", ["unknown", "34-25", "25", "1 to 2 of 3", "18-24 or 25-34"])
def test_what_is_no_age_band_fails(cell):
    assert read(segments.age("cell"), cell) == [(None, True)]


WORDS = st.text("abcåéñ \u2013-/.", max_size=8)


@given(band=st.sampled_from(AGE_BANDS[:-1]), words=st.tuples(WORDS, WORDS, WORDS))
def test_words_of_any_language_leave_the_band(band, words):
    first, last = band.split("-")
    before, between, after = words
    cell = f"{before}{first} {between} {last}{after}"
    assert read(segments.age("cell"), cell) == [(band, False)]


def test_a_word_is_the_segment_whose_label_it_is_in_any_language():
    reading = segments.worded("cell", NAMES, ("female", "male"))
    assert read(reading, "FEMALE", " kvinna ", "male", "cats", None) == [
        ("female", False),
        ("female", False),
        ("male", False),
        (None, True),
        (None, False),
    ]


def test_a_country_is_a_code_a_name_the_rest_or_unknown():
    reading = segments.country("cell", NAMES)
    assert read(reading, "DK", "XK", "United Kingdom", "Others", "ZZ", "Atlantis", None) == [
        ("DK", False),
        ("XK", False),
        ("GB", False),
        (OTHERS, False),
        (UNREPORTED, False),
        (None, True),
        (None, False),
    ]


def test_a_place_keeps_its_name_without_needless_spaces():
    assert read(segments.place("cell"), " New  York, NY,\u00a0USA ", "  ", None) == [
        ("New York, NY, USA", False),
        (None, False),
        (None, False),
    ]
