import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.fit.made_up_components import accounts, brief
from transforms.fit.creators import creators_on, in_order
from transforms.fit.rank import UNCHECKED, limits, ranking


def held(wishes, *rows, score=None):
    creators = creators_on(in_order(accounts(*rows)), ())
    scores = np.full(len(creators), 0.5) if score is None else np.array(score)
    return limits(wishes, creators, scores)


def unchecked(made):
    return [
        [words for bit, words in enumerate(UNCHECKED) if mask >> bit & 1] for mask in made.unchecked
    ]


def test_a_brief_without_limits_bars_nobody():
    made = held(brief(), {}, {"tier": None, "engagement_rate": None})

    assert made.ineligible_because.to_list() == [None, None]
    assert unchecked(made) == [[], []]


def test_one_account_in_a_wanted_tier_is_enough():
    made = held(
        brief(tiers=("micro", "macro")),
        {"creator_id": "anna", "tier": "mega"},
        {"creator_id": "anna", "tier": "macro"},
        {"creator_id": "bo", "tier": "mega"},
        {"creator_id": "cleo", "tier": "mega"},
        {"creator_id": "cleo", "tier": None},
    )

    assert made.ineligible_because.to_list() == [None, "no account in tier micro or macro", None]
    assert unchecked(made) == [[], [], ["tier (not known)"]]


def test_the_best_engagement_rate_counts_and_an_unknown_one_is_not_below():
    made = held(
        brief(min_engagement_rate=0.03),
        {"creator_id": "anna", "engagement_rate": 0.01},
        {"creator_id": "anna", "engagement_rate": 0.04},
        {"creator_id": "bo", "engagement_rate": 0.0123},
        {"creator_id": "bo", "engagement_rate": None},
        {"creator_id": "cleo", "engagement_rate": None},
    )

    assert made.ineligible_because.to_list() == [None, "engagement rate 1.23 % below 3 %", None]
    assert unchecked(made) == [[], [], ["engagement rate (not known)"]]


def test_a_score_below_the_least_fit_is_barred_and_none_is_not():
    made = held(brief(min_fit=0.4), {}, {}, score=[0.39, np.nan])

    assert made.ineligible_because.to_list() == ["score below 0.4", None]


def test_several_limits_are_all_told_and_risk_is_held_against_nobody():
    made = held(
        brief(tiers=("mega",), min_engagement_rate=0.1, max_risk=0.5, min_fit=0.9),
        {"engagement_rate": 0.01},
    )

    assert made.ineligible_because.to_list() == [
        "no account in tier mega, engagement rate 1 % below 10 %, score below 0.9"
    ]
    assert unchecked(made) == [[]]


def test_ranks_follow_the_score_and_of_equals_the_lesser_id_stands_first():
    made = ranking(np.array([0.5, np.nan, 0.9, 0.5, 0.7]), np.array([1, 1, 1, 1, 0], dtype=bool))

    assert made.rank.tolist() == [2, 0, 1, 3, 0]
    assert made.order.tolist() == [2, 0, 3]


@settings(deadline=None)
@given(st.lists(st.tuples(st.one_of(st.just(np.nan), st.integers(0, 9)), st.booleans())))
def test_the_ranks_are_one_to_n_and_never_rise_with_a_lower_score(creators):
    scores = np.array([float(score) for score, _ in creators])
    eligible = np.array([is_eligible for _, is_eligible in creators], dtype=bool)
    made = ranking(scores, eligible)

    ranked = made.rank[made.rank > 0]
    assert sorted(ranked.tolist()) == list(range(1, len(made.order) + 1))
    assert (np.diff(scores[made.order]) <= 0).all()
    assert (made.rank[~eligible] == 0).all()
