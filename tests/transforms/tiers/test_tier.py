from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from schemas import contract
from schemas.contract import enforce
from schemas.core import Account, AccountDay, Post, PostObservation
from schemas.tier import Tier, TierCreator
from transforms.followers import follower_day
from transforms.tiers.presets import tier_presets
from transforms.tiers.tier import tier, tier_creator

AS_OF = date(2026, 6, 30)
DANISH = tier_presets()["danish"]
ROSTER = {
    "platform": pl.String,
    "account_id": pl.String,
    "followers_observed_on": pl.Date,
    "followers": pl.Int64,
}


def ago(days):
    return AS_OF - timedelta(days)


def table(model, *rows):
    schema = contract.polars_schema(model)
    blank = dict.fromkeys(schema)
    return pl.LazyFrame([blank | row for row in rows], schema=schema)


def accounts(*rows):
    known = [
        {"platform": p, "account_id": a, "creator_id": c, "is_tracked": True} for p, a, c in rows
    ]
    return table(Account, *known)


def account_days(**levels):
    """One dict per account, days ago to followers; `tiktok_a` is account a on tiktok."""
    rows = []
    for name, days in levels.items():
        platform, account = name.split("_")
        rows += [
            {
                "platform": platform,
                "account_id": account,
                "day": ago(days_ago),
                "observed_on": max(ago(days_ago), ago(0)),
                "followers": followers,
            }
            for days_ago, followers in days.items()
        ]
    return table(AccountDay, *rows)


def roster(*rows):
    return pl.LazyFrame(list(rows), schema=ROSTER, orient="row")


def tiers(account, days, stated=None, as_of=AS_OF, posts=(), observations=(), preset=DANISH):
    stated = roster() if stated is None else stated
    told = follower_day(account, days, stated, as_of=as_of).collect().lazy()
    made = tier(
        account,
        told,
        table(Post, *posts),
        table(PostObservation, *observations),
        as_of=as_of,
        preset=preset,
    )
    return enforce(made.collect(), Tier, "mart.tier").sort("platform", "account_id")


def creators(account, days, as_of=AS_OF):
    told = follower_day(account, days, roster(), as_of=as_of).collect().lazy()
    made = tier_creator(account, told, as_of=as_of, preset=DANISH).collect()
    return enforce(made, TierCreator, "mart.tier_creator").sort("creator_id")


ONE = accounts(("tiktok", "a", "c"))


def test_a_creator_that_crossed_has_since_when_and_from_where():
    row = tiers(ONE, account_days(tiktok_a={30: 19_000, 10: 21_000, 0: 22_000})).row(0, named=True)
    assert (row["tier"], row["previous_tier"]) == ("macro", "micro")
    assert (row["tier_since"], row["days_in_tier"]) == (ago(10), 10)
    assert (row["n_observations"], row["followers"], row["preset"]) == (3, 22_000, "danish")


def test_a_level_a_little_past_the_edge_is_not_yet_the_next_tier():
    row = tiers(ONE, account_days(tiktok_a={30: 19_000, 3: 20_100, 0: 20_200})).row(0, named=True)
    assert (row["tier"], row["tier_since"]) == ("micro", ago(30))


def test_an_account_nothing_tells_of_stands_there_with_nulls():
    row = tiers(ONE, account_days(), as_of=AS_OF).row(0, named=True)
    assert (row["followers"], row["tier"], row["tier_since"], row["next_tier"]) == (None,) * 4
    assert (row["n_observations"], row["n_mature_posts"]) == (0, 0)


def test_a_level_too_old_is_no_tier():
    row = tiers(ONE, account_days(tiktok_a={61: 50_000})).row(0, named=True)
    assert (row["followers"], row["tier"], row["n_observations"]) == (None, None, 1)


def test_an_account_that_nobody_exported_is_left_out():
    foreign = ONE.with_columns(is_tracked=pl.lit(value=False))
    assert tiers(foreign, account_days(tiktok_a={0: 5})).is_empty()


def test_a_level_carried_back_has_a_tier_without_a_day():
    days = account_days(tiktok_a={0: 50_000})
    row = tiers(ONE, days, as_of=ago(9)).row(0, named=True)
    assert (row["followers_method"], row["tier"], row["tier_since"]) == (
        "carried_back",
        "macro",
        None,
    )


def test_the_rosters_level_that_the_day_rests_on_enters_the_fold():
    stated = roster(("tiktok", "a", ago(30), 50_000))
    days = account_days(tiktok_a={80: 10_000})
    row = tiers(ONE, days, stated).row(0, named=True)
    assert (row["followers"], row["followers_method"]) == (50_000, "roster")
    assert (row["tier"], row["tier_since"], row["previous_tier"]) == ("macro", ago(30), "micro")


