import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.fit.score import score

SHARES = st.floats(0, 1).map(lambda share: round(share, 6))
WEIGHTS = st.floats(0.1, 10)


@st.composite
def creators(draw, lowest=0.0, may_lack=True):
    """Values, known shares and weights of one to four components of one to three creators."""
    n, k = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    value = st.floats(lowest, 1).map(lambda share: round(share, 6))
    cell = st.one_of(value, st.just(math.nan)) if may_lack else value
    columns = st.lists(cell, min_size=n, max_size=n)
    values = draw(st.lists(columns, min_size=k, max_size=k))
    shares = st.lists(st.floats(0.5, 1), min_size=n, max_size=n)
    known = draw(st.lists(shares, min_size=k, max_size=k))
    weights = draw(st.lists(WEIGHTS, min_size=k, max_size=k))
    return np.array(values), np.array(known), np.array(weights)


def one(values, weights, known=None):
    """Score of a single creator."""
    column = np.array(values, dtype=float)[:, None]
    shares = np.ones_like(column) if known is None else np.array(known, dtype=float)[:, None]
    return score(column, shares, np.array(weights, dtype=float))


def test_the_score_is_the_weighted_geometric_mean():
    made = one([0.8, 0.2], [3, 1])

    assert made.score[0] == pytest.approx((0.8**3 * 0.2) ** (1 / 4))
    assert made.coverage[0] == 1


def test_a_component_known_in_part_speaks_and_counts_with_that_part():
    made = one([0.8, 0.2], [2, 2], known=[1, 0.5])

    assert made.score[0] == pytest.approx((0.8**2 * 0.2) ** (1 / 3))
    assert made.coverage[0] == pytest.approx(0.75)


def test_what_is_not_known_lowers_the_coverage_and_not_the_score():
    made = one([0.8, math.nan], [3, 1])

    assert made.score[0] == pytest.approx(0.8)
    assert made.coverage[0] == pytest.approx(0.75)


def test_below_half_of_the_weight_there_is_no_score_and_at_half_there_is():
    assert np.isnan(one([0.8, math.nan], [0.49, 0.51]).score[0])
    assert one([0.8, math.nan], [1, 1]).score[0] == pytest.approx(0.8)


def test_each_contribution_is_the_score_less_that_of_the_others():
    made = one([0.9, 0.4, 0.6], [3, 2, 1])
    whole = (0.9**3 * 0.4**2 * 0.6) ** (1 / 6)

    others = [(0.4**2 * 0.6) ** (1 / 3), (0.9**3 * 0.6) ** (1 / 4), (0.9**3 * 0.4**2) ** (1 / 5)]
    np.testing.assert_allclose(made.contribution[:, 0], whole - np.array(others))


def test_a_component_that_is_unknown_or_alone_contributes_nothing_that_can_be_told():
    assert np.isnan(one([0.8, math.nan], [3, 1]).contribution).all()


def test_a_zero_costs_all_that_the_others_are_worth():
    made = one([0.0, 0.8, 0.8], [1, 1, 1])

    np.testing.assert_allclose(made.contribution[:, 0], [-0.8, 0, 0], atol=1e-12)


def test_a_component_of_no_weight_changes_nothing_even_at_zero():
    made = one([0.8, 0.5, 0.0], [1, 1, 0])

    assert made.score[0] == pytest.approx(math.sqrt(0.4))
    assert made.contribution[2, 0] == pytest.approx(0)


def test_without_any_weight_nothing_is_covered():
    made = one([0.8, 0.5], [0, 0])

    assert made.coverage[0] == 0
    assert np.isnan(made.score[0])


@settings(deadline=None)
@given(creators())
def test_scores_lie_between_the_least_and_the_greatest_value_known(given_):
    values, known, weights = given_
    made = score(values, known, weights)

    for at in np.flatnonzero(~np.isnan(made.score)):
        told = values[:, at][~np.isnan(values[:, at])]
        assert told.min() - 1e-9 <= made.score[at] <= told.max() + 1e-9
        assert 0 <= made.score[at] <= 1
    assert ((made.coverage >= 0) & (made.coverage <= 1)).all()


@settings(deadline=None)
@given(creators(), st.floats(0.01, 1000))
def test_the_scale_of_the_weights_changes_nothing(given_, scale):
    values, known, weights = given_
    made, scaled = score(values, known, weights), score(values, known, weights * scale)

    np.testing.assert_allclose(made.coverage, scaled.coverage)
    np.testing.assert_allclose(made.score, scaled.score)
    np.testing.assert_allclose(made.contribution, scaled.contribution, atol=1e-9)


@settings(deadline=None)
@given(creators(), st.data())
def test_a_higher_value_never_lowers_a_score(given_, data):
    values, known, weights = given_
    at = data.draw(st.integers(0, len(weights) - 1))
    better = values.copy()
    better[at] = np.minimum(1, values[at] + data.draw(st.floats(0, 1)))

    before, after = score(values, known, weights).score, score(better, known, weights).score
    has_score = ~np.isnan(before)
    assert (after[has_score] >= before[has_score] - 1e-12).all()


@settings(deadline=None)
@given(creators(), st.data())
def test_nothing_buys_back_a_zero(given_, data):
    values, known, weights = given_
    values[data.draw(st.integers(0, len(weights) - 1))] = 0.0
    made = score(values, known, weights).score

    assert (made[~np.isnan(made)] == 0).all()


@settings(deadline=None)
@given(creators())
def test_contributions_are_those_of_scoring_anew_without_the_component(given_):
    values, known, weights = given_
    made = score(values, known, weights)

    for at in range(len(weights)):
        rest = np.delete(np.where(np.isnan(values), 0, known), at, axis=0)
        kept = np.delete(values, at, axis=0)
        whole = (np.delete(weights, at)[:, None] * rest).sum(axis=0)
        for creator in np.flatnonzero(~np.isnan(made.contribution[at])):
            told = ~np.isnan(kept[:, creator])
            w = (np.delete(weights, at) * rest[:, creator])[told]
            others = np.prod(kept[told, creator] ** (w / whole[creator]))
            assert made.contribution[at, creator] == pytest.approx(
                made.score[creator] - others, abs=1e-6
            )
