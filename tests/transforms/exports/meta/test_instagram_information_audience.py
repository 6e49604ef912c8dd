from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.deliveries.made_up import broken, read, source
from tests.transforms.exports.meta.information import ROOT, insights

RANGE = {"Date range": "Feb 6 - May 6"}
AGES = "18-24: 60%, 25-34: 40%"
BOTH = {
    "Follower percentage by age for men": "18-24: 25%, 25-34: 75%",
    "Follower percentage by age for women": "18-24: 50%, 25-34: 50%",
    "Total follower percentage for men": "64%",
    "Total follower percentage for women": "36%",
}


def audience(labels: dict[str, str], name: str = ROOT + "audience_insights.json") -> dict:
    """Read a file of the audience's root: what became of each part."""
    content = insights("audience", RANGE | labels)
    return {reading.record.export: reading for reading in read(source(name, content))}


def shares(labels: dict[str, str], dimension: str) -> dict[str, float]:
    reading = audience(labels)[f"instagram_information_{dimension}"]
    assert reading.record.status == "loaded", reading.record
    table = reading.tables["audience"]
    assert set(table["dimension"]) == {dimension}
    return {segment: round(share, 6) for segment, share in table.select("segment", "share").rows()}


def test_ages_are_shares_of_all_followers():
    labels = {"Follower percentage by age for all genders": AGES}
    assert shares(labels, "age") == {"18-24": 0.6, "25-34": 0.4}


def test_the_five_largest_leave_a_rest_unreported():
    labels = {"Follower percentage by country": "Nigeria: 60.1%, United States: 6.1%, Ghana: 3%"}
    assert shares(labels, "country") == {"NG": 0.601, "US": 0.061, "GH": 0.03, "unreported": 0.308}


def test_a_list_whose_comma_is_also_the_decimal_one():
    labels = {"Follower percentage by country": "Deutschland: 84,5%, Schweiz: 5,1%"}
    assert shares(labels, "country") == {"DE": 0.845, "CH": 0.051, "unreported": 0.104}


@pytest.mark.parametrize("label", ["town/city", "Town/City", "City"])
def test_a_city_can_have_a_comma_and_the_label_another_case(label):
    labels = {f"Follower Percentage by {label}": "Springfield, Illinois: 50%, Riverton: 7.5%"}
    assert shares(labels, "city") == {
        "Springfield, Illinois": 0.5,
        "Riverton": 0.075,
        "unreported": 0.425,
    }


def test_ages_within_each_gender_times_its_share_are_both_together():
    assert shares(BOTH, "age_gender") == {
        "18-24:male": 0.16,
        "25-34:male": 0.48,
        "18-24:female": 0.18,
        "25-34:female": 0.18,
    }
    assert shares(BOTH, "gender") == {"male": 0.64, "female": 0.36}


def test_what_rounding_leaves_out_of_the_product_is_spread_and_more_is_unreported():
    rounded = BOTH | {"Follower percentage by age for men": "18-24: 24.9%, 25-34: 74.9%"}
    assert sum(shares(rounded, "age_gender").values()) == pytest.approx(1)
    assert "unreported" not in shares(rounded, "age_gender")
    partial = BOTH | {"Follower percentage by age for men": "18-24: 25%"}
    assert shares(partial, "age_gender")["unreported"] == pytest.approx(0.48)


@pytest.mark.parametrize("missing", BOTH)
def test_without_one_of_the_four_age_and_gender_stay_apart(missing):
    rest = {label: cell for label, cell in BOTH.items() if label != missing}
    labels = rest | {"Follower percentage by age for all genders": AGES}
    assert "instagram_information_age_gender" not in audience(labels)
    assert shares(labels, "age") == {"18-24": 0.6, "25-34": 0.4}


def test_dashes_and_a_missing_label_are_not_reported():
    found = audience({"Follower percentage by country": "--", "Followers": "196"})
    assert set(found) == {"instagram_information_followers"}


def test_the_audience_is_of_the_day_of_export_and_says_the_range():
    labels = {"Follower percentage by age for all genders": AGES}
    record = audience(labels)["instagram_information_age"].record
    assert (record.observed_on, record.observed_on_source) == (date(2026, 5, 8), "name")
    assert (record.period_start, record.period_end) == (date(2026, 2, 6), date(2026, 5, 6))


def test_french_labels_with_their_apostrophes_and_spaces():
    found = audience(
        {
            "Pourcentage de followers en fonction de l\u2019âge pour\u00a0tous les genres": AGES,
            "Période": "Feb 6 - May 6",
        }
    )
    assert found["instagram_information_age"].record.language == "fr"


def test_shares_beyond_the_whole_refuse_their_own_part_alone():
    labels = {
        "Follower percentage by country": "Ghana: 80%, Nigeria: 60%",
        "Follower percentage by age for all genders": AGES,
    }
    found = audience(labels)
    assert found["instagram_information_country"].record.status == "refused"
    assert found["instagram_information_age"].record.status == "loaded"


def test_what_is_no_list_is_refused_with_the_cell():
    (record,) = (r.record for r in audience({"Follower percentage by country": "many"}).values())
    assert record.status == "refused"
    assert "'many' is no list like" in record.reason


def test_a_label_that_stands_twice_with_two_values_is_refused():
    labels = {"Follower percentage by city": "Lagos: 1%",
              "Follower percentage by town/city": "Lagos: 2%"}  # fmt: skip
    (record,) = {r.record.reason: r.record for r in audience(labels).values()}.values()
    assert "stands twice" in record.reason


def test_a_range_that_is_none_is_quarantined():
    content = insights("audience", {"Date range": "lately", **BOTH})
    readings = read(source(ROOT + "a.json", content))
    gender = next(r for r in readings if r.record.export == "instagram_information_gender")
    assert gender.record.loaded == 0
    assert broken(gender)[0] == (1, "Date range", "is not a span of days like Feb 6 - May 6",
                                 "lately")  # fmt: skip


def test_a_root_none_of_whose_labels_is_known_is_unrecognised_with_them():
    content = insights("audience", {"Ukendt": "1", "Andet": "2"})
    (reading,) = read(source(ROOT + "a.json", content))
    assert reading.record.status == "unrecognised"
    assert "'Ukendt', 'Andet'" in reading.record.reason


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*BOTH, *RANGE, "Followers", "Follows", "Follower percentage by country"]),
        st.text(max_size=12)
        | st.from_regex(r"([A-Za-z0-9+-]{1,6}: ?%?[0-9]{1,3}([.,][0-9])?%?[,;] ?){0,4}")
        | st.from_regex(r"[A-Z][a-z]{2} [0-9]{1,2} - [A-Z][a-z]{2} [0-9]{1,2}"),
        min_size=1,
    )
)
def test_whatever_stands_under_the_labels_is_read_or_refused_and_never_a_defect(labels):
    for reading in read(source(ROOT + "a.json", insights("audience", labels))):
        assert not (reading.record.reason or "").startswith("defect")
        if "audience" in reading.tables:
            assert reading.tables["audience"]["share"].sum() == pytest.approx(1)
