import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.brief import AGE_BANDS
from transforms.audience.bands import band_parts, canonical_bands


@pytest.mark.parametrize("band", AGE_BANDS)
def test_a_canonical_band_is_itself(band):
    assert band_parts(band) == {band: 1.0}


@pytest.mark.parametrize(
    ("segment", "band"),
    [
        ("13\u201317 years", "13-17"),
        ("18 a 24 anos", "18-24"),
        ("under 18", "13-17"),
        ("<18", "13-17"),
        ("0-17", "13-17"),
        ("65-", "65+"),
        ("65-74", "65+"),
        ("90+", "65+"),
        ("25-29", "25-34"),
    ],
)
def test_a_band_within_a_canonical_one_is_that(segment, band):
    assert band_parts(segment) == {band: 1.0}


def test_a_wider_band_is_divided_by_years():
    assert band_parts("18-34") == pytest.approx({"18-24": 7 / 17, "25-34": 10 / 17})
    assert band_parts("45-64") == {"45-54": 0.5, "55-64": 0.5}


def test_an_open_band_reaches_84():
    assert band_parts("55+") == band_parts("55-") == pytest.approx({"55-64": 1 / 3, "65+": 2 / 3})


def test_years_before_13_count_for_nothing():
    assert band_parts("0-24") == pytest.approx({"13-17": 5 / 12, "18-24": 7 / 12})


def test_a_band_wholly_before_13_is_the_youngest():
    assert band_parts("under 13") == band_parts("5-9") == {"13-17": 1.0}


@pytest.mark.parametrize("segment", ["others", "unreported", "unknown"])
def test_what_holds_no_years_stays_as_it_is(segment):
    assert band_parts(segment) == {segment: 1.0}


def test_only_a_divided_band_is_an_estimate():
    bands = canonical_bands(["18-24", "55+", "others"])
    assert dict(bands.group_by("segment").first().select("segment", "is_split").iter_rows()) == {
        "18-24": False,
        "55+": True,
        "others": False,
    }


@given(
    st.tuples(st.integers(0, 120), st.integers(0, 120)).map(lambda ages: f"{ages[0]}-{ages[1]}")
    | st.integers(0, 120).map("{}+".format)
    | st.integers(0, 120).map("under {}".format)
    | st.text()
)
def test_dividing_conserves_the_whole(segment):
    assert sum(band_parts(segment).values()) == pytest.approx(1, abs=1e-12)


@given(st.integers(13, 83).flatmap(lambda a: st.tuples(st.just(a), st.integers(a + 1, 84))))
def test_two_halves_of_a_band_make_the_whole(ages):
    first, last = ages
    middle = (first + last) // 2
    years = last - first + 1
    halves = {}
    for start, end in ((first, middle), (middle + 1, last)):
        for band, part in band_parts(f"{start}-{end}").items():
            halves[band] = halves.get(band, 0) + part * (end - start + 1) / years
    assert halves == pytest.approx(dict(band_parts(f"{first}-{last}")))
