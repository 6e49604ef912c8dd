import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.brief import GENDERS
from transforms.briefs.problems import BriefError, Problems
from transforms.briefs.table import Table
from transforms.briefs.target import read_target


def target(**audience):
    problems = Problems("x.toml")
    read = read_target(Table(audience, problems, "audience"))
    problems.raise_if_any()
    return read


def test_a_list_weighs_all_alike_however_often_one_stands_there():
    assert target(countries=["DK", "SE", "DK"]) == {"country": {"DK": 0.5, "SE": 0.5}}


def test_a_table_gives_weights_that_need_not_sum():
    assert target(genders={"female": 6, "male": 2}) == {"gender": {"female": 0.75, "male": 0.25}}


def test_a_weight_of_zero_is_as_if_it_were_not_there():
    assert target(countries={"DK": 1, "SE": 0}) == {"country": {"DK": 1.0}}


def test_what_is_left_open_is_absent():
    assert target(countries=[], cities={}, genders=["male"]) == {"gender": {"male": 1.0}}


def test_two_spellings_of_one_city_are_one_city():
    once = target(cities=["DK:København"])
    assert target(cities=["DK:København", "DK:Copenhagen"]) == once
    assert target(cities={"DK:København": 1, "DK:Copenhagen": 3}) == once
    ((city, share),) = once["city"].items()
    assert city.startswith("DK:")
    assert share == 1


def test_an_odd_age_band_is_split_by_its_years():
    assert target(ages=["25-44"]) == {"age": {"25-34": 0.5, "35-44": 0.5}}
    assert target(ages=["18-24", "20-29"])["age"] == pytest.approx({"18-24": 0.75, "25-34": 0.25})
    assert target(ages=["55+"])["age"] == pytest.approx({"55-64": 1 / 3, "65+": 2 / 3})
    assert target(ages={"25-44": 1, "35-44": 1})["age"] == pytest.approx(
        {"25-34": 0.25, "35-44": 0.75}
    )


def test_interests_are_kept_though_no_export_tells_them():
    assert target(interests=["mad  og vin"]) == {"interest": {"mad og vin": 1.0}}


@pytest.mark.parametrize(
    ("audience", "told"),
    [
        ({"countries": "DK"}, "audience.countries: must be a list of text or a table of weights"),
        ({"countries": ["Danmark"]}, 'country code, found "Danmark"; write DK'),
        ({"countries": {"UK": 1}}, 'country code, found "UK"; write GB'),
        ({"countries": ["dk"]}, 'country code, found "dk"; write DK'),
        ({"countries": ["Atlantis"]}, 'found "Atlantis"; write a code of two letters as DK'),
        ({"countries": [["DK"]]}, "audience.countries: item 1 must be text, found a list of 1"),
        ({"cities": ["København"]}, 'audience.cities: must be a country and a city, found "Køb'),
        ({"cities": ["QQ:Aarhus"]}, 'audience.cities: must be a country and a city, found "QQ:'),
        ({"ages": ["young"]}, 'audience.ages: must be a band of ages, found "young"; write one'),
        ({"ages": ["44-25"]}, 'found "44-25"'),
        ({"ages": ["5-10"]}, "audience.ages: must end at 13 or later"),
        ({"ages": ["25"]}, "audience.ages: must be a band of ages"),
        ({"ages": [25]}, "audience.ages: item 1 must be text, found 25"),
        ({"genders": ["women"]}, 'one of female, male, other, found "women"; write female'),
        ({"genders": ["femal"]}, 'found "femal"; did you mean female?'),
        ({"languages": ["Danish"]}, 'ISO 639 language code, found "Danish"; write da'),
        ({"languages": ["dansk sprog"]}, 'found "dansk sprog"; write a code as da'),
        ({"genders": {"male": -0.1}}, "audience.genders.male: must be a number, 0 or above"),
        ({"genders": {"male": float("nan")}}, "genders.male: must be a number, 0 or above, found"),
        ({"genders": {"male": float("inf")}}, "genders.male: must be a number, 0 or above, found"),
        ({"genders": {"male": True}}, "genders.male: must be a number, 0 or above, found true"),
        ({"genders": {"male": "1"}}, 'genders.male: must be a number, 0 or above, found "1"'),
        ({"genders": {"male": 0, "female": 0.0}}, "audience.genders: must have a weight above 0"),
        ({}, "audience: must name at least one of countries, cities, ages, genders, languages"),
    ],
)
def test_what_is_wrong_is_told(audience, told):
    with pytest.raises(BriefError) as raised:
        target(**audience)
    (problem,) = raised.value.problems
    assert told in problem


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(GENDERS), st.floats(0, allow_infinity=False), min_size=1
    ).filter(lambda weights: any(weights.values()))
)
def test_shares_sum_to_1_and_stand_in_the_proportion_of_the_weights(weights):
    shares = target(genders=weights)["gender"]
    assert sum(shares.values()) == pytest.approx(1)
    assert set(shares) <= {name for name, weight in weights.items() if weight > 0}
    greatest = max(weights, key=weights.__getitem__)
    assert max(shares.values()) == shares[greatest]
