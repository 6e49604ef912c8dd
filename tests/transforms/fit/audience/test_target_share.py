from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.fit.audience.target_share import target_share

ALL = {"country": {"DK": 1.0}, "age": {"18-24": 1.0}, "gender": {"female": 1.0}}


HIDDEN = ("others", "unreported")


def one(told, panel_of, brief, dimensions):
    return target_share(brief, panel_of(told({"a": dimensions}), ["a"], brief))


def figures(share):
    return [share.raw_lo[0], share.value[0], share.raw_hi[0]]


def test_any_named_segment_is_inside_whatever_its_weight(told, panel_of, brief_for):
    brief = brief_for({"country": {"DK": 0.9, "SE": 0.1, "NO": 0.0}})

    share = one(told, panel_of, brief, {"country": {"DK": 0.3, "SE": 0.2, "NO": 0.5}})

    assert figures(share) == pytest.approx([0.5, 0.5, 0.5])
    assert share.raw is share.value
    assert share.method.to_list() == [None]
    assert share.evidence(np.array([0])).to_list() == ["50 % of followers"]


def test_places_not_listed_count_as_outside_and_bound_the_share(told, panel_of, brief_for):
    brief = brief_for({"country": {"DK": 1.0}})

    share = one(
        told,
        panel_of,
        brief,
        {"country": {"DK": 0.41, "SE": 0.45, "others": 0.1, "unreported": 0.04}},
    )

    assert figures(share) == pytest.approx([0.41, 0.41, 0.55])
    assert share.evidence(np.array([0])).to_list() == ["41 % of followers (between 41 and 55)"]


def test_hidden_ages_are_spread_in_proportion(told, panel_of, brief_for):
    brief = brief_for({"age": {"18-24": 1.0}})

    share = one(told, panel_of, brief, {"age": {"18-24": 0.4, "25-34": 0.4, "unreported": 0.2}})

    assert figures(share) == pytest.approx([0.4, 0.5, 0.6])


def test_age_and_gender_are_taken_together_where_the_file_has_them_so(told, panel_of, brief_for):
    brief = brief_for(ALL)
    people = {
        "age": {"18-24": 0.5, "25-34": 0.5},
        "gender": {"female": 0.5, "male": 0.5},
    }
    joint = {"age_gender": {"18-24:female": 0.5, "25-34:male": 0.5}}

    together = one(told, panel_of, brief, {"country": {"DK": 0.8, "SE": 0.2}} | people | joint)
    apart = one(told, panel_of, brief, {"country": {"DK": 0.8, "SE": 0.2}} | people)

    assert together.value[0] == pytest.approx(0.8 * 0.5)
    assert together.method.to_list() == ["joint+independent"]
    assert apart.value[0] == pytest.approx(0.8 * 0.5 * 0.5)
    assert apart.method.to_list() == ["independent"]
    assert together.known[0] == apart.known[0] == 1


def test_people_alone_are_not_taken_for_independent_where_the_file_has_them_together(
    told, panel_of, brief_for
):
    brief = brief_for({"age": {"18-24": 1.0}, "gender": {"female": 1.0}})

    share = one(told, panel_of, brief, {"age_gender": {"18-24:female": 0.5, "25-34:male": 0.5}})

    assert share.method.to_list() == ["joint"]
    assert share.known.tolist() == [1.0]
    assert share.evidence(np.array([0])).to_list() == ["50 % of followers"]


def test_a_share_of_what_a_file_lists_says_so(told, panel_of, brief_for):
    brief = brief_for({"country": {"DK": 1.0}})
    rows = told({"a": {"country": {"DK": 0.5, "SE": 0.5}}}, is_share_of_listed=True)

    share = target_share(brief, panel_of(rows, ["a"], brief))

    assert share.method.to_list() == ["of_listed"]


def test_cities_narrow_a_target_only_without_countries(told, panel_of, brief_for):
    places = {"country": {"DK": 0.8, "SE": 0.2}, "city": {"DK:aarhus": 0.3, "others": 0.7}}
    cities = {"city": {"DK:aarhus": 1.0}}

    both = one(told, panel_of, brief_for(cities | {"country": {"DK": 1.0}}), places)
    only = one(told, panel_of, brief_for(cities), places)

    assert figures(both) == pytest.approx([0.8, 0.8, 0.8])
    assert figures(only) == pytest.approx([0.3, 0.3, 1.0])


def test_languages_narrow_a_target_only_without_places(told, panel_of, brief_for):
    countries = {"country": {"DK": 0.6, "SE": 0.4}}
    danish = {"language": {"da": 1.0}}

    both = one(told, panel_of, brief_for(danish | {"country": {"SE": 1.0}}), countries)
    only = one(told, panel_of, brief_for(danish), countries)

    assert both.value[0] == pytest.approx(0.4)
    assert only.value[0] == pytest.approx(0.6)
    assert only.method.to_list() == ["from_countries"]


