import pytest

from schemas.audience import OTHERS, UNREPORTED
from tests.transforms.deliveries.made_up import broken, read_one, rows

ZIP = "tiktok/anna/Followers_anna.zip"


def territories(*lines: str, header: str = '"Top territories","Distribution"'):
    text = "\n".join(["\ufeff" + header, *lines])
    return read_one(ZIP, text, member="FollowerTopTerritories.csv")


def test_codes_are_countries_and_others_are_the_platforms_own_rest():
    reading = territories('"DK","0.704"', '"XK","0.015"', '"Others","0.281"')
    assert rows(reading, "audience", "basis", "dimension", "segment", "share") == [
        ("followers", "country", "DK", 0.704),
        ("followers", "country", "XK", 0.015),
        ("followers", "country", OTHERS, 0.281),
    ]


def test_the_names_of_2021_are_countries_and_what_they_lack_is_unreported():
    lines = ['"Ireland","0%"', '"United Kingdom","3%"', '"United States","95%"']
    reading = territories(*lines, header='"Top Territories","Distribution"')
    assert sorted(rows(reading, "audience", "segment", "share")) == [
        ("GB", 0.03),
        ("IE", 0.0),
        ("US", 0.95),
        (UNREPORTED, pytest.approx(0.02)),
    ]


def test_what_is_no_country_is_quarantined():
    reading = territories('"DK","0.7"', '"Atlantis","0.3"')
    assert [row[1:] for row in broken(reading)] == [
        ("Top territories", "is not a country", "Atlantis")
    ]
    assert (reading.record.loaded, reading.record.quarantined) == (1, 1)


def test_a_header_only_file_is_empty():
    assert territories().record.status == "empty"


@pytest.mark.parametrize("lines", [("DK;0,7", "XK;0,299"), ("DK;70,0%", "XK;29,9 %")])
def test_decimal_commas_of_a_spreadsheet_are_decimals(lines):
    reading = territories(*lines, header="Top territories;Distribution")
    assert dict(rows(reading, "audience", "segment", "share")) == {
        "DK": 0.7,
        "XK": pytest.approx(0.299),
        UNREPORTED: pytest.approx(0.001),
    }
