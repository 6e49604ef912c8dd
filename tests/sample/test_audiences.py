import tomllib

import pytest

from tests.sample import audiences, briefs
from tests.sample.audiences import Audience
from tests.sample.cast import ACCOUNTS
from tests.sample.place_names import COUNTRIES, city

ALL = {name: one for name, one in vars(audiences).items() if isinstance(one, Audience)}


@pytest.mark.parametrize("audience", ALL.values(), ids=ALL)
def test_shares_sum_to_one_and_cities_are_no_more_than_their_country(audience):
    in_cities = {
        country: sum(share for (where, _), share in audience.cities.items() if where == country)
        for country in audience.countries
    }

    assert sum(audience.countries.values()) == pytest.approx(1)
    assert sum(audience.genders.values()) == pytest.approx(1)
    assert sum(audience.joint.values()) + audience.other == pytest.approx(1)
    assert sum(audience.ages.values()) == pytest.approx(1)
    assert all(in_cities[where] <= share for where, share in audience.countries.items())
    assert {where for where, _ in audience.cities} <= set(audience.countries)


def test_one_audience_is_exactly_what_the_oat_milk_brief_wants():
    wanted = tomllib.loads(briefs.write()[f"briefs/{briefs.OATS}.toml"].decode())["audience"]
    target = audiences.YOUNG_DANISH_WOMEN

    assert target.countries == wanted["countries"]
    assert target.ages == pytest.approx({band: 0.5 for band in wanted["ages"]})
    assert {key: share for key, share in target.genders.items() if share} == pytest.approx(
        wanted["genders"]
    )


def test_the_opposite_shares_no_country_no_age_and_few_women_with_it():
    target, opposite = audiences.YOUNG_DANISH_WOMEN, audiences.BRAZILIAN_MEN_PAST_45

    assert not set(target.countries) & set(opposite.countries)
    assert not set(target.age_gender) & set(opposite.age_gender)
    assert opposite.genders["female"] < 0.1


def test_every_kind_of_audience_export_occurs_in_the_cast():
    kinds = {account.audience_export for account in ACCOUNTS}
    signe = {one.platform: one.audience for one in ACCOUNTS if one.creator_id == "signe"}

    assert kinds == {"full", "without_cities", "vertical", "header_only", "none"}
    assert signe["instagram"] != signe["tiktok"]


def test_every_place_has_a_name_in_the_language_of_its_account():
    for account in ACCOUNTS:
        if account.platform == "instagram" and account.audience_export != "none":
            assert set(account.audience.countries) <= set(COUNTRIES[account.language])
            assert all(city(*place, account.language) for place in account.audience.cities)