def test_a_dimension_that_is_not_known_takes_the_lower_bound_to_0(told, panel_of, brief_for):
    brief = brief_for(ALL)

    share = one(told, panel_of, brief, {"country": {"DK": 0.48, "SE": 0.45, "others": 0.07}})

    assert figures(share) == pytest.approx([0.0, 0.48, 0.55])
    assert share.known[0] == pytest.approx(1 / 3)
    assert share.evidence(np.array([0])).to_list() == [
        "48 % of followers (between 0 and 55); ages not known; genders not known"
    ]


def test_interests_are_asked_for_and_never_known(told, panel_of, brief_for):
    brief = brief_for({"country": {"DK": 1.0}, "interest": {"vegan food": 1.0}})

    share = one(told, panel_of, brief, {"country": {"DK": 0.5, "SE": 0.5}})

    assert figures(share) == pytest.approx([0.0, 0.5, 0.5])
    assert share.known.tolist() == [0.5]


def test_a_share_of_which_nothing_is_known_is_null_with_the_reason(told, panel_of, brief_for):
    share = one(told, panel_of, brief_for(ALL), {"country": {"unreported": 1.0}})

    assert np.isnan(figures(share)).all()
    assert share.known.tolist() == [0.0]
    assert share.unknown_because.to_list() == [
        "no recent export tells the audience's countries, ages or genders"
    ]
    assert share.observed_on.to_list() == share.evidence(np.array([0])).to_list() == [None]


def test_the_evidence_is_the_oldest_of_what_is_known(told, panel_of, brief_for):
    rows = pl.concat(
        [
            told({"a": {"country": {"DK": 1.0}}}),
            told({"a": {"gender": {"female": 1.0}}}, observed_on=date(2026, 5, 1)),
            told({"a": {"age": {"unreported": 1.0}}}, basis="views", observed_on=date(2026, 1, 1)),
        ]
    )

    share = target_share(brief_for(ALL), panel_of(rows, ["a"], brief_for(ALL)))

    assert share.observed_on.to_list() == [date(2026, 5, 1)]
    assert share.basis.to_list() == ["followers"]


def test_a_method_of_nothing_known_is_not_named(told, panel_of, brief_for):
    brief = brief_for({"country": {"DK": 1.0}, "gender": {"female": 1.0}})
    rows = pl.concat(
        [
            told({"a": {"country": {"unreported": 1.0}}}, is_share_of_listed=True),
            told({"a": {"gender": {"female": 1.0}}}),
        ]
    )

    assert target_share(brief, panel_of(rows, ["a"], brief)).method.to_list() == [None]


def shares_of(names):
    weights = st.lists(st.integers(0, 100), min_size=len(names), max_size=len(names)).filter(any)
    return weights.map(lambda drawn: dict(zip(names, np.array(drawn) / sum(drawn), strict=True)))


AUDIENCES = st.fixed_dictionaries(
    {},
    optional={
        "country": shares_of(["DK", "SE", "others", "unreported"]),
        "age": shares_of(["18-24", "25-34", "unreported"]),
        "gender": shares_of(["female", "male", "unreported"]),
        "age_gender": shares_of(["18-24:female", "18-24:male", "25-34:female", "unreported"]),
    },
)


@settings(deadline=None, max_examples=60)
@given(AUDIENCES)
def test_the_share_lies_within_its_bounds(told, panel_of, brief_for, audience):
    share = one(told, panel_of, brief_for(ALL), audience)

    if share.known[0] > 0:
        low, value, high = figures(share)
        assert 0 <= low <= value <= high <= 1
    else:
        assert np.isnan(figures(share)).all()


@settings(deadline=None, max_examples=60)
@given(
    AUDIENCES,
    st.sampled_from(["country", "age", "gender", "age_gender"]),
    st.integers(1, 2),
    st.floats(0.01, 1.0),
)
def test_more_of_the_audience_inside_never_lowers_the_share(
    told, panel_of, brief_for, audience, dimension, cell, moved
):
    shares = audience.get(dimension)
    if not any(share for name, share in (shares or {}).items() if name not in HIDDEN):
        return
    inside, outside = next(iter(shares)), list(shares)[cell]
    amount = shares[outside] * moved
    more = shares | {inside: shares[inside] + amount, outside: shares[outside] - amount}

    before = one(told, panel_of, brief_for(ALL), audience)
    after = one(told, panel_of, brief_for(ALL), audience | {dimension: more})

    for old, new in zip(figures(before), figures(after), strict=True):
        assert new >= old - 1e-12


@settings(deadline=None, max_examples=60)
@given(AUDIENCES, st.floats(0.01, 100.0))
def test_the_scale_of_the_weights_changes_nothing(told, panel_of, brief_for, audience, scale):
    scaled = {name: {s: scale * w for s, w in of.items()} for name, of in ALL.items()}

    straight = one(told, panel_of, brief_for(ALL), audience)
    other = one(told, panel_of, brief_for(scaled), audience)

    assert figures(straight) == pytest.approx(figures(other), nan_ok=True)
