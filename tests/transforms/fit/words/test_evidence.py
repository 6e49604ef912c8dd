from dataclasses import replace

import polars as pl
import pytest

from schemas.contract import enforce
from schemas.fit import FitComponent
from tests.transforms.fit.made_up_components import (
    AS_OF,
    accounts,
    asked,
    brief,
    component,
    verdict,
)
from transforms.fit.words.evidence import best_creators, evidence

PANEL = accounts(
    {"account_id": "a", "creator_id": "anna", "followers": 3_000},
    {"account_id": "b", "creator_id": "anna", "platform": "instagram"},
    {"account_id": "c", "creator_id": "bo"},
)


def evidence_of(wanted, *shown, **wishes):
    judged = verdict(brief(**wishes), PANEL, wanted)
    weight = judged.facts.account_weights.weight
    made = evidence(
        judged.brief, judged.creators, weight, wanted, pl.Series(shown, dtype=pl.String), AS_OF
    )
    return enforce(made, FitComponent, "mart.fit_component")


def test_the_ranked_come_first_then_the_others_by_score_then_by_id():
    fit = pl.DataFrame(
        {
            "brief_id": ["spring"] * 6 + ["autumn"],
            "creator_id": ["f", "e", "d", "c", "b", "a", "z"],
            "rank": [2, 1, None, None, None, None, 1],
            "score": [0.5, 0.6, 0.2, 0.9, None, None, 1.0],
        }
    )

    assert best_creators(fit, "spring", 10).to_list() == ["e", "f", "c", "d", "a", "b"]
    assert best_creators(fit, "spring", 3).to_list() == ["e", "f", "c"]


def test_a_row_has_the_figure_its_weight_in_the_brief_and_the_accounts():
    wanted = asked(PANEL, [None] * 3, component("engagement", [0.8, 0.4, 0.2]))
    made = evidence_of(wanted, "anna", weights={"engagement": 1.0, "target_share": 3.0})

    rows = made.filter(component="engagement").select(
        "account_id", "component_value", "weight", "account_weight", "evidence"
    )
    assert rows.rows() == [("b", 0.4, 0.25, 0.25, "0.40"), ("a", 0.8, 0.25, 0.75, "0.80")]


def test_what_is_not_known_is_null_with_its_reason():
    made = evidence_of(asked(PANEL, [0.5, None, 0.5]), "anna").filter(account_id="b")

    assert made.select("component_value", "raw", "unknown_because").unique().rows() == [
        (None, None, "no audience")
    ]


def test_words_are_made_for_the_accounts_shown_only():
    spoken = component("engagement", [0.8, 0.4, 0.2])
    asked_for = []

    def words(places):
        asked_for.extend(places.tolist())
        return spoken.evidence(places)

    evidence_of(asked(PANEL, [0.5] * 3, replace(spoken, evidence=words)), "bo")
    assert asked_for == [2]


def test_parts_weigh_nothing():
    part = component("audience_match_country", [0.5] * 3, part_of="audience_match")
    wanted = asked(PANEL, [0.5] * 3, component("audience_match", [0.5] * 3), parts=(part,))
    made = evidence_of(wanted, "bo")

    weights = dict(made.select("component", "weight").rows())
    assert weights["audience_match_country"] is None
    assert sum(weight or 0 for weight in weights.values()) == pytest.approx(1)
