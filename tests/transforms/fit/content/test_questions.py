import polars as pl

from tests.transforms.fit.content.made_up import brief
from transforms.fit.content.questions import name_key, question


def test_a_brief_is_spelled_as_captions_are():
    made = question(brief(topics=("Kaffe", "plant based"), hashtags=("#KAFFE",), values=("Øko",)))
    assert made.terms == {"kaffe": 2, "plant": 1, "based": 1, "øko": 1}


def test_what_is_avoided_stands_between_spaces():
    made = question(brief(avoid=("#Alkohol", "fri bar", "18 år", "alkohol")))
    assert made.avoided == {" alkohol ": "#Alkohol", " fri bar ": "fri bar", " 18 år ": "18 år"}


def test_a_lone_character_is_looked_for_within_pairs():
    assert question(brief(avoid=("酒", "お酒"))).avoided == {"酒": "酒", " お酒 ": "お酒"}


def test_entries_without_a_letter_are_told():
    made = question(brief(topics=("☕️", "te"), avoid=("18+", "øl")))
    assert (made.wordless_wanted, made.wordless_avoided) == (("☕️",), ("18+",))
    assert (list(made.terms), list(made.avoided)) == (["te"], [" øl "])


def test_competitors_are_named_by_handle_or_hashtag():
    assert question(brief(competitors=("naturli.foods",))).competitors == {
        "@naturli.foods": "naturli.foods",
        "#naturlifoods": "naturli.foods",
    }


def test_the_brand_is_recognised_with_the_countries_of_the_brief():
    made = question(brief(brand="H & M", audience={"country": {"DK": 1.0}}))
    assert {"hm", "hmdk", "hmofficial"} <= made.brand_keys
    assert made.brand_prefix is None
    assert question(brief()).brand_prefix == "havreco"


def test_names_are_compared_by_letters_and_digits():
    names = pl.Series(["Havre & Co", "@havre_co", "7-Eleven"])
    assert name_key(names).to_list() == ["havreco", "havreco", "7eleven"]
