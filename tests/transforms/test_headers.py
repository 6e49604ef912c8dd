import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.headers import normalise_header


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("Vi\u00addeo", "video"),
        ("\ufeffDate", "date"),
        ("  Phone  number\nclicks ", "phone number clicks"),
        ("Durée\u00a0(s)\u202f", "durée (s)"),
        ("13\u201317 years", "13-17 years"),
        ("l\u2019audience", "l'audience"),
        ("時間\uff08単位\uff09", "時間(単位)"),
        ("Straße", "strasse"),
    ],
)
def test_spellings_of_one_header_are_equal(written, normal):
    assert normalise_header(written) == normal


def test_headers_that_differ_stay_different():
    assert normalise_header("Views (%)") != normalise_header("Views")
    assert normalise_header("Visningar") != normalise_header("Visninger")


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    once = normalise_header(text)
    assert normalise_header(once) == once
