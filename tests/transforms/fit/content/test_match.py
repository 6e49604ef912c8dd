from collections import Counter
from math import log, sqrt

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.fit.content.made_up import brief, index, panel, posts
from transforms.fit.content.match import FLOOR, content_match

WORDS = ("te", "kaffe", "øl", "grød", "løb")
captions = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
panels = st.lists(st.tuples(st.sampled_from("abcd"), captions), min_size=1, max_size=12)


def reference(documents: list[list[str]], query: list[str]) -> list[float]:
    """Compute the cosine as scikit-learn documents it, in plain Python."""
    df = Counter(term for document in documents for term in set(document))
    idf = {term: log((1 + len(documents)) / (1 + n)) + 1 for term, n in df.items()}

    def vector(terms: list[str]) -> dict[str, float]:
        weights = {
            term: (1 + log(n)) * idf[term] for term, n in Counter(terms).items() if term in idf
        }
        length = sqrt(sum(weight * weight for weight in weights.values()))
        return {term: weight / length for term, weight in weights.items()}

    asked = vector(query)
    return [
        sum(weight * asked.get(term, 0) for term, weight in vector(document).items())
        for document in documents
    ]


@settings(deadline=None, max_examples=10)
@given(panels, st.lists(st.sampled_from((*WORDS, "unknown")), min_size=1, max_size=6))
def test_it_is_the_cosine_that_scikit_learn_documents(rows, query):
    accounts = sorted({account for account, _ in rows})
    asked = brief(topics=tuple(query))
    made = content_match(asked, index(posts(*rows), panel(*accounts), asked))
    documents = [
        [word for owner, caption in rows if owner == account for word in caption.split()]
        for account in accounts
    ]
    assert made.raw == pytest.approx(reference(documents, query), abs=1e-9)
    assert made.value == pytest.approx(np.maximum(made.raw, FLOOR))
    assert ((made.value >= FLOOR) & (made.value <= 1)).all()


@settings(deadline=None, max_examples=10)
@given(panels, st.randoms())
def test_the_order_of_posts_and_accounts_changes_no_bit(rows, random):
    asked = brief(topics=WORDS[:3])
    accounts = ["a", "b", "c", "d"]
    other = random.sample(accounts, 4)
    first = content_match(asked, index(posts(*rows), panel(*accounts), asked))
    again = content_match(
        asked, index(posts(*random.sample(rows, len(rows))), panel(*other), asked)
    )
    moved = [other.index(account) for account in accounts]
    np.testing.assert_array_equal(first.raw, again.raw[moved])


def test_only_an_account_without_captions_is_unknown():
    asked = brief(topics=("kaffe",))
    made = content_match(
        asked, index(posts(("a", "kaffe"), ("b", "te"), ("c", "😍")), panel(*"abcd"), asked)
    )
    assert made.value[:3].tolist() == pytest.approx([1, FLOOR, FLOOR])
    assert np.isnan(made.value[3])
    assert made.unknown_because.to_list() == [*[None] * 3, "no captions of the last 365 days"]
    assert made.known.tolist() == [1, 1, 1, 0]
    assert made.n.tolist() == [1, 1, 1, 0]


def test_a_word_that_few_use_tells_more_than_one_that_all_use():
    asked = brief(topics=("kaffe", "vegansk"))
    made = content_match(
        asked,
        index(
            posts(("a", "kaffe te"), ("b", "vegansk te"), ("c", "kaffe is")), panel(*"abc"), asked
        ),
    )
    assert made.raw[1] > made.raw[0]


def test_topics_hashtags_and_values_are_asked_alike():
    one = brief("one", topics=("kaffe",), hashtags=("#vegansk",), values=("øko",))
    other = brief("other", topics=("kaffe vegansk øko",))
    made = index(posts(("a", "Kaffe #øko"), ("b", "vegansk is")), panel("a", "b"), one, other)
    np.testing.assert_array_equal(content_match(one, made).raw, content_match(other, made).raw)


def test_the_evidence_names_the_words_the_most_telling_first():
    asked = brief(topics=("kaffe", "vegansk"), hashtags=("#is",))
    rows = [("a", "kaffe"), ("a", "vegansk te"), ("b", "kaffe"), ("c", "te")]
    made = content_match(asked, index(posts(*rows), panel(*"abcd"), asked))
    assert made.evidence(np.array([2, 0, 1, 3])).to_list() == [
        "none of the brief's words in 1 post",
        "vegansk in 1 of 2 posts, kaffe in 1",
        "kaffe in 1 of 1 post",
        None,
    ]


@pytest.mark.parametrize("wishes", [{}, {"topics": ("☕️", "100")}])
def test_a_brief_without_words_does_not_ask(wishes):
    asked = brief(**wishes)
    assert content_match(asked, index(posts(("a", "te")), panel("a"), asked)) is None


def test_words_nobody_uses_leave_the_floor():
    asked = brief(topics=("padel",))
    made = content_match(asked, index(posts(("a", "te")), panel("a"), asked))
    assert (made.raw.item(), made.value.item()) == (0, FLOOR)


def test_accounts_outside_the_panel_count_for_nothing():
    asked = brief(topics=("kaffe", "te"))
    rows = [("a", "kaffe te te"), ("b", "te is")]
    alone = content_match(asked, index(posts(*rows), panel("a", "b"), asked))
    more = content_match(asked, index(posts(*rows, ("x", "kaffe kaffe")), panel("a", "b"), asked))
    np.testing.assert_array_equal(alone.raw, more.raw)


def test_the_panel_of_two_platforms_keeps_them_apart():
    asked = brief(topics=("kaffe",))
    accounts = pl.DataFrame({"platform": ["tiktok", "instagram"], "account_id": ["a", "a"]})
    made = content_match(asked, index(posts(("a", "kaffe")), accounts, asked))
    assert made.n.tolist() == [0, 1]
