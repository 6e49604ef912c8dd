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
