import pytest

from transforms.places import countries
from transforms.places.languages import language_code, languages_of


def test_a_country_of_one_language_speaks_it():
    assert languages_of("DK") == {"da": 1.0}


def test_official_languages_share_by_the_people_who_use_them():
    assert languages_of("BE") == pytest.approx({"nl": 55 / 115, "fr": 38 / 115, "de": 22 / 115})


def test_languages_of_a_region_are_left_out():
    assert languages_of("ES") == {"es": 1.0}
    assert languages_of("US") == {"en": 1.0}


def test_two_forms_of_a_language_count_once():
    assert languages_of("NO") == {"no": 1.0}
    assert set(languages_of("XK")) == {"sq", "sr"}
    assert set(languages_of("CH")) == {"de", "fr", "it"}


def test_shares_sum_to_one_wherever_people_live():
    nobody = {code for code in countries._codes() if not languages_of(code)}
    assert nobody == {"AQ", "BV", "HM", "TF"}
    for code in countries._codes() - nobody:
        assert sum(languages_of(code).values()) == pytest.approx(1, abs=1e-12)


def test_what_is_no_country_is_an_error():
    with pytest.raises(ValueError, match="'EU' is no ISO 3166-1"):
        languages_of("EU")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("da", "da"),
        ("DA", "da"),
        ("pt-BR", "pt"),
        ("zh_Hant", "zh"),
        ("nb", "no"),
        ("Dansk", "da"),
        ("danish", "da"),
        ("Tysk", "de"),
        ("日本語", "ja"),
        ("Filipino", "tl"),
    ],
)
def test_a_language_is_known_by_its_code_and_by_its_names(name, code):
    assert language_code(name) == code


@pytest.mark.parametrize("name", ["", "xx", "und", "mul", "Klingonsk", "romainis"])
def test_what_is_no_language_or_two_has_no_code(name):
    assert language_code(name) is None
