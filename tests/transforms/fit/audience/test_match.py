from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import jensenshannon

from schemas.brief import Brief
from transforms.fit.audience.match import audience_match

COUNTRIES = ("DE", "DK", "FI", "NO", "SE")
CELLS = (*COUNTRIES, "others", "unreported")


def shares_of(names):
    """Draw shares of some names, at least one above 0, that sum to 1."""
    weights = st.lists(
        st.just(0.0) | st.floats(1e-6, 1.0), min_size=len(names), max_size=len(names)
    ).filter(any)
    return weights.map(lambda drawn: dict(zip(names, np.array(drawn) / sum(drawn), strict=True)))


@settings(deadline=None, max_examples=60)
@given(shares_of(CELLS), shares_of(COUNTRIES))
def test_a_match_is_1_less_the_jensen_shannon_divergence_in_base_2(
    told, panel_of, brief_for, audience, target
):
    brief = brief_for({"country": target})
    panel = panel_of(told({"a": {"country": audience}}), ["a"], brief)

    match, (part,) = audience_match(brief, panel)

    if not any(audience[country] for country in COUNTRIES):
        assert np.isnan(match.value[0])
        return
    p = [audience[cell] for cell in CELLS]
    q = [target.get(cell, 0.0) for cell in CELLS]
    divergence = jensenshannon(p, q, base=2) ** 2
    assert match.value[0] == pytest.approx(1 - divergence, abs=1e-9)
    assert part.raw[0] == pytest.approx(divergence, abs=1e-9)
    assert 0 <= match.value[0] <= 1


@settings(deadline=None, max_examples=60)
@given(shares_of(CELLS), shares_of(COUNTRIES), st.randoms())
def test_the_order_of_segments_and_accounts_changes_nothing(
    told, panel_of, brief_for, audience, target, random
):
    other = dict.fromkeys(COUNTRIES, 0.2)
    rows = told({"a": {"country": audience}, "b": {"country": other}})
    brief, turned = (
        brief_for({"country": target}),
        brief_for({"country": _shuffled(target, random)}),
    )

    straight, _ = audience_match(brief, panel_of(rows, ["a", "b"], brief))
    shuffled = rows.sample(fraction=1.0, shuffle=True, seed=random.randrange(100))
    swapped, _ = audience_match(turned, panel_of(shuffled, ["b", "a"], turned))

    assert straight.value == pytest.approx(swapped.value[::-1], abs=1e-15, nan_ok=True)


def _shuffled(target, random):
    names = list(target)
    random.shuffle(names)
    return {name: target[name] for name in names}


@settings(deadline=None, max_examples=60)
@given(shares_of(CELLS), shares_of(COUNTRIES), st.floats(0.01, 100.0))
def test_the_scale_of_a_briefs_weights_changes_nothing(
    told, panel_of, brief_for, audience, target, scale
):
    rows = told({"a": {"country": audience}})
    brief = brief_for({"country": target})
    scaled = brief_for({"country": {name: scale * share for name, share in target.items()}})

    one, _ = audience_match(brief, panel_of(rows, ["a"], brief))
    other, _ = audience_match(scaled, panel_of(rows, ["a"], scaled))

    assert one.value == pytest.approx(other.value, nan_ok=True)


def test_an_audience_outside_the_target_matches_by_exactly_0(told, panel_of, brief_for):
    brief = brief_for({"country": {"DK": 0.7, "SE": 0.2, "NO": 0.1}})
    rows = told({"a": {"country": {"US": 0.9, "others": 0.1}}})

    match, _ = audience_match(brief, panel_of(rows, ["a"], brief))

    assert match.value.tolist() == [0.0]
    assert match.known.tolist() == [1.0]


def test_a_zero_in_one_dimension_is_bought_back_by_no_other(told, panel_of, brief_for):
    brief = brief_for({"country": {"DK": 1.0}, "gender": {"female": 1.0}})
    rows = told({"a": {"country": {"US": 1.0}, "gender": {"female": 1.0}}})

    match, _ = audience_match(brief, panel_of(rows, ["a"], brief))

    assert match.value.tolist() == [0.0]


def test_the_match_is_the_geometric_mean_of_the_dimensions_known(told, panel_of, brief_for):
    brief = brief_for(
        {"country": {"DK": 1.0}, "gender": {"female": 1.0}, "interest": {"vegan food": 1.0}}
    )
    rows = told({"a": {"country": {"DK": 0.5, "SE": 0.5}, "gender": {"female": 1.0}}})

    match, parts = audience_match(brief, panel_of(rows, ["a"], brief))

    country, gender, interest = (part.value[0] for part in parts)
    assert [part.name for part in parts] == [
        "audience_match_country",
        "audience_match_gender",
        "audience_match_interest",
    ]
    assert gender == 1
    assert match.value[0] == pytest.approx(np.sqrt(country))
    assert np.isnan(interest)
    assert match.known[0] == pytest.approx(2 / 3)
    assert parts[2].unknown_because.to_list() == ["no platform's export tells interests"]
    assert match.unknown_because.to_list() == parts[2].unknown_because.to_list()


