import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.places.cities import city_of_brief, read_city
from transforms.places.gazetteer import _gazetteer, people


def certain(label):
    read = read_city(label)
    (city,) = read.meanings
    assert read.is_certain
    assert city.key.startswith(f"{city.country}:")
    return city.key


@pytest.mark.parametrize(
    "label",
    [
        "København, Danmark",
        "Copenhagen, Denmark",
        "Kopenhagen, Dänemark",
        "KOBENHAVN, Denmark",
        "Копенгаген, Дания",
    ],
)
def test_a_city_has_one_key_under_any_spelling(label):
    assert certain(label) == "DK:copenhagen"


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Stockholm, Sverige", "SE:stockholm"),
        ("São Paulo, SP, Brazil", "BR:sao paulo"),
        ("Cape Town, South Africa", "ZA:cape town"),
        ("London, UK", "GB:london"),
        ("London, England", "GB:london"),
        ("Delhi, India", "IN:delhi"),
        ("New Delhi, India", "IN:new delhi"),
        ("Washington D. C., DC, USA", "US:washington"),
        ("St Petersburg, Russia", "RU:saint petersburg"),
        ("Sydney NSW, Australia", "AU:sydney"),
        ("Tbilisi, Georgia", "GE:tbilisi"),
        ("東京、日本", "JP:tokyo"),
        ("Springfield, Illinois, United States", "US:springfield, il"),
        ("Wolmaransstad Farm, South Africa", "ZA:wolmaransstad farm"),
    ],
)
def test_a_country_named_last_is_certain(label, key):
    assert certain(label) == key


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("New York, NY", "US:new york city"),
        ("Los Angeles, CA", "US:los angeles"),
        ("Springfield, IL", "US:springfield, il"),
        ("Atlanta, Georgia", "US:atlanta"),
        ("Santa Maria, CA", "US:santa maria"),
    ],
)
def test_a_state_tells_the_city_where_it_has_one_of_that_name(label, key):
    read = read_city(label)
    assert ([one.key for one in read.meanings], read.is_certain) == ([key], False)


def test_a_name_alone_means_the_most_populous_city_of_each_country():
    read = read_city("London")
    assert not read.is_certain
    assert [one.key for one in read.meanings] == ["CA:london", "GB:london"]
    canada, britain = read.meanings
    assert canada.of_country == pytest.approx(422_324 / people("CA"))
    assert britain.of_world > canada.of_world


def test_two_letters_at_the_end_are_no_country():
    assert {one.country for one in read_city("Santa Maria, RS").meanings} >= {"BR", "PH", "US"}
    assert [one.key for one in read_city("Florianópolis, SC").meanings] == ["BR:florianopolis"]


def test_a_place_the_gazetteer_does_not_know_keeps_its_own_name():
    (unknown,) = read_city("Lille Skensved, Region X").meanings
    assert (unknown.key, unknown.country) == ("ZZ:lille skensved", None)


def test_keys_of_cities_are_unique():
    keys = [one.key for one in _gazetteer().cities]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("text", ["DK:København", "dk: copenhagen ", "Danmark:Kobenhavn"])
def test_a_brief_names_a_city_as_exports_do(text):
    assert city_of_brief(text) == "DK:copenhagen"


def test_a_brief_may_name_a_village():
    assert city_of_brief("DK:Ærøskøbing") == certain("Ærøskøbing, Danmark") == "DK:aeroskobing"


@pytest.mark.parametrize(
    ("text", "what_to_write"),
    [
        ("København", "'København' needs its country: write `DK:København`"),
        ("DK:", "'DK:' needs its country"),
        ("EU:Paris", "'EU' is no country; write its ISO code, as in `DK:København`"),
    ],
)
def test_a_city_of_a_brief_without_a_country_is_an_error(text, what_to_write):
    with pytest.raises(ValueError, match=what_to_write):
        city_of_brief(text)


@given(st.text(min_size=1))
def test_every_label_has_meanings_of_one_country_each(label):
    meanings = read_city(label).meanings
    countries = [one.country for one in meanings]
    assert len(set(countries)) == len(countries) >= 1
    for one in meanings:
        assert one.key.startswith(f"{one.country or 'ZZ'}:")
        assert 0 <= one.of_world <= one.of_country <= 1
