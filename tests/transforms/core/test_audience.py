from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from schemas import core
from schemas.contract import enforce
from transforms.core import accounts
from transforms.core.audience import audience

KEY = ["platform", "account_id", "basis", "dimension", "segment", "observed_on"]


@pytest.fixture(scope="session")
def of_rows(history, roster):
    """Make core.audience of history rows that say only what matters."""
    said = {
        "platform": "tiktok",
        "account_ref": "anna",
        "basis": "followers",
        "dimension": "country",
        "is_share_of_listed": False,
        "distribution_id": "a",
    }

    def run(*rows, known=()):
        told = history("audience", *(said | row for row in rows))
        ref = accounts.account_ref(history("post"), told, accounts.roster_on(roster(*known)))
        made = audience(told, ref).sort(KEY).collect()
        return enforce(made, core.Audience, "core.audience")

    return run


def shares(made, dimension):
    of = made.filter(pl.col("dimension") == dimension)
    return dict(of.select("segment", "share").iter_rows())


def dimension(name, /, distribution="a", **segments):
    spelled = {key.replace("_", " "): share for key, share in segments.items()}
    return [
        {"dimension": name, "segment": key, "share": share, "distribution_id": distribution}
        for key, share in spelled.items()
    ]


def test_an_account_is_told_under_its_resolved_name(of_rows):
    made = of_rows(
        {"segment": "DK", "share": 1.0},
        known=[{"platform": "tiktok", "account_handle": "anna", "account_ref": "7"}],
    )
    assert made["account_id"].to_list() == ["7"]


def test_segments_of_two_exports_are_never_mixed(of_rows):
    made = of_rows(
        *dimension("country", "a", DK=0.6, SE=0.4),
        *({**row, "evidence_rank": 5} for row in dimension("country", "b", DK=0.5, NO=0.5)),
    )
    assert shares(made, "country") == {"DK": 0.6, "SE": 0.4}


def test_of_equal_evidence_the_period_that_ends_last_tells(of_rows):
    first = {"period_start": date(2026, 4, 1), "period_end": date(2026, 4, 28)}
    last = {"period_start": date(2026, 5, 1), "period_end": date(2026, 5, 28)}
    made = of_rows(
        *(row | last for row in dimension("country", "a", DK=1.0)),
        *(row | first for row in dimension("country", "b", SE=1.0)),
        *dimension("country", "c", NO=1.0),
    )
    assert made.select("segment", "period_start").rows() == [("DK", date(2026, 5, 1))]


def test_one_distribution_for_two_periods_is_told_of_the_later(of_rows):
    rows = dimension("country", "a", DK=0.7, unreported=0.3)
    spans = [{"period_end": date(2026, 5, day)} for day in (7, 14)]
    made = of_rows(*(row | span for row in rows for span in spans))
    assert made["period_end"].unique().to_list() == [date(2026, 5, 14)]
    assert shares(made, "country") == {"DK": 0.7, "unreported": 0.3}


def test_every_day_of_observation_stays(of_rows):
    made = of_rows(
        {"segment": "DK", "share": 1.0},
        {"segment": "SE", "share": 1.0, "observed_on": date(2026, 6, 8), "distribution_id": "b"},
    )
    assert made.height == 2


def test_age_and_gender_are_summed_out_of_both_together(of_rows):
    made = of_rows(
        *dimension(
            "age_gender",
            **{"18-24:female": 0.3, "18-24:male": 0.2, "25-34:female": 0.4, "unreported": 0.1},
        )
    )
    assert shares(made, "age") == pytest.approx({"18-24": 0.5, "25-34": 0.4, "unreported": 0.1})
    assert shares(made, "gender") == pytest.approx({"female": 0.7, "male": 0.2, "unreported": 0.1})
    methods = made.group_by("dimension").agg(pl.col("method").unique())
    assert dict(methods.iter_rows()) == {
        "age_gender": ["reported"],
        "age": ["summed"],
        "gender": ["summed"],
    }