def test_a_dimension_of_which_nothing_is_reported_is_unknown_not_0(told, panel_of, brief_for):
    brief = brief_for({"country": {"DK": 1.0}, "age": {"18-24": 1.0}})
    rows = told({"a": {"age": {"unreported": 1.0}}})

    match, (country, age) = audience_match(brief, panel_of(rows, ["a"], brief))

    assert np.isnan([match.value[0], country.value[0], age.value[0]]).all()
    assert match.known.tolist() == [0.0]
    assert match.unknown_because.to_list() == [
        "no recent export tells the audience's countries or ages"
    ]
    assert country.unknown_because.to_list() == [
        "no recent export tells the countries of the audience"
    ]
    assert age.unknown_because.to_list() == ["the export lists no ages"]
    assert match.basis.to_list() == match.observed_on.to_list() == [None]
    assert match.evidence(np.array([0])).to_list() == [None]


def test_a_plateau_caps_the_value_and_leaves_the_match(told, panel_of, brief_for):
    rows = told({"a": {"gender": {"female": 0.5, "male": 0.5}}, "b": {"gender": {"female": 1.0}}})
    plain = brief_for({"gender": {"female": 1.0}})
    capped = brief_for({"gender": {"female": 1.0}}, plateau=0.8)
    panel = panel_of(rows, ["a", "b"], plain)

    match, _ = audience_match(plain, panel)
    plateau, _ = audience_match(capped, panel)

    assert plateau.raw.tolist() == match.value.tolist()
    assert plateau.value == pytest.approx([match.value[0] / 0.8, 1.0])


def test_languages_are_estimated_from_countries_and_say_so(told, panel_of, brief_for):
    brief = brief_for({"language": {"da": 1.0}})
    rows = told({"a": {"country": {"DK": 0.9, "others": 0.1}}, "b": {"city": {"DK:aarhus": 1.0}}})

    match, (part,) = audience_match(brief, panel_of(rows, ["a", "b"], brief))

    assert match.value[0] == pytest.approx(1 - jensenshannon([0.9, 0.1], [1, 0], base=2) ** 2)
    assert part.method.to_list() == ["from_countries", None]
    assert part.evidence(np.array([0])).to_list() == ["da 90 %; not told 10 %; from countries"]
    assert part.unknown_because[1] == "no recent export tells the countries of the audience"


def test_a_share_of_what_a_file_lists_says_so(told, panel_of, brief_for):
    brief = brief_for({"country": {"DK": 1.0}})
    rows = told({"a": {"country": {"DK": 0.5, "SE": 0.5}}}, is_share_of_listed=True)

    _, (country,) = audience_match(brief, panel_of(rows, ["a"], brief))

    assert country.method.to_list() == ["reported+of_listed"]
    assert country.evidence(np.array([0])).to_list() == ["DK 50 %; of what is listed"]


def test_the_evidence_is_the_oldest_of_what_is_used(told, panel_of, brief_for):
    brief = brief_for({"country": {"DK": 0.8, "SE": 0.2}, "gender": {"female": 1.0}})
    rows = pl.concat(
        [
            told({"a": {"country": {"SE": 0.08, "DK": 0.62, "US": 0.18, "others": 0.12}}}),
            told({"a": {"gender": {"female": 1.0}}}, basis="views", observed_on=date(2026, 5, 1)),
            told({"a": {"age": {"18-24": 1.0}}}, observed_on=date(2026, 1, 1)),
        ]
    )

    match, (country, _) = audience_match(brief, panel_of(rows, ["a"], brief))

    assert match.observed_on.to_list() == [date(2026, 5, 1)]
    assert match.basis.to_list() == ["followers+views"]
    assert country.n.tolist() == [3]
    assert country.evidence(np.array([0])).to_list() == ["DK 62 %, SE 8 %; not told 12 %"]
    assert match.evidence(np.array([0])).to_list() == [
        "countries DK 62 %, SE 8 %; not told 12 % | genders female 100 %"
    ]


def test_a_brief_that_asks_nothing_of_the_audience_leaves_the_match_unknown(told, panel_of):
    brief = Brief(brief_id="anyone", brand="Havre", audience={})

    match, parts = audience_match(brief, panel_of(told({}), ["a"], brief))

    assert np.isnan(match.value).all()
    assert match.unknown_because.to_list() == ["the brief asks nothing of the audience"]
    assert parts == ()


def test_a_panel_of_other_briefs_names_what_it_lacks(told, panel_of, brief_for):
    panel = panel_of(told({}), ["a"], brief_for({"country": {"SE": 1.0}}))

    with pytest.raises(KeyError, match="the panel has no country DK"):
        audience_match(brief_for({"country": {"DK": 1.0}}), panel)
