import pytest

from transforms.vocabulary import Name, Vocabulary, VocabularyError, read_vocabulary

NAMES = Vocabulary(
    headers={
        "views": (Name("Views", "en"), Name("Visninger", "da", "documentation")),
        "revenue": (Name("Estimated revenue ({currency})", "en"),),
    },
    labels={"total": (Name("Total", "en"),)},
)


def test_a_header_is_matched_however_it_is_hyphenated_or_spaced():
    assert NAMES.match(" Vis\u00adnin\u00adger ").column == "views"
    assert NAMES.match("Plays") is None


def test_a_currency_is_read_out_of_its_header():
    found = NAMES.match("Estimated revenue (DKK)")
    assert (found.column, found.told) == ("revenue", "DKK")
    assert NAMES.match("Estimated revenue") is None


def test_a_header_is_spelled_in_the_language_of_the_file_else_in_english():
    assert NAMES.spell("views", "da") == "Visninger"
    assert NAMES.spell("revenue", "da") == "Estimated revenue ({currency})"


def test_a_deployment_adds_a_language_without_code():
    added = NAMES.extended('[headers.views]\nis = ["Áhorf"]\n[labels.total]\nis = ["Samtals"]')
    assert added.match("Áhorf").languages == {"is"}
    assert added.words("total") == ("total", "samtals")
    assert added.match("Views").column == "views"


def test_one_spelling_for_two_columns_is_an_error_that_names_both():
    twice = NAMES.extended('[headers.plays]\nfr = ["Views"]')
    with pytest.raises(VocabularyError, match="views and plays"):
        twice.match("Views")


def test_an_unknown_table_in_the_toml_is_an_error():
    with pytest.raises(VocabularyError, match="colums"):
        NAMES.extended('[colums.views]\nfr = ["Vues"]')


def test_an_export_reads_the_names_beside_it_and_those_it_includes():
    names = read_vocabulary("transforms.exports.youtube.date")
    assert {"de", "en", "ja", "pt", "sv"} <= set(names.languages)
    assert names.match("Visningar").column == "views"
    assert names.match("Unfollows").column == "foreign_metric"


def test_a_title_is_matched_apart_from_headers():
    titled = NAMES.extended('[titles.reach]\nen = ["Reach"]\npt = ["Alcance"]')
    assert titled.match_title(" reach ").column == "reach"
    assert titled.match("Reach") is None
    assert titled.match_title("Views") is None
    assert titled.languages == ("da", "en", "pt")


def test_a_kind_of_name_nobody_knows_is_an_error_that_lists_the_known():
    with pytest.raises(VocabularyError, match=r"\[headers\.\*\], \[labels\.\*\], \[titles"):
        NAMES.extended('[footers.total]\nen = ["Total"]')


def test_a_header_that_a_database_rewrote_is_matched_unless_two_columns_have_it():
    names = Vocabulary(
        {
            "watch": (Name("Watch time (hours)", "en"),),
            "one": (Name("A b", "en"),),
            "two": (Name("A_b", "en"),),
        },
        {},
    )
    assert names.match("Watch_time(hours)").column == "watch"
    assert names.match("A_b").column == "two"
    assert names.match("A__b") is None
