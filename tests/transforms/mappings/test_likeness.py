import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.mappings.likeness import LIKELY, SURE, likeness, words


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("followerCount", "followers"),
        ("Follower Count", "followers"),
        ("User name", "username"),
        ("Avg. Views", "average views"),
        ("Categories", "category"),
        ("no_of_posts", "no of posts"),
    ],
)
def test_the_same_words_are_sure_however_they_are_written(header, name):
    assert likeness(header, name) >= SURE


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Dislikes", "likes"),
        ("Unfollows", "follows"),
        ("Comments", "average comments"),
        ("Paid Reach", "reach"),
        ("Visits", "views"),
        ("Followers", "follows"),
    ],
)
def test_a_word_more_or_another_word_is_never_taken(header, name):
    assert likeness(header, name) < LIKELY


def test_a_misspelled_word_is_likely():
    assert LIKELY <= likeness("Folowers", "followers") < SURE


def test_letters_alone_are_no_likeness():
    assert likeness("Rank", "permalink") == 0


def test_words_that_only_count_stay_where_nothing_else_stands():
    assert words("Total count") == ("total", "count")


@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_is_a_percentage_and_full_of_oneself(header, name):
    assert 0 <= likeness(header, name) <= 100
    assert likeness(header, header) == 100
