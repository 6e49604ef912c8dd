import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.places.spelling import normalised


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("São Paulo", "sao paulo"),
        ("København", "kobenhavn"),
        ("Ελλάδα", "ελλαδα"),
        ("U.S.", "us"),
        ("The Hague", "hague"),
        ("L\u2019Aquila", "laquila"),
        ("Saint-Étienne", "saint etienne"),
        ("Trinidad & Tobago", "trinidad and tobago"),
        ("İstanbul", "istanbul"),
        ("टोगो", "टोगो"),
    ],
)
def test_case_accents_and_punctuation_do_not_matter(name, spelled):
    assert normalised(name) == spelled


@given(st.text())
def test_spelling_again_changes_nothing(text):
    once = normalised(text)
    assert normalised(once) in (once, once.removeprefix("the "))
