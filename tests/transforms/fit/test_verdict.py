import math
from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from schemas.brief import DEFAULT_WEIGHTS
from schemas.contract import enforce
from schemas.fit import Fit
from tests.transforms.fit.made_up_components import (
    AS_OF,
    accounts,
    asked,
    brief,
    component,
    fit_rows,
    verdict,
)
from transforms.fit.component import Component
from transforms.fit.verdict import rows

PANEL = accounts(
    {"creator_id": "anna", "platform": "instagram", "expected_reach": 4_000.0},
    {"creator_id": "anna", "platform": "tiktok", "expected_reach": 1_000.0},
    {"creator_id": "bo", "platform": "tiktok", "expected_reach": 5_000.0},
    {"creator_id": "cleo", "platform": "youtube", "expected_reach": None, "followers": 7},
)


def by_hand():
    return asked(
        PANEL,
        [0.5, 0.4, 0.3, None],
        component("audience_match", [0.9, 0.4, 0.6, None], known=[1, 0.5, 1, 0]),
        component("engagement", [0.8, None, 0.5, 0.9]),
        component("consistency", [0.7, 0.6, None, None]),
    )


def test_three_creators_are_scored_as_by_hand():
    made = fit_rows(brief(weights=DEFAULT_WEIGHTS), PANEL, by_hand())
    anna, bo, cleo = made["anna"], made["bo"], made["cleo"]

    people = [4_000 * 0.5, 1_000 * 0.4]
    first, second = (each / sum(people) for each in people)
    match, match_known = first * 0.9 + second * 0.4, first + second * 0.5
    share = first * 0.5 + second * 0.4
    consistency = first * 0.7 + second * 0.6
    weight = {"match": 3 * match_known, "share": 2, "reach": 1, "engagement": 2 * first, "even": 1}
    values = {"match": match, "share": share, "reach": 0.75, "engagement": 0.8, "even": consistency}
    logs = {name: weight[name] * math.log(values[name]) for name in weight}
    assert anna["score"] == pytest.approx(math.exp(sum(logs.values()) / sum(weight.values())))
    assert anna["coverage"] == pytest.approx(sum(weight.values()) / 9)
    rest = (sum(logs.values()) - logs["match"]) / (sum(weight.values()) - weight["match"])
    assert anna["contribution_audience_match"] == pytest.approx(anna["score"] - math.exp(rest))
    assert anna["targeted_reach_people"] == pytest.approx(2_400)
    assert anna["combined_by"] == "targeted_reach"

    others = 0.6**3 * 0.3**2 * 0.25 * 0.5**2
    assert bo["score"] == pytest.approx(others ** (1 / 8))
    assert bo["coverage"] == pytest.approx(8 / 9)
    assert bo["contribution_consistency"] is None

    assert cleo["score"] is None
    assert cleo["coverage"] == pytest.approx(2 / 9)
    assert cleo["engagement"] == 0.9
    assert cleo["contribution_engagement"] is None
    assert [each["rank"] for each in (anna, bo, cleo)] == [1, 2, None]
    assert {each["n_ranked"] for each in made.values()} == {2}


def test_rows_keep_their_contract_and_their_order():
    made = rows(verdict(brief(), PANEL, by_hand()), AS_OF)

    assert enforce(made, Fit, "mart.fit").equals(made)
    assert made["creator_id"].to_list() == ["anna", "bo", "cleo"]


def test_platforms_of_the_brief_are_told_and_those_missing():
    made = fit_rows(brief(platforms=("instagram", "tiktok", "x")), PANEL, by_hand())

    assert set(made) == {"anna", "bo"}
    assert made["anna"]["platforms"] == "instagram+tiktok"
    assert made["anna"]["missing_platforms"] == "x"
    assert made["anna"]["n_accounts"] == 2
    assert made["bo"]["missing_platforms"] == "instagram+x"


def test_a_brief_for_any_platform_misses_none():
    made = fit_rows(brief(), PANEL, by_hand())

    assert {row["missing_platforms"] for row in made.values()} == {None}
    assert made["cleo"]["platforms"] == "youtube"


def test_a_creator_whose_reach_alone_is_known_stands_in_the_middle():
    made = fit_rows(brief(platforms=("tiktok",)), accounts({}), asked(accounts({}), [0.5]))

    assert made["0"]["targeted_reach"] == 0.5


def test_what_the_brief_does_not_ask_for_counts_for_nothing():
    made = fit_rows(brief(weights=DEFAULT_WEIGHTS | {"content_match": 50.0}), PANEL, by_hand())

    assert made["bo"]["coverage"] == pytest.approx(8 / 9)
    assert made["bo"]["content_match"] is None
    assert "content match" not in made["bo"]["reason"]


def test_the_bounds_of_the_share_combine_as_the_share_does():
    wanted = by_hand()
    share = replace(
        wanted.share,
        raw_lo=np.array([0.4, 0.4, 0.1, np.nan]),
        raw_hi=np.array([0.7, 0.4, 1, np.nan]),
    )
    made = fit_rows(brief(), PANEL, replace(wanted, share=share))

    assert made["anna"]["target_share_lo"] == pytest.approx(0.4)
    assert made["anna"]["target_share_hi"] == pytest.approx((2_000 * 0.7 + 400 * 0.4) / 2_400)
    assert made["cleo"]["target_share_lo"] is None


@settings(deadline=None, max_examples=30)
@given(st.permutations(range(PANEL.height)))
def test_the_order_of_the_accounts_changes_nothing(order):
    wanted, at = by_hand(), np.array(order)
    moved = asked(
        PANEL[order],
        [None if np.isnan(each) else each for each in wanted.share.value[at]],
        *(moved_to(wanted.components[name], at) for name in ("audience_match", "engagement")),
        moved_to(wanted.components["consistency"], at),
    )

    assert_frame_equal(
        rows(verdict(brief(), PANEL, wanted), AS_OF),
        rows(verdict(brief(), PANEL[order], moved), AS_OF),
        check_exact=True,
    )


@settings(deadline=None, max_examples=30)
@given(st.floats(0.01, 100))
def test_the_scale_of_the_weights_changes_no_row(scale):
    weights = {name: weight * scale for name, weight in DEFAULT_WEIGHTS.items()}

    assert_frame_equal(
        rows(verdict(brief(), PANEL, by_hand()), AS_OF),
        rows(verdict(brief(weights=weights), PANEL, by_hand()), AS_OF),
    )


@settings(deadline=None, max_examples=30)
@given(st.lists(st.floats(0, 1), min_size=2, max_size=2))
def test_a_zero_audience_match_is_never_bought_back(values):
    panel = accounts({}, {"expected_reach": 9_000.0})
    wanted = asked(
        panel, [1, 1], component("audience_match", [0, 0]), component("engagement", values)
    )

    assert {row["score"] for row in fit_rows(brief(), panel, wanted).values()} == {0.0}


def moved_to(told: Component, at) -> Component:
    return replace(
        told,
        value=told.value[at],
        raw=told.raw[at],
        known=told.known[at],
        unknown_because=told.unknown_because.gather(pl.Series(at)),
    )
