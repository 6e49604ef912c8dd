import pytest

from tests.transforms.fit.content.made_up import brief, index, panel, posts


def test_places_are_the_rows_of_the_panel():
    made = index(posts(("b", "te"), ("b", "te"), ("x", "te")), panel("a", "b"), brief())
    assert made.n_posts.tolist() == [0, 2]
    assert made.n_recent_posts.tolist() == [0, 2]


def test_only_what_a_brief_asks_is_kept():
    asked = brief(topics=("te",), avoid=("øl",))
    made = index(posts(("a", "te øl is"), ("a", "is")), panel("a"), asked)
    assert set(made.terms.spans) == {"te"}
    assert set(made.avoided.spans) == {" øl "}


def test_a_brief_the_index_was_not_made_for_is_refused():
    made = index(posts(("a", "te")), panel("a"), brief("one"))
    with pytest.raises(ValueError, match="brief other is not among the 1 that the content index"):
        made.asked(brief("other"))


def test_an_account_given_twice_is_refused():
    with pytest.raises(ValueError, match=r"2 rows of accounts repeat .*'instagram', 'a'"):
        index(posts(("a", "te")), panel("a", "a"), brief())


def test_an_empty_panel_and_no_posts_are_fine():
    asked = brief(topics=("te",), avoid=("øl",), competitors=("x",))
    assert index(posts(), panel("a"), asked).n_posts.tolist() == [0]
    assert index(posts(("a", "te")), panel(), asked).n_posts.tolist() == []


def test_no_briefs_need_nothing():
    assert index(posts(("a", "te")), panel("a")).questions == {}
