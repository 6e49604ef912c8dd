from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import contract
from schemas.engagement import EngagementTrend
from transforms.fit.accounts.engagement import RateSettings, account_rates, consistency, engagement

SETTINGS = RateSettings()
ROW = {
    "as_of": date(2026, 6, 30),
    "platform": "instagram",
    "measure": "engagement_rate",
    "series": "post",
    "window_days": 90,
    "er_basis": "reach",
    "n_points": 20,
    "log_spread": 0.5,
    "last_point_on": date(2026, 6, 20),
    "class": "stable",
}


def rates_of(rows, tiers):
    schema = contract.polars_schema(EngagementTrend)
    trend = pl.LazyFrame([dict.fromkeys(schema) | ROW | row for row in rows], schema=schema)
    accounts = pl.LazyFrame(
        {
            "platform": ["instagram"] * len(tiers),
            "account_id": list(tiers),
            "tier": list(tiers.values()),
        },
        schema_overrides={"tier": pl.String},
    )
    return account_rates(trend, accounts, SETTINGS).sort("account_id").collect()


def level(account, rate, **more):
    return {"account_id": account, "level_shrunk": rate} | more


def tier_of(*accounts, tier="micro"):
    return dict.fromkeys(accounts, tier)


def test_engagement_is_the_mid_rank_within_platform_and_tier():
    rates = rates_of(
        [level("a", 0.01), level("b", 0.02), level("c", 0.02), level("d", 0.04), level("e", 0.05)],
        tier_of("a", "b", "c", "d", "e"),
    )

    component = engagement(rates)

    assert component.value == pytest.approx([0.1, 0.4, 0.4, 0.7, 0.9])
    assert component.raw.tolist() == [0.01, 0.02, 0.02, 0.04, 0.05]
    assert component.method[0] == "90 days of posts against its tier"
    assert component.observed_on[0] == date(2026, 6, 20)
    assert component.evidence(np.array([3])).to_list() == [
        "4.0 % of reach; percentile 70 of 5 in its tier"
    ]


def test_a_small_tier_is_compared_with_the_platform():
    tiers = tier_of("a", "b", "c", "d") | tier_of("e", tier="mega")
    rows = [level(name, 0.01 * i) for i, name in enumerate("abcde", start=1)]

    component = engagement(rates_of(rows, tiers))

    assert component.value == pytest.approx([0.1, 0.3, 0.5, 0.7, 0.9])
    assert component.method.unique().to_list() == ["90 days of posts against its platform"]


def test_accounts_of_unknown_tier_are_compared_with_the_platform():
    rows = [level(name, 0.01 * i) for i, name in enumerate("abcde", start=1)]

    component = engagement(rates_of(rows, dict.fromkeys("abcde")))

    assert component.method.unique().to_list() == ["90 days of posts against its platform"]


def test_rates_over_different_bases_or_per_week_are_no_peers():
    rows = [level(name, 0.01) for name in "abc"]
    rows += [level("d", 0.01, er_basis="followers"), level("e", 0.01, series="account_week")]

    component = engagement(rates_of(rows, tier_of(*"abcde")))

    assert np.isnan(component.value).all()
    assert component.known.tolist() == [0.0] * 5
    assert (
        component.unknown_because[0] == "fewer than 5 accounts of its platform have a rate like it"
    )


def test_the_shortest_window_with_enough_points_is_taken():
    rates = rates_of(
        [
            level("a", 0.01, n_points=3),
            level("a", 0.02, n_points=9, window_days=180),
            level("a", 0.03, n_points=30, window_days=365),
            level("a", 0.09, window_days=28),
        ],
        tier_of("a"),
    )

    assert rates.select("engagement_rate", "window_days").row(0) == (0.02, 180)


def test_without_enough_points_anywhere_the_longest_window_is_taken():
    rates = rates_of(
        [level("a", 0.01, n_points=3), level("a", 0.02, n_points=5, window_days=365)],
        tier_of("a"),
    )

    assert rates.select("engagement_rate", "window_days").row(0) == (0.02, 365)
    component = consistency(rates, SETTINGS)
    assert np.isnan(component.value[0])
    assert component.unknown_because.to_list() == ["5 points with a rate, 8 are needed"]


def test_one_point_is_no_points():
    component = consistency(rates_of([level("a", 0.01, n_points=1)], tier_of("a")), SETTINGS)
    assert component.unknown_because.to_list() == ["1 point with a rate, 8 are needed"]


def test_posts_go_before_weeks_only_with_enough_of_them():
    week = level("a", 0.02, series="account_week")

    enough = rates_of([level("a", 0.01, n_points=8), week], tier_of("a"))
    few = rates_of([level("a", 0.01, n_points=7), week], tier_of("a"))

    assert enough["series"].to_list() == ["post"]
    assert few["series"].to_list() == ["account_week"]


def test_consistency_is_1_for_clockwork_and_a_half_for_a_factor_of_2():
    rates = rates_of(
        [level("a", 0.01, log_spread=0.0), level("b", 0.01, log_spread=np.log(2))],
        tier_of("a", "b"),
    )

    component = consistency(rates, SETTINGS)

    assert component.value == pytest.approx([1.0, 0.5])
    assert component.method[0] == "90 days of posts"
    assert component.evidence(np.array([1])).to_list() == ["rates typically within a factor of 2.0"]


def test_a_rate_that_is_not_reported_says_what_the_trend_says():
    missing = "the exports report no likes, comments, shares or saves"
    silent = {"account_id": "a", "n_points": 0, "class": "not_reported"}
    rows = [
        {"class_reason": missing, "window_days": 365} | silent,
        {"class_reason": "of fewer days", "window_days": 90} | silent,
        {"account_id": "a", "measure": "views", "level_shrunk": 500.0},
    ]

    rates = rates_of(rows, tier_of("a", "b"))

    reasons = [missing, "no post or week with an engagement rate"]
    assert engagement(rates).unknown_because.to_list() == reasons
    assert consistency(rates, SETTINGS).unknown_because.to_list() == reasons
    assert engagement(rates).evidence(np.array([0, 1])).to_list() == [None, None]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from([0.01, 0.02, 0.03, 0.05]), min_size=5, max_size=12), st.randoms())
def test_the_percentile_is_the_share_below_and_half_of_the_equal(drawn, random):
    names = [f"{i:02}" for i in range(len(drawn))]
    rows = [level(name, rate) for name, rate in zip(names, drawn, strict=True)]
    random.shuffle(rows)

    value = engagement(rates_of(rows, tier_of(*names))).value

    rate = np.array(drawn)
    less, equal = (rate[None] < rate[:, None]).mean(1), (rate[None] == rate[:, None]).mean(1)
    assert value == pytest.approx(less + equal / 2)
