import pytest

from transforms.fit.audience.wanted import segments_of, wanted, wanted_dimensions


def test_segments_of_weight_0_are_not_wanted_and_the_rest_sums_to_1(brief_for):
    brief = brief_for({"country": {"SE": 1.0, "DK": 3.0, "NO": 0.0}})

    assert wanted(brief, "country") == pytest.approx({"DK": 0.75, "SE": 0.25})
    assert wanted(brief, "city") == {}
    assert wanted_dimensions(brief) == ["country"]


def test_segments_of_several_briefs_are_united_and_paired_within_each(brief_for):
    one = brief_for({"age": {"18-24": 1.0}, "gender": {"female": 1.0}})
    other = brief_for({"age": {"25-34": 1.0}})

    segments = segments_of([one, other])

    assert segments["age"] == ["18-24", "25-34"]
    assert segments["age_gender"] == ["18-24:female"]
    assert segments["interest"] == []