def test_a_rise_says_when_the_edge_is_reached_and_a_flat_line_says_nothing():
    rising = {n: round(18_000 * 1.001 ** (90 - n)) + 3 * (n % 2) for n in range(91)}
    flat = {n: 18_000 + 400 * (n // 7 % 2) for n in range(91)}
    both = tiers(
        accounts(("tiktok", "a", "c"), ("tiktok", "b", "d")),
        account_days(tiktok_a=rising, tiktok_b=flat),
    )
    up, level = both.rows(named=True)
    assert up["next_tier"] == "macro"
    assert up["days_to_next_tier"] == pytest.approx(15.4, abs=0.5)
    assert up["days_to_next_tier_lo"] < up["days_to_next_tier"] < up["days_to_next_tier_hi"]
    assert level["followers_trend_30d_share_lo"] < 0 < level["followers_trend_30d_share_hi"]
    assert (level["next_tier"], level["days_to_next_tier"]) == (None, None)


def test_a_fall_leads_to_the_tier_below_and_from_the_lowest_to_none():
    fall = {n: round(22_000 * 1.001**n) + 3 * (n % 2) for n in range(91)}
    low = {n: round(5_000 * 1.001**n) + 3 * (n % 2) for n in range(91)}
    both = tiers(
        accounts(("tiktok", "a", "c"), ("tiktok", "b", "d")),
        account_days(tiktok_a=fall, tiktok_b=low),
    )
    assert both["next_tier"].to_list() == ["micro", None]
    assert both["days_to_next_tier"][0] == pytest.approx(95.4, abs=2)
    assert both["followers_trend_30d_share_hi"].max() < 0


def test_views_have_a_tier_of_their_own():
    published = datetime.combine(ago(40), datetime.min.time(), UTC)
    post = {"platform": "tiktok", "post_id": "p", "account_id": "a", "catalogue": "complete"}
    row = tiers(
        ONE,
        account_days(tiktok_a={0: 5_000}),
        posts=[post | {"published_at": published}],
        observations=[
            {"platform": "tiktok", "post_id": "p", "observed_on": ago(30), "views": 250_000}
        ],
    ).row(0, named=True)
    assert (row["tier"], row["views_tier"], row["median_views"]) == ("micro", "mega", 250_000.0)


def test_a_creators_followers_are_summed_and_said_not_to_be_deduplicated():
    account = accounts(("tiktok", "a", "c"), ("youtube", "b", "c"), ("x", "z", "c"))
    days = account_days(tiktok_a={9: 11_000, 0: 12_000}, youtube_b={9: 8_000, 0: 11_000})
    row = creators(account, days).row(0, named=True)
    assert (row["followers"], row["is_deduplicated"]) == (23_000, False)
    assert (row["n_accounts"], row["n_accounts_known"]) == (3, 2)
    assert (row["tier"], row["previous_tier"], row["tier_since"]) == ("macro", "micro", ago(0))


def test_an_account_that_begins_to_report_is_not_growth():
    account = accounts(("tiktok", "a", "c"), ("youtube", "b", "c"))
    days = account_days(tiktok_a={80: 15_000, 9: 15_000}, youtube_b={9: 15_000})
    row = creators(account, days).row(0, named=True)
    assert (row["tier"], row["previous_tier"]) == ("macro", None)
    assert row["followers"] == 30_000


def test_a_creator_with_one_account_stands_as_the_account_does():
    days = account_days(tiktok_a={30: 19_000, 10: 21_000, 0: 22_000})
    same = ["followers", "tier", "tier_since", "previous_tier", "days_in_tier", "n_observations"]
    assert creators(ONE, days).select(same).equals(tiers(ONE, days).select(same))


LEVELS = st.dictionaries(st.integers(0, 70), st.integers(15_000, 25_000), min_size=1, max_size=15)


@settings(max_examples=15, deadline=None)
@given(LEVELS, LEVELS, st.randoms(use_true_random=False))
def test_order_of_rows_changes_nothing(first, second, random):
    account = accounts(("tiktok", "a", "c"), ("youtube", "b", "c"))
    days = account_days(tiktok_a=first, youtube_b=second).collect()
    order = random.sample(range(days.height), days.height)
    for make in (tiers, creators):
        shuffled = make(account.reverse(), days[order].lazy())
        assert_frame_equal(make(account, days.lazy()), shuffled)


@settings(max_examples=15, deadline=None)
@given(LEVELS, st.integers(0, 70))
def test_a_past_day_does_not_change_with_what_was_observed_after_it(levels, days_ago):
    """As `reported` does: the history of that day has no row observed later."""
    then = {day: level for day, level in levels.items() if day >= days_ago}
    known = account_days(tiktok_a=then)
    as_of = ago(days_ago)
    row = tiers(ONE, known, as_of=as_of)
    later = account_days(tiktok_a=levels).filter(pl.col("day") <= as_of)
    assert_frame_equal(row, tiers(ONE, later, as_of=as_of))
    if days_ago in then:
        with_later = tiers(ONE, account_days(tiktok_a=levels), as_of=as_of)
        assert_frame_equal(row, with_later)
