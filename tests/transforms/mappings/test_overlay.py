import pytest

from tests.transforms.deliveries.made_up import read, rows, source
from transforms.exports import EXPORTS
from transforms.mappings.overlay import with_overlay
from transforms.mappings.problems import MappingError

FINNISH = """
[headers.date]
fi = ["Päivämäärä"]
[headers.followers]
fi = [{ name = "Seuraajat", seen = "documentation" }]
[headers.difference]
fi = ["Muutos"]
"""


def wrong(text: str) -> str:
    with pytest.raises(MappingError) as raised:
        with_overlay(EXPORTS["tiktok_follower_history"], text)
    return str(raised.value)


def test_a_file_in_a_language_that_an_overlay_adds_is_read():
    export = with_overlay(EXPORTS["tiktok_follower_history"], FINNISH)
    file = source("tiktok/anna/s.csv", "Päivämäärä,Seuraajat,Muutos\nJune 1,10,1\n")
    (reading,) = read(file, exports=EXPORTS | {export.name: export})
    assert (reading.record.status, reading.record.language) == ("loaded", "fi")
    assert rows(reading, "account_day", "followers") == [(10,)]


def test_two_columns_named_alike_are_an_error_that_names_both():
    said = wrong('[headers.followers]\nfi = ["Date"]')
    assert "names date and followers" in said or "names followers and date" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[headers.follower]\nfi = ["x"]', "did you mean followers?"),
        ('[header.followers]\nfi = ["x"]', "did you mean headers?"),
        ('[headers.followers]\nfi = "x"', "is no list of names"),
        ('[headers.followers]\nFinnish = ["x"]', "is no code of a language"),
        ('headers = ["x"]', "stands where columns should"),
        ('[headers]\nfollowers = ["x"]', "stands where languages should"),
        ('[headers.followers]\nfi = [{ name = "x", seen = "maybe" }]', "is no list of names"),
        ("[headers", "is no TOML"),
    ],
)
def test_a_wrong_overlay_is_an_error_with_advice(text, said):
    assert said in wrong(text)


ICELANDIC = """
[headers.other_dimension]
is = [{ name = "Uppruni", is = "traffic_source" }]
[headers.views]
is = ["Horf"]
[labels.total]
is = ["Samtals"]
[labels.external]
is = ["Utan YouTube"]
"""


def test_words_of_cells_that_an_overlay_adds_are_understood():
    export = with_overlay(EXPORTS["youtube_breakdown"], ICELANDIC)
    text = "Uppruni,Horf\nSamtals,9\nUtan YouTube,7\nYouTube search,2\n"
    (reading,) = read(source("youtube/anna/a.csv", text), exports=EXPORTS | {export.name: export})
    assert rows(reading, "account_breakdown", "dimension", "segment", "views") == [
        ("traffic_source", "external", 7),
        ("traffic_source", "youtube_search", 2),
    ]
    assert reading.reconciliation.select("said", "found", "reason").rows() == [(9, 9, "agrees")]


def test_a_name_of_a_column_of_several_kinds_says_which_it_is():
    text = '[headers.other_dimension]\nis = ["Uppruni"]'
    with pytest.raises(MappingError, match='say what it is, as in is = "traffic_source"'):
        with_overlay(EXPORTS["youtube_breakdown"], text)


def _expressions(export):
    parsed = [*export.columns.values(), *export.checks]
    every = [one for reading in parsed for one in (reading.value, reading.failed)]
    return b"".join(one.meta.serialize() for one in (*every, *(n.rows for n in export.not_data)))


@pytest.mark.parametrize("name", [name for name in EXPORTS if EXPORTS[name].vocabulary.labels])
def test_every_word_that_the_expressions_of_an_export_know_can_be_added_to(name):
    export, told = EXPORTS[name], _expressions(EXPORTS[name])
    vocabulary = export.vocabulary
    for label in vocabulary.labels:
        if not all(word.encode() in told for word in vocabulary.words(label)):
            continue
        added = with_overlay(export, f'[labels.{label}]\nqq = ["a brand new word"]')
        assert b"a brand new word" in _expressions(added), label
