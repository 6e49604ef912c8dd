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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[headers.other_dimension]\nis = ["Uppruni"]', 'say what it is, as is = "traffic_source"'),
        (
            '[headers.other_dimension]\nis = [{ name = "Uppruni", is = "Traffic source" }]',
            "is no list of names",
        ),
        ('[headers.views]\nis = [{ name = "Horf", is = "x" }]', "`is` says nothing here"),
        ('[labels.other]\nfi = ["External"]', '"External" is a word of external already'),
        ('[labels.total]\nfi = [{ name = "EXTERNAL" }]', "is a word of external already"),
    ],
)
def test_what_a_name_is_and_whose_word_it_is_must_be_clear(text, said):
    with pytest.raises(MappingError) as raised:
        with_overlay(EXPORTS["youtube_breakdown"], text)
    assert said in str(raised.value)


def test_a_label_that_is_said_again_is_no_error():
    export = EXPORTS["youtube_breakdown"]
    assert with_overlay(export, '[labels.external]\nfi = ["External", "Ulkoinen"]')


def _expressions(export):
    parsed = [*export.columns.values(), *export.checks]
    every = [one for reading in parsed for one in (reading.value, reading.failed)]
    return b"".join(one.meta.serialize() for one in (*every, *(n.rows for n in export.not_data)))


KNOWN = [
    (name, label)
    for name, export in EXPORTS.items()
    for told in [_expressions(export) if export.vocabulary.labels else b""]
    for label in export.vocabulary.labels
    if all(word.encode() in told for word in export.vocabulary.words(label))
]


@pytest.mark.parametrize("name", sorted({name for name, _ in KNOWN}))
def test_every_word_that_the_expressions_of_an_export_know_can_be_added_to(name):
    for label in [label for export, label in KNOWN if export == name]:
        added = with_overlay(EXPORTS[name], f'[labels.{label}]\nqq = ["a brand new word"]')
        assert b"a brand new word" in _expressions(added), label


def test_most_exports_compare_cells_with_words():
    assert len({name for name, _ in KNOWN}) > 25
