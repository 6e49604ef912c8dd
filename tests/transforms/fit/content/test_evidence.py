import numpy as np
import polars as pl

from transforms.fit.content.evidence import named_in_posts, unknown_where

FOUND = pl.DataFrame(
    {"place": [2, 0, 2, *[1] * 6], "name": ["te", "øl", "is", *"abcdef"], "n": [3, 1, 1, *[2] * 6]}
)


def spoken(*places: int, wordless: tuple[str, ...] = ()) -> list[str | None]:
    return named_in_posts(
        FOUND,
        np.array(places, np.intp),
        np.array([1.0, 9.0, 60.0, 4.0, 0.0]),
        nothing="nothing in {}",
        wordless=wordless,
    ).to_list()


def test_places_are_answered_in_their_order():
    assert spoken(3, 2, 0, 4) == ["nothing in 4 posts", "te in 3 of 60 posts, is in 1", *ONE, None]


ONE = ["øl in 1 of 1 post"]


def test_five_are_named_and_the_others_counted():
    assert spoken(1) == ["a in 2 of 9 posts, b in 2, c in 2, d in 2, e in 2 and 1 more"]


def test_what_cannot_be_looked_for_is_said():
    assert spoken(3, wordless=("18+",)) == [
        "nothing in 4 posts; not looked for, having no letter: 18+"
    ]


def test_no_places_give_no_words():
    assert spoken() == []


def test_a_reason_stands_where_something_is_unknown():
    assert unknown_where(np.array([True, False]), "none").to_list() == ["none", None]
