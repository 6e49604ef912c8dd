import pytest

from schemas.audience import UNREPORTED
from tests.transforms.deliveries.made_up import broken, read_one, rows

HEADER = '"Gender","Distribution"'
ZIP = "tiktok/anna/Followers_anna.zip"


def gender(*lines: str, header: str = HEADER):
    return read_one(ZIP, "\n".join(["\ufeff" + header, *lines]), member="FollowerGender.csv")


def test_fractions_are_shares_and_other_is_a_gender():
    reading = gender('"Female","0.61"', '"Male","0.38"', '"Other","0.01"')
    assert rows(reading, "audience", "account_ref", "basis", "dimension", "segment", "share") == [
        ("anna", "followers", "gender", "female", 0.61),
        ("anna", "followers", "gender", "male", 0.38),
        ("anna", "followers", "gender", "other", 0.01),
    ]


def test_the_percentages_of_2021_are_the_same_shares():
    reading = gender('"Female","61%"', '"Male","39%"')
    assert rows(reading, "audience", "segment", "share") == [("female", 0.61), ("male", 0.39)]


def test_a_word_that_is_no_gender_is_quarantined_and_its_share_unreported():
    reading = gender('"Female","0.5"', '"Male","0.3"', '"Cats","0.2"')
    assert [row[1:] for row in broken(reading)] == [
        ("Gender", "is not a known word for one of female, male, other", "Cats")
    ]
    assert dict(rows(reading, "audience", "segment", "share"))[UNREPORTED] == pytest.approx(0.2)


def test_a_header_only_file_is_empty():
    assert gender().record.status == "empty"
