import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.exports import EXPORTS
from transforms.headers import as_rewritten, normalise_header
from transforms.vocabulary import CURRENCY


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


def test_a_header_that_a_database_rewrote_is_the_same_and_its_unit_stays():
    assert as_rewritten("watch_time (hours)") == as_rewritten("watch time (hours)")
    assert as_rewritten("rate(%)") == as_rewritten("rate (%)")
    assert as_rewritten("views (%)") != as_rewritten("views")


def wide(text: str) -> str:
    """Write the signs of ASCII in full width, as East Asian keyboards do."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


REWRITTEN = {
    "as it is": lambda name: name,
    "capitals": str.upper,
    "small letters": str.lower,
    "soft hyphens": "\u00ad".join,
    "no-break spaces": lambda name: name.replace(" ", "\u00a0"),
    "narrow no-break spaces": lambda name: name.replace(" ", "\u202f"),
    "line feed": lambda name: f"{name}\n",
    "byte order mark": lambda name: f"\ufeff{name}",
    "spaces around": lambda name: f"  {name} ",
    "other quotes": lambda name: name.replace("'", "\u2019").replace('"', "\u201d"),
    "other hyphens": lambda name: name.replace("-", "\u2010"),
    "full width": wide,
    "decomposed": lambda name: unicodedata.normalize("NFD", name),
    "left to right mark": lambda name: f"\u200e{name}\u200f",
}


@pytest.mark.parametrize("how", REWRITTEN)
def test_every_declared_header_is_known_however_it_is_written(how):
    for export in EXPORTS.values():
        for column, names in export.vocabulary.headers.items():
            for name in names:
                spelled = REWRITTEN[how](name.spelled.replace(CURRENCY, "DKK"))
                match = export.vocabulary.match(spelled)
                assert match, f"{export.name}: {spelled!r}"
                assert match.column == column
