import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.fit.content.made_up import brief, index, panel, posts
from transforms.fit.content.crowding import brand_crowding

captions = st.tuples(
    st.sampled_from(["", "reklame "]), st.lists(st.sampled_from(["@x", "@y", "@z", "#x", "te"]))
).map(lambda parts: parts[0] + " ".join(parts[1]) + " .")


def crowding(*captions: str, accounts: pl.DataFrame | None = None, **wishes):
    asked = brief(**wishes)
    rows = [("a", caption) for caption in captions]
    return brand_crowding(
        asked, index(posts(*rows), panel("a") if accounts is None else accounts, asked)
    )


def test_each_other_brand_is_counted_once():
    made = crowding("reklame @x @y", "annonce @x", "@z")
    assert (made.raw.item(), made.value.item(), made.n.item()) == (2, 1 / 3, 3)


def test_the_creators_own_handles_are_no_brands():
    accounts = panel(
        "a", "b", "c", account_handle=["Anna.dk", "annas_mad", "else"], creator_id=["1", "1", "2"]
    )
    made = crowding("reklame @anna.dk @annas_mad @a @else", accounts=accounts)
    assert made.raw[0] == 1


def test_the_brand_of_the_brief_is_no_other():
    captions = ("reklame @havre_co @havreco.dk @havreco.danmark @havre",)
    assert crowding(*captions, brand="Havre & Co").raw.item() == 1
    assert crowding("reklame @joe @joe_dk @joejuice", brand="Joe").raw.item() == 2
    countries = {"country": {"DK": 1.0}}
    assert crowding("reklame @joe @joe_dk @joejuice", brand="Joe", audience=countries).raw == 1


def test_a_competitor_counts_wherever_it_is_named_and_once():
    assert crowding("@oatly", competitors=("oatly",)).raw.item() == 1
    assert crowding("#oatly te", competitors=("oatly",)).raw.item() == 1
    assert crowding("reklame @oatly", "#Oatly", competitors=("oatly",)).raw.item() == 1
    assert crowding("oatly", competitors=("oatly",)).raw.item() == 0


def test_older_posts_crowd_nobody():
    asked = brief()
    post = pl.concat([posts(("a", "reklame @x"), days_ago=90), posts(("b", "te"))])
    made = brand_crowding(asked, index(post, panel("a", "b"), asked))
    assert made.unknown_because.to_list() == ["no captions of the last 90 days", None]
    assert made.value.tolist()[1] == 1
    assert np.isnan(made.value[0])
    assert made.known.tolist() == [0, 1]


def test_the_evidence_names_the_brands_of_most_posts_first():
    made = crowding("reklame @x @y", "ad @y", "te @oatly", "@oatly", "x", competitors=("oatly",))
    assert made.evidence(np.array([0])).to_list() == ["@oatly in 2 of 5 posts, @y in 2, @x in 1"]


def test_nothing_named_is_said():
    assert crowding("te").evidence(np.array([0])).to_list() == [
        "no other brand in 1 post of the last 90 days"
    ]


@settings(deadline=None, max_examples=10)
@given(st.lists(captions, min_size=1, max_size=6), captions)
def test_another_post_never_thins_the_crowd(before, added):
    wishes = {"competitors": ("x",)}
    value = crowding(*before, **wishes).value.item()
    assert 0 < crowding(*before, added, **wishes).value.item() <= value <= 1


@settings(deadline=None, max_examples=10)
@given(st.lists(captions, min_size=1, max_size=6), st.randoms())
def test_the_order_of_posts_changes_nothing(before, random):
    other = random.sample(before, len(before))
    assert crowding(*before).raw.item() == crowding(*other).raw.item()