def test_what_the_export_tells_itself_is_not_summed(of_rows):
    made = of_rows(
        *dimension("age_gender", **{"18-24:female": 0.5, "18-24:male": 0.5}),
        *dimension("gender", female=0.6, male=0.4),
    )
    assert shares(made, "gender") == {"female": 0.6, "male": 0.4}
    assert shares(made, "age") == {"18-24": 1.0}


def test_a_band_that_is_not_canonical_is_divided_and_says_so(of_rows):
    made = of_rows(
        *dimension("age_gender", **{"18-34:female": 0.5, "55+:male": 0.3, "13-17:male": 0.2})
    )
    assert shares(made, "age") == pytest.approx(
        {"13-17": 0.2, "18-24": 3.5 / 17, "25-34": 5 / 17, "55-64": 0.1, "65+": 0.2}
    )
    methods = made.select("dimension", "segment", "method").rows()
    assert ("age_gender", "18-24:female", "split") in methods
    assert ("age_gender", "13-17:male", "reported") in methods
    assert ("age", "65+", "split") in methods
    assert ("age", "13-17", "summed") in methods
    assert ("gender", "male", "summed") in methods


def test_segments_that_become_one_are_added(of_rows):
    made = of_rows(
        *dimension("country", Denmark=0.5, DK=0.2, ZZ=0.1, others=0.2),
        *dimension(
            "city", **{"København, Danmark": 0.4, "Copenhagen, Denmark": 0.1, "others": 0.5}
        ),
    )
    assert shares(made, "country") == pytest.approx({"DK": 0.7, "unreported": 0.1, "others": 0.2})
    assert shares(made, "city") == {"DK:copenhagen": 0.5, "others": 0.5}


def test_a_city_without_its_country_is_where_the_audience_is(of_rows):
    made = of_rows(
        *dimension("country", BR=0.9, US=0.1),
        *dimension("city", **{"Santa Maria, RS": 0.7, "London, UK": 0.1, "unreported": 0.2}),
    )
    told = made.filter(pl.col("dimension") == "city").select("segment", "method").rows()
    assert told == [
        ("BR:santa maria", "resolved"),
        ("GB:london", "reported"),
        ("unreported", "reported"),
    ]


SEGMENTS = {
    "age": ["18-24", "18-34", "55+", "unreported"],
    "age_gender": ["13-17:male", "18-34:female", "45-64:other", "unreported"],
    "city": ["London", "København, Danmark", "Copenhagen", "Nowhere", "others"],
    "country": ["DK", "Danmark", "GB", "Atlantis", "others"],
    "gender": ["female", "male", "other"],
}


@st.composite
def distributions(draw):
    name = draw(st.sampled_from(sorted(SEGMENTS)))
    weights = draw(st.dictionaries(st.sampled_from(SEGMENTS[name]), st.integers(1, 9), min_size=1))
    said = {
        "account_ref": draw(st.sampled_from(["anna", "bo"])),
        "observed_on": draw(st.sampled_from([date(2026, 6, 1), date(2026, 6, 8)])),
        "evidence_rank": draw(st.integers(5, 6)),
        "period_end": draw(st.sampled_from([None, date(2026, 5, 31)])),
        "sha256": draw(st.sampled_from("abc")) * 64,
    }
    whole = sum(weights.values())
    identity = str(sorted(weights.items()))
    return [
        row | said | {"row_number": number}
        for number, row in enumerate(
            dimension(name, identity, **{key: n / whole for key, n in weights.items()}), start=2
        )
    ]


@settings(max_examples=40, deadline=None)
@given(st.lists(distributions(), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_order_and_copies_change_nothing_and_shares_sum_to_one(of_rows, drawn, random):
    rows = [row for distribution in drawn for row in distribution]
    again = [row | {"sha256": "0" * 64} for row in random.choice(drawn)]
    made, other = of_rows(*rows), of_rows(*random.sample(rows + again, len(rows + again)))
    assert_frame_equal(made, other, check_exact=True)
    sums = made.group_by(set(KEY) - {"segment"}).agg(pl.col("share").sum())["share"]
    assert sums.to_list() == pytest.approx([1.0] * len(sums), abs=1e-9)
