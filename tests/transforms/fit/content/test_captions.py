import polars as pl
import pytest

from tests.transforms.fit.content.made_up import posts, read
from transforms.fit.content.captions import caption_mention, caption_term


def commercial(caption: str, **columns) -> bool:
    return read(posts(("a", caption), **columns)).collect()["is_commercial"].item()


@pytest.mark.parametrize(
    "caption",
    [
        "Reklame for @havre",
        "#annonce ny grød",
        "#ad oats",
        "AD | oats",
        "Sponsoreret af @havre",
        "Today in collaboration with @havre",
        "Werbung: Hafer",
        "Collaboration commerciale avec @havre",
    ],
)
def test_a_disclosure_word_makes_a_post_commercial(caption):
    assert commercial(caption)


@pytest.mark.parametrize(
    "caption", ["Op ad bakken", "Jeg hader reklamer", "#adventure", "i samarbejde", "ad2"]
)
def test_another_word_makes_no_post_commercial(caption):
    assert not commercial(caption)


def test_the_mark_of_the_platform_makes_a_post_commercial():
    assert commercial("Grød", is_paid_partnership=True)
    assert not commercial("Grød", is_paid_partnership=False)
    assert commercial("Reklame", is_paid_partnership=False)


def test_posts_without_caption_owner_or_day_have_no_row():
    post = pl.concat(
        [
            posts(("a", None), ("a", " \n"), (None, "kaffe"), days_ago=1),
            posts(("a", "kaffe"), days_ago=2, published_at=None),
            posts(("a", "😍"), days_ago=3),
        ]
    )
    assert read(post).collect()["post_id"].to_list() == ["3-0"]


def test_the_year_and_the_last_90_days_end_with_as_of():
    post = pl.concat([posts(("a", "te"), days_ago=days) for days in (-1, 0, 89, 90, 364, 365)])
    made = read(post).collect().sort("post_id")
    assert dict(made.select("post_id", "is_recent").iter_rows()) == {
        "0-0": True,
        "89-0": True,
        "90-0": False,
        "364-0": False,
    }


def test_terms_are_counted_in_all_and_by_post():
    made = caption_term(read(posts(("a", "Te te #te 2026"), ("a", "te kaffe"), ("b", "te"))))
    assert sorted(made.collect().rows()) == [
        ("instagram", "a", "kaffe", 1, 1),
        ("instagram", "a", "te", 4, 2),
        ("instagram", "b", "te", 1, 1),
    ]


def test_mentions_are_counted_by_post_and_by_commercial_post():
    post = pl.concat(
        [
            posts(("a", "@x @X #te"), ("a", "reklame @x"), ("a", "te")),
            posts(("a", "@x"), days_ago=100),
        ]
    )
    assert sorted(caption_mention(read(post)).collect().rows()) == [
        ("instagram", "a", "#te", 1, 0),
        ("instagram", "a", "@x", 2, 1),
    ]


def test_no_posts_make_empty_tables():
    made = read(posts())
    assert made.collect().is_empty()
    assert caption_term(made.collect().lazy()).collect().is_empty()
    assert caption_mention(made).collect().is_empty()


def test_the_order_of_posts_changes_nothing():
    post = posts(*((f"a{k % 3}", f"te kaffe{k % 5} @x{k % 2} reklame") for k in range(30)))
    for table in (caption_term, caption_mention):
        one, other = (
            table(read(each).collect().lazy()).collect()
            for each in (post, post.sample(fraction=1, shuffle=True))
        )
        assert sorted(one.rows()) == sorted(other.rows())
