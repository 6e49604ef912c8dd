import pytest

from schemas.audience import UNREPORTED
from tests.transforms.deliveries.made_up import broken, read_one, rows


def geography(*lines: str):
    return read_one("youtube/anna/Table data.csv", "\n".join(["Geography,Views", *lines]))


def test_what_the_total_has_beyond_the_countries_is_unreported():
    reading = geography("Total,200", "DK,120", "SE,30")
    assert sorted(rows(reading, "audience", "basis", "dimension", "segment", "share")) == [
        ("views", "country", "DK", 0.6),
        ("views", "country", "SE", 0.15),
        ("views", "country", UNREPORTED, pytest.approx(0.25)),
    ]
    assert (reading.record.loaded, reading.record.not_data) == (2, 1)


def test_a_country_that_studio_does_not_know_is_unreported_with_the_rest():
    reading = geography("Total,200", "DK,120", "ZZ,30")
    assert dict(rows(reading, "audience", "segment", "share")) == {
        "DK": 0.6,
        UNREPORTED: pytest.approx(0.4),
    }
    assert reading.record.loaded == 2


def test_without_a_total_the_shares_are_of_what_is_listed():
    reading = geography("DK,120", "SE,40")
    assert rows(reading, "audience", "segment", "share", "is_share_of_listed") == [
        ("DK", 0.75, True),
        ("SE", 0.25, True),
    ]


def test_what_is_no_country_is_quarantined():
    assert [row[1:] for row in broken(geography("DK,120", "QQ,40"))] == [
        ("Geography", "is not a country", "QQ")
    ]
