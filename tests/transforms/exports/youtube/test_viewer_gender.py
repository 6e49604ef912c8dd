import pytest

from schemas.audience import UNREPORTED
from tests.transforms.deliveries.made_up import broken, read_one, rows


def gender(header: str, *lines: str):
    return read_one("youtube/anna/Table data.csv", "\n".join([header, *lines]))


def test_a_gender_in_the_viewers_own_words_is_other():
    reading = gender("Viewer gender,Views (%)", "Female,33.5", "Male,66", "User-specified,0.5")
    assert rows(reading, "audience", "basis", "dimension", "segment", "share") == [
        ("views", "gender", "female", 0.335),
        ("views", "gender", "male", 0.66),
        ("views", "gender", "other", 0.005),
    ]


def test_without_a_period_in_a_name_the_record_says_so():
    reading = gender("Tittarnas kön,Visningar (%)", "Kvinna,40", "Man,60")
    assert rows(reading, "audience", "segment", "period_end") == [("female", None), ("male", None)]
    assert any("period" in note for note in reading.record.notes)


def test_a_word_not_known_is_quarantined_and_its_share_unreported():
    reading = gender("Viewer gender,Views (%)", "Female,40", "Penguin,60")
    assert [row[1::2] for row in broken(reading)] == [("Viewer gender", "Penguin")]
    assert dict(rows(reading, "audience", "segment", "share")) == {
        "female": 0.4,
        UNREPORTED: pytest.approx(0.6),
    }
