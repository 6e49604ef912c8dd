import unicodedata

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.fit.content.terms import (
    MAX_CHARACTERS,
    folded,
    is_term,
    is_unspaced_character,
    mention_text,
    words_of,
)


def words(text: str) -> list[str]:
    return words_of([text])[0].split()


def mentions(text: str) -> list[str]:
    frame = pl.DataFrame({"text": [text]})
    return frame.select(mention_text(folded(pl.col("text")))).item().split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kaffe, KAFFE og #kaffe!", ["kaffe", "kaffe", "og", "kaffe"]),
        ("Ærlig ØKO på ÅEN", ["ærlig", "øko", "på", "åen"]),
        ("IŞIK ışık İstanbul istanbul", ["işik", "işik", "istanbul", "istanbul"]),  # noqa: RUF001
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("ΟΔΟΣ οδος", ["οδοσ", "οδοσ"]),
        ("e\u0301te\u0301 ÉTÉ", ["été", "été"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("𝓴𝓪𝓯𝓯𝓮 ｋａｆｆｅ Oatly™", ["kaffe", "kaffe", "oatly"]),  # noqa: RUF001
        ("#vegansk_mad _kaffe_", ["vegansk_mad", "kaffe"]),
        ("så☕️kaffe\u00ad\u200dbar", ["så", "kaffebar"]),
        ("1kg 2026 3️⃣", ["1kg", "2026", "3"]),
        ("", []),
        ("😍 !!!", []),
    ],
)
def test_a_word_is_spelled_in_one_way(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "https://havre.dk/kaffe?x=#te",
        "www.havre.dk",
        "havre.dk",
        "linktr.ee/havre",
        "hej.du@havre.dk",
        "@havre.co",
    ],
)
def test_addresses_emails_and_handles_are_no_words(text):
    assert words(f"kaffe {text} te") == ["kaffe", "te"]


def test_a_point_without_a_space_keeps_both_words():
    assert words("drik kaffe.Det er godt") == ["drik", "kaffe", "det", "er", "godt"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("コーヒーを", ["コー", "ーヒ", "ヒー", "ーを"]),
        ("有機咖啡", ["有機", "機咖", "咖啡"]),
        ("茶 人人", ["茶", "人人"]),
        ("カフェlatte", ["カフ", "フェ", "latte"]),
        ("สวัสดี", ["สวั", "วัส", "สดี"]),
        ("커피 한잔", ["커피", "한잔"]),
    ],
)
def test_scripts_without_spaces_give_pairs_of_characters(text, expected):
    assert words(text) == expected


def test_handles_and_hashtags_are_named_once():
    assert mentions("Tak @Oatly.dk. og...@oatly.dk #AD #ad a@b.dk https://x.dk/#te @a@b") == [
        "@oatly.dk",
        "#ad",
        "@a",
        "@b",
    ]


def test_a_number_is_a_word_but_no_term():
    frame = pl.DataFrame({"word": ["2026", "1kg", "kaffe", "", "茶"]})
    assert frame.select(is_term(pl.col("word"))).to_series().to_list() == [
        False,
        True,
        True,
        False,
        True,
    ]


def test_a_lone_character_of_a_script_without_spaces_is_told():
    assert [is_unspaced_character(term) for term in ("酒", "お酒", "å", "ดี")] == [
        True,
        False,
        False,
        True,
    ]


def test_a_very_long_text_is_read_up_to_a_bound():
    assert len(words_of(["a " * MAX_CHARACTERS])[0].split()) == MAX_CHARACTERS // 2


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=60))
def test_words_of_words_are_the_same_words_unless_in_pairs(text):
    once = [word for word in words(text) if word.isascii()]
    assert words(" ".join(once)) == once


@settings(deadline=None, max_examples=50)
@given(st.text(alphabet=st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F), max_size=20))
def test_capitals_change_nothing(text):
    assert words(text.upper()) == words(text.upper().lower())


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=40))
def test_composed_and_decomposed_letters_are_one(text):
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))
