import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.brief import AGE_BANDS, TARGET_DIMENSIONS
from transforms.briefs.segments import SEGMENTS
from transforms.briefs.table import TextError


def test_every_dimension_of_a_brief_has_its_reading():
    assert tuple(SEGMENTS) == TARGET_DIMENSIONS


@pytest.mark.parametrize(
    ("dimension", "written", "segments"),
    [
        ("country", "GB", {"GB": 1.0}),
        ("city", "DK:Køge", {"DK:koge": 1.0}),
        ("age", "65+", {"65+": 1.0}),
        ("age", "13-24", {"13-17": 5 / 12, "18-24": 7 / 12}),
        ("gender", "other", {"other": 1.0}),
        ("language", "nb", {"no": 1.0}),
        ("interest", "Mad & vin", {"Mad & vin": 1.0}),
    ],
)
def test_a_segment_is_read(dimension, written, segments):
    assert SEGMENTS[dimension](written) == pytest.approx(segments)


@settings(deadline=None)
@given(st.integers(0, 99), st.integers(0, 99))
def test_a_band_of_ages_is_divided_whole_or_refused(first, last):
    if last < max(13, first):
        with pytest.raises(TextError, match="must end at 13 or later"):
            SEGMENTS["age"](f"{first}-{last}")
    else:
        parts = SEGMENTS["age"](f"{first}-{last}")
        assert set(parts) <= set(AGE_BANDS)
        assert sum(parts.values()) == pytest.approx(1)


@pytest.mark.parametrize("dimension", [name for name in TARGET_DIMENSIONS if name != "interest"])
@settings(deadline=None)
@given(written=st.text(min_size=1, max_size=8))
def test_any_text_is_read_or_refused(dimension, written):
    try:
        parts = SEGMENTS[dimension](written)
    except TextError:
        return
    assert sum(parts.values()) == pytest.approx(1)
