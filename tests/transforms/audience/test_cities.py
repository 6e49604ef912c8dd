from datetime import date

import polars as pl
import pytest

from transforms.audience.cities import canonical_cities

JUNE = date(2026, 6, 1)


@pytest.fixture
def key_of(core_audience):
    """Give the key of a label, and whether it was resolved, for an audience of some countries."""

    def run(label, countries, observed_on=JUNE):
        days = countries if all(isinstance(day, date) for day in countries) else {JUNE: countries}
        rows = canonical_cities(
            core_audience(
                {"dimension": "city", "segment": label, "observed_on": observed_on}
            ).collect(),
            core_audience(
                *(
                    {"segment": country, "share": share, "observed_on": day}
                    for day, shares in days.items()
                    for country, share in shares.items()
                )
            ).collect(),
        )
        return rows.select("segment", "is_resolved").row(0)

    return run


def test_a_country_that_the_label_names_needs_no_audience(key_of):
    assert key_of("London, UK", {"CA": 1.0}) == ("GB:london", False)


def test_without_a_country_the_audience_tells_it(key_of):
    assert key_of("Santa Maria, RS", {"BR": 0.9, "unreported": 0.1}) == ("BR:santa maria", True)
    assert key_of("Santa Maria", {"PH": 0.9})[0].startswith("PH:santa maria")
    assert key_of("London", {"CA": 0.9, "GB": 0.01}) == ("CA:london", True)


def test_a_smaller_share_of_a_country_can_be_more_people_in_its_city(key_of):
    assert key_of("London", {"CA": 0.3, "GB": 0.2}) == ("GB:london", True)


def test_without_an_audience_it_is_the_most_populous_city_of_the_name(key_of):
    assert key_of("Birmingham", {}) == ("GB:birmingham", True)
    assert key_of("Paris", {"DK": 1.0}) == ("FR:paris", True)


def test_a_place_nobody_knows_is_in_an_unknown_country(key_of):
    assert key_of("Lille Skensved", {"DK": 1.0}) == ("ZZ:lille skensved", False)


@pytest.mark.parametrize("segment", ["others", "unreported"])
def test_what_is_no_city_stays_as_it_is(key_of, segment):
    assert key_of(segment, {"DK": 1.0}) == (segment, False)


def test_the_countries_observed_nearest_in_time_tell_it(key_of):
    days = {date(2026, 5, 30): {"CA": 1.0}, date(2026, 6, 9): {"GB": 1.0}}
    assert key_of("London", days, date(2026, 6, 3))[0] == "CA:london"
    assert key_of("London", days, date(2026, 6, 4))[0] == "CA:london"
    assert key_of("London", days, date(2026, 6, 5))[0] == "GB:london"
    assert key_of("London", days, date(2026, 7, 1))[0] == "GB:london"


def test_no_row_is_lost_or_doubled(core_audience):
    names = ["London", "Paris", "London, UK", "others", "Nowhere at all"]
    accounts = [{"account_id": name} for name in ("anna", "bo")]
    cities = core_audience(
        *(
            account | {"dimension": "city", "segment": label}
            for account in accounts
            for label in names
        )
    )
    countries = core_audience(accounts[0] | {"segment": "CA"}, accounts[1] | {"segment": "US"})
    keys = canonical_cities(cities.collect(), countries.collect())
    assert keys.height == 10
    london = keys.filter(pl.col("segment").str.ends_with(":london")).sort("account_id", "segment")
    assert london["segment"].to_list() == ["CA:london", "GB:london", "GB:london", "GB:london"]
