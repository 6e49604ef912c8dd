from datetime import datetime, timedelta

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from schemas.contract import enforce, polars_schema
from schemas.core import Post
from schemas.fit import Fit, FitComponent
from tests.transforms.fit.made_up_components import AS_OF, accounts, brief, component
from transforms.fit.audience.matrix import audience_matrix
from transforms.fit.audience.wanted import segments_of
from transforms.fit.content.captions import caption_mention, caption_post, caption_term
from transforms.fit.content.index import content_index
from transforms.fit.fit import fit, fit_component
from transforms.fit.panel import Panel
from transforms.reference.disclosure import disclosure_words

ACCOUNTS = accounts(
    {"account_id": "a", "creator_id": "anna", "expected_reach": 900.0},
    {"account_id": "b", "creator_id": "bo", "expected_reach": 4_000.0},
    {"account_id": "c", "creator_id": "cleo", "expected_reach": None},
).with_columns(account_handle=pl.col("account_id"))
DANISH = brief(brief_id="danish", audience={"country": {"DK": 1.0}}, topics=("coffee",))
SWEDISH = brief(
    brief_id="swedish",
    audience={"country": {"SE": 1.0}, "age": {"18-24": 1.0}},
    avoid=("casino",),
    platforms=("tiktok", "youtube"),
)
CAPTIONS = {"a": "morning coffee", "b": "casino night", "c": "coffee and casino"}


@pytest.fixture
def panel(told):
    def make(*briefs, of=ACCOUNTS):
        audiences = told({"a": {"country": {"DK": 0.9, "SE": 0.1}}, "b": {"country": {"SE": 1.0}}})
        return Panel(
            accounts=of,
            audience=audience_matrix(audiences.lazy(), of, segments_of(briefs)),
            engagement=component("engagement", [0.8, 0.6, 0.4][: of.height]),
            consistency=component("consistency", [0.7, 0.7, None][: of.height]),
        )

    return make


def content(*briefs, of=ACCOUNTS):
    schema = polars_schema(Post)
    published = datetime.combine(AS_OF - timedelta(3), datetime.min.time())
    rows = [
        dict.fromkeys(schema)
        | {"platform": "tiktok", "post_id": account, "account_id": account, "caption": caption}
        for account, caption in CAPTIONS.items()
    ]
    posts = pl.DataFrame(rows, schema=schema).with_columns(
        published_at=pl.lit(published).cast(schema["published_at"])
    )
    captions = caption_post(posts.lazy(), disclosure_words(), as_of=AS_OF)
    return content_index(captions, caption_term(captions), caption_mention(captions), of, briefs)


def judged(panel, *briefs, of=ACCOUNTS):
    return fit(panel(*briefs, of=of), content(*briefs, of=of), briefs, as_of=AS_OF)


def test_every_brief_judges_every_creator(panel):
    made = judged(panel, SWEDISH, DANISH)

    assert enforce(made, Fit, "mart.fit").equals(made)
    keys = made.select("brief_id", "creator_id").rows()
    assert keys == [(b, c) for b in ("danish", "swedish") for c in ("anna", "bo", "cleo")]
    assert made["rank"].to_list() == [1, 2, None, 1, 2, None]


def test_components_come_from_audience_content_and_posts(panel):
    anna, bo, _, anna_in_sweden, *_ = judged(panel, DANISH, SWEDISH).iter_rows(named=True)

    assert anna["target_share"] == pytest.approx(0.9)
    assert anna["targeted_reach_people"] == pytest.approx(810)
    assert anna["content_match"] > bo["content_match"]
    assert anna["engagement"] == 0.8
    assert "90 % in DK" in anna["reason"]
    assert bo["score"] == 0
    assert anna["brand_safety"] is None
    assert anna_in_sweden["brand_safety"] == 1
    assert anna_in_sweden["content_match"] is None
    assert "ages" in anna_in_sweden["missing"]


def test_a_brief_is_judged_alike_alone_and_among_others(panel):
    together = judged(panel, DANISH, SWEDISH).filter(brief_id="danish")

    assert_frame_equal(judged(panel, DANISH), together)


def test_evidence_has_a_row_per_account_component_and_part(panel):
    briefs = (SWEDISH, DANISH)
    made = judged(panel, *briefs)
    rows = fit_component(panel(*briefs), content(*briefs), briefs, made, as_of=AS_OF)

    assert enforce(rows, FitComponent, "mart.fit_component").equals(rows)
    assert rows.equals(rows.sort(FitComponent.Config.unique))
    anna = rows.filter(brief_id="swedish", creator_id="anna")
    assert anna["component"].to_list() == [
        "audience_match",
        "audience_match_age",
        "audience_match_country",
        "brand_crowding",
        "brand_safety",
        "consistency",
        "engagement",
        "target_share",
        "targeted_reach",
    ]
    weights = dict(anna.select("component", "weight").rows())
    assert weights["audience_match_age"] is None
    assert sum(weight for weight in weights.values() if weight) == pytest.approx(1)
    assert anna.filter(component="audience_match_age")["unknown_because"].item()


def test_evidence_and_fit_agree_on_a_creator_with_one_account(panel):
    made = judged(panel, DANISH)
    rows = fit_component(panel(DANISH), content(DANISH), (DANISH,), made, as_of=AS_OF)

    for row in rows.drop_nulls("weight").iter_rows(named=True):
        whole = made.filter(creator_id=row["creator_id"])[row["component"]].item()
        assert row["component_value"] == (None if whole is None else pytest.approx(whole))


def test_evidence_is_kept_of_the_best_only_and_the_unranked_stand_last(panel):
    made = judged(panel, DANISH)
    kept = [
        fit_component(panel(DANISH), content(DANISH), (DANISH,), made, as_of=AS_OF, best=best)
        for best in (1, 2, 3)
    ]

    assert [rows["creator_id"].unique().sort().to_list() for rows in kept] == [
        ["anna"],
        ["anna", "bo"],
        ["anna", "bo", "cleo"],
    ]


@pytest.mark.parametrize("briefs", [(), (DANISH,)])
def test_without_briefs_or_accounts_there_are_no_rows_but_all_columns(panel, briefs):
    nobody = ACCOUNTS.clear() if briefs else ACCOUNTS
    made = judged(panel, *briefs, of=nobody)
    rows = fit_component(
        panel(*briefs, of=nobody), content(*briefs, of=nobody), briefs, made, as_of=AS_OF
    )

    assert (made.height, rows.height) == (0, 0)
    assert made.schema == polars_schema(Fit)
    assert rows.schema == polars_schema(FitComponent)


def test_a_brief_for_platforms_nobody_is_on_has_no_rows(panel):
    made = judged(panel, brief(platforms=("linkedin",)), DANISH)

    assert made["brief_id"].unique().to_list() == ["danish"]
