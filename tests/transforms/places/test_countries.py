import time

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from transforms.places import countries
from transforms.places.countries import country_code, country_name, is_country
from transforms.places.spelling import normalised


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("DK", "DK"),
        (" dk ", "DK"),
        ("DNK", "DK"),
        ("Tyskland", "DE"),
        ("Estados Unidos", "US"),
        ("USA", "US"),
        ("U.S.", "US"),
        ("EE. UU.", "US"),
        ("UK", "GB"),
        ("GRAN BRETAÑA", "GB"),
        ("Índia", "IN"),
        ("india", "IN"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Czechia", "CZ"),
        ("Czech Republic", "CZ"),
        ("Česko", "CZ"),
        ("South Korea", "KR"),
        ("대한민국", "KR"),
        ("日本", "JP"),
        ("Ελλάδα", "GR"),
        ("Hong Kong", "HK"),
        ("Hong Kong SAR China", "HK"),
        ("Palestine", "PS"),
        ("The Netherlands", "NL"),
        ("Côte d'Ivoire", "CI"),
        ("Bosnia and Herzegovina", "BA"),
        ("Kosovo", "XK"),
        ("XK", "XK"),
    ],
)
def test_a_country_is_known_by_its_code_and_by_its_names(name, code):
    assert country_code(name) == code


@pytest.mark.parametrize("name", ["", "ZZ", "EU", "001", "150", "Europe", "Atlantis", "New York"])
def test_what_is_no_country_has_no_code(name):
    assert country_code(name) is None


def test_names_that_mean_two_countries_mean_neither():
    meanings: dict[str, set[str]] = {}
    for name, code in countries._names():
        meanings.setdefault(normalised(name), set()).add(code)
    ambiguous = {name: codes for name, codes in meanings.items() if len(codes) > 1}
    assert ambiguous == {"congo": {"CD", "CG"}, "kongo": {"CD", "CG"}}
    assert country_code("Congo") is None


def test_a_code_of_three_letters_needs_upper_case():
    assert (country_code("NGA"), country_code("Nga")) == ("NG", "RU")


def test_there_are_249_countries_and_kosovo():
    assert len(countries._codes()) == 250
    assert not is_country("EU")
    assert not is_country("dk")


@given(
    st.sampled_from(["da", "de", "el", "en", "es", "hi", "ja", "pt", "ru", "sv", "th", "tr"]),
    st.sampled_from(sorted(countries._codes())),
    st.sampled_from([str.upper, str.lower, str.title, lambda name: f" {name}. "]),
)
def test_every_name_of_a_language_leads_back_to_its_country(language, code, spell):
    name = spell(str(Locale.parse(language).territories[code]))
    if len(name) > 3 and normalised(name) not in ("congo", "kongo"):
        assert country_code(name) == code


def test_a_country_has_a_name_in_every_language():
    assert country_name("DK") == "Denmark"
    assert country_name("DK", "da") == "Danmark"
    with pytest.raises(ValueError, match="'Denmark' is no ISO 3166-1 alpha-2 code"):
        country_name("Denmark")


def test_names_are_read_once_in_little_time():
    countries._codes_of_names.cache_clear()
    start = time.process_time()
    country_code("Tyskland")
    first = time.process_time()
    for _ in range(1000):
        country_code("Tyskland")
    assert first - start < 1.5
    assert time.process_time() - first < 0.1
