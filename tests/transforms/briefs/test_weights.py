import pytest

from schemas.brief import COMPONENTS, DEFAULT_WEIGHTS
from transforms.briefs.problems import BriefError, Problems
from transforms.briefs.table import Table
from transforms.briefs.weights import read_weights


def weights(**written):
    problems = Problems("x.toml")
    read = read_weights(Table(written, problems, "weights"))
    problems.raise_if_any()
    return read


def test_what_is_not_named_keeps_its_default():
    assert weights() == DEFAULT_WEIGHTS
    assert weights(engagement=5) == {**DEFAULT_WEIGHTS, "engagement": 5.0}


def test_a_short_name_means_the_same_as_the_long_one():
    assert weights(audience=7, target=0.5, reach=0, content=1, crowding=2, safety=3) == weights(
        audience_match=7,
        target_share=0.5,
        targeted_reach=0,
        content_match=1,
        brand_crowding=2,
        brand_safety=3,
    )


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({"audience": 1, "audience_match": 1}, "audience_match: weighs audience_match a second"),
        ({"price": 1}, "weights.price: is no component of the fit, found 1; write one of"),
        ({"engagment": 1}, "is no component of the fit, found 1; did you mean engagement?"),
        ({"engagement": -1}, "weights.engagement: must be a number, 0 or above, found -1"),
        ({"engagement": float("inf")}, "must be a number, 0 or above, found inf"),
        ({"engagement": True}, "must be a number, 0 or above, found true"),
        (dict.fromkeys(COMPONENTS, 0), "weights: must sum to a number above 0"),
        (dict.fromkeys(COMPONENTS, 1.7e308), "weights: must sum to a number above 0"),
    ],
)
def test_what_is_wrong_is_told(written, told):
    with pytest.raises(BriefError) as raised:
        weights(**written)
    (problem,) = raised.value.problems
    assert told in problem
