import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.fit.content.made_up import brief, index, panel, posts
from transforms.fit.content.safety import brand_safety

WORDS = ("vin", "øl", "te", "fri", "bar")
captions = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)


def safety(*captions: str, avoid: tuple[str, ...] = ("vin", "øl", "fri bar")):
    asked = brief(avoid=avoid)
    return brand_safety(asked, index(posts(*(("a", c) for c in captions)), panel("a"), asked))


def test_a_post_with_two_words_counts_once():
    made = safety("vin og øl", "#Vin", "te", "te")
    assert (made.raw.item(), made.value.item(), made.n.item()) == (2, 0.5, 4)


def test_compounds_and_parts_of_phrases_are_clear():
    assert safety("vinduet rødvin ølstemning", "fri te bar", "fribar").raw.item() == 0
    assert safety("en FRI bar!").raw.item() == 1


def test_overlapping_phrases_are_both_found():
    made = safety("en fri bar vin", avoid=("fri bar", "bar vin", "en fri"))
    assert made.raw.item() == 1
    assert made.evidence(np.array([0])).to_list() == [
        "bar vin in 1 of 1 post, en fri in 1, fri bar in 1"
    ]


def test_numbers_keep_a_phrase_apart():
    assert safety("18 år", "jeg er 20 år", avoid=("18 år",)).raw.item() == 1


def test_scripts_without_spaces_are_searched_within():
    assert safety("お酒を飲む", "お茶を飲む", avoid=("酒",)).raw.item() == 1
    assert safety("日本酒造り", avoid=("日本酒",)).raw.item() == 1


def test_no_captions_are_unknown():
    asked = brief(avoid=("vin",))
    made = brand_safety(asked, index(posts(("a", "te")), panel("b", "a"), asked))
    assert np.isnan(made.value[0])
    assert made.value[1] == 1
    assert made.unknown_because.to_list() == ["no captions of the last 365 days", None]


def test_a_brief_that_avoids_nothing_does_not_ask():
    assert safety("te", avoid=()) is None
    assert safety("te", avoid=("18+",)) is None


def test_the_evidence_says_which_words_in_how_many_posts():
    made = safety("vin", "vin øl", "te", avoid=("Vin", "øl", "18+"))
    assert made.evidence(np.array([0])).to_list() == [
        "Vin in 2 of 3 posts, øl in 1; not looked for, having no letter: 18+"
    ]


@settings(deadline=None, max_examples=10)
@given(st.lists(captions, min_size=1, max_size=8))
def test_posts_are_counted_as_plain_python_counts_them(rows):
    hit = [
        any(f" {phrase} " in f" {caption} " for phrase in ("vin", "øl", "fri bar"))
        for caption in rows
    ]
    made = safety(*rows)
    assert made.raw.item() == sum(hit)
    assert made.value.item() == 1 - sum(hit) / len(rows)


@settings(deadline=None, max_examples=10)
@given(st.lists(captions, min_size=1, max_size=6), st.sampled_from(WORDS))
def test_avoiding_more_never_makes_a_creator_safer(rows, word):
    assert safety(*rows, avoid=("vin", word)).value.item() <= safety(*rows, avoid=("vin",)).value


@settings(deadline=None, max_examples=10)
@given(st.lists(captions, min_size=1, max_size=6))
def test_a_clean_post_never_lowers_and_another_never_raises(rows):
    value = safety(*rows).value.item()
    assert safety(*rows, "te").value.item() >= value
    assert safety(*rows, "vin").value.item() <= value
