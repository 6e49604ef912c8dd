import pytest

from transforms.reference.disclosure import DisclosureError, disclosure_words

MARKET = """
[IT]
language = "it"
clear = ["pubblicità"]
unclear = ["#adv"]
only_first = []
source = "made up"
read_on = 2026-11-23
"""


def test_every_list_that_ships_has_clear_words_and_a_source():
    shipped = disclosure_words()
    assert {"DK", "SE", "NO", "DE", "FR", "GB", "US"} <= {each.market for each in shipped}
    assert all(each.clear and len(each.source) > 20 for each in shipped)


def test_the_danish_words_are_those_of_the_consumer_ombudsman():
    danish = next(each for each in disclosure_words() if each.market == "DK")
    assert danish.clear == ("reklame", "annonce")
    assert {"sponsoreret", "spons", "ad", "#ad", "in collaboration with"} <= set(danish.unclear)


def test_no_list_calls_a_word_both_clear_and_unclear():
    assert not any(set(each.clear) & set(each.unclear) for each in disclosure_words())


def test_an_overlay_adds_a_market():
    assert {each.market for each in disclosure_words(MARKET)} == {
        *(each.market for each in disclosure_words()),
        "IT",
    }


def test_an_overlay_replaces_a_market():
    replaced = disclosure_words(MARKET.replace("IT", "DK"))
    assert next(each for each in replaced if each.market == "DK").clear == ("pubblicità",)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("[IT", "not TOML"),
        ("clear = 1", "clear = 1 stands outside a market"),
        (MARKET.replace("language", "tongue"), r"\[IT\] lacks or does not know language, tongue"),
        (MARKET.replace('["pubblicità"]', '"pubblicità"'), r"\[IT\] clear = 'pubblicità' must be"),
        (MARKET.replace('"pubblicità"', '"!"'), r"\[IT\] clear = \['!'\] must be a list of words"),
        (MARKET.replace("only_first = []", 'only_first = ["ad"]'), "neither clear nor unclear"),
        (MARKET.replace("2026-11-23", '"today"'), "read_on = 'today' must be a day"),
    ],
)
def test_a_wrong_list_is_an_error_that_says_what_to_do(written, message):
    with pytest.raises(DisclosureError, match=message):
        disclosure_words(written)
