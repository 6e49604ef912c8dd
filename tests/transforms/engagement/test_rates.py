import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.engagement.rates import PARTS, with_rate_basis
from transforms.engagement.settings import POST_BASES, TrendSettings

SETTINGS = TrendSettings()
FIGURES = (*PARTS, "reach", "impressions", "views", "followers")


def rated(rows: list[dict], platform: str = "instagram") -> pl.DataFrame:
    frame = pl.LazyFrame(
        [{name: row.get(name) for name in FIGURES} for row in rows],
        schema=dict.fromkeys(FIGURES, pl.Int64),
        orient="row",
    ).with_columns(platform=pl.lit(platform), account_id=pl.lit("a"))
    return with_rate_basis(frame, POST_BASES, SETTINGS).collect()


FULL = {"likes": 8, "comments": 1, "shares": 1, "saves": 2, "reach": 100, "followers": 500}


def test_engagements_are_the_sum_of_what_the_account_reports():
    made = rated([FULL, FULL])
    assert made["engagements"].to_list() == [12.0, 12.0]
    assert made["engagements_public"].to_list() == [9.0, 9.0]
    assert set(made["engagements_parts"]) == {"likes+comments+shares+saves"}


def test_a_part_that_nobody_reports_is_not_named_and_not_zero():
    made = rated([FULL | {"saves": None}] * 3)
    assert set(made["engagements_parts"]) == {"likes+comments+shares"}
    assert made["engagements"].to_list() == [10.0] * 3


def test_a_post_that_lacks_a_part_nearly_all_have_has_no_engagements():
    made = rated([FULL] * 19 + [FULL | {"shares": None}])
    assert made["engagements"].null_count() == 1
    assert set(made["engagements_parts"]) == {"likes+comments+shares+saves"}


def test_a_part_that_fewer_posts_have_enters_no_sum():
    made = rated([FULL] * 9 + [FULL | {"shares": None}])
    assert set(made["engagements_parts"]) == {"likes+comments+saves"}
    assert made["engagements"].to_list() == [11.0] * 10


def test_where_no_part_is_common_enough_the_most_common_are_taken():
    rows = [{"likes": 5, "comments": 1, "reach": 100}] * 9 + [{"saves": 3, "reach": 100}]
    made = rated(rows)
    assert set(made["engagements_parts"]) == {"likes+comments"}
    assert made["engagements"].null_count() == 1


def test_reposts_are_a_part_of_their_own_where_they_are_counted_apart():
    made = rated([FULL | {"reposts": 4, "impressions": 100}], "x")
    assert set(made["engagements_parts"]) == {"likes+comments+shares+reposts+saves"}
    assert made["engagements"].to_list() == [16.0]


def test_facebook_names_reactions():
    assert set(rated([FULL], "facebook")["engagements_parts"]) == {
        "reactions+comments+shares+saves"
    }


def test_reach_is_the_basis_when_four_fifths_report_it():
    made = rated([FULL] * 8 + [FULL | {"reach": None}] * 2)
    assert set(made["er_basis"]) == {"reach"}
    assert made["basis_quantity"].null_count() == 2


def test_followers_are_the_basis_when_fewer_report_reach():
    made = rated([FULL] * 7 + [FULL | {"reach": None}] * 3)
    assert set(made["er_basis"]) == {"followers"}
    assert made["basis_quantity"].to_list() == [500.0] * 10


def test_no_basis_is_chosen_where_none_is_reported_enough():
    made = rated([FULL | {"reach": None, "followers": None}] * 4)
    assert made["er_basis"].null_count() == 4


@pytest.mark.parametrize(
    ("platform", "basis"),
    [("tiktok", "views"), ("youtube", "views"), ("x", "impressions"), ("linkedin", "impressions")],
)
def test_each_platform_has_its_basis(platform, basis):
    row = {"likes": 1, "views": 10, "impressions": 20, "reach": 5, "followers": 7}
    assert set(rated([row], platform)["er_basis"]) == {basis}


def test_posts_that_report_no_engagement_do_not_vote_on_the_basis():
    made = rated([FULL] * 4 + [{"views": 10}] * 20)
    assert set(made["er_basis"]) == {"reach"}


reported = st.one_of(st.none(), st.integers(0, 50))


@given(st.lists(st.fixed_dictionaries({name: reported for name in (*PARTS, "reach")}), min_size=1))
@settings(max_examples=40, deadline=None)
def test_every_sum_of_an_account_adds_up_the_same_parts(rows):
    made = rated(rows)
    parts = (made["engagements_parts"][0] or "").split("+")
    for row, total in zip(rows, made["engagements"], strict=True):
        values = [row[part] for part in parts] if parts != [""] else [None]
        assert total == (None if None in values else sum(values))
