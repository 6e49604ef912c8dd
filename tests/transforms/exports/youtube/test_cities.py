import pytest

from schemas.audience import UNREPORTED
from tests.transforms.deliveries.made_up import broken, read_one, rows


def cities(*lines: str):
    return read_one("youtube/anna/Table data.csv", "\n".join(["Cities,City name,Views", *lines]))


def test_the_platforms_name_of_a_city_is_its_segment():
    reading = cities("Total,,200", '0x1:0xa,"New York,  NY, USA ",120', "0x2:0xb,London,30")
    assert sorted(rows(reading, "audience", "basis", "dimension", "segment", "share")) == [
        ("views", "city", "London", 0.15),
        ("views", "city", "New York, NY, USA", 0.6),
        ("views", "city", UNREPORTED, pytest.approx(0.25)),
    ]


def test_two_cities_of_one_name_are_one_segment():
    reading = cities("Total,,200", "0x1:0xa,Springfield,120", "0x2:0xb,Springfield,80")
    assert rows(reading, "audience", "segment", "share") == [("Springfield", 1.0)]
    assert reading.record.loaded == 2


def test_a_city_without_a_name_is_quarantined_and_its_views_unreported():
    reading = cities("Total,,200", "0x1:0xa,Lund,120", "0x2:0xb,,40", "0x3:0xc,,40")
    assert [row[1:3] for row in broken(reading)] == [("City name", "segment is missing")] * 2
    assert dict(rows(reading, "audience", "segment", "share")) == {
        "Lund": 0.6,
        UNREPORTED: pytest.approx(0.4),
    }


def test_the_footer_of_a_cut_list_is_no_city():
    reading = cities("0x1:0xa,Lund,120", "Showing top 500 results")
    assert (reading.record.loaded, reading.record.not_data) == (1, 1)
    assert rows(reading, "audience", "is_share_of_listed") == [(True,)]
