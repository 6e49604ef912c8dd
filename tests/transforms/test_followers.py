from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.followers import LevelSettings, follower_day, level_on

KEY = {"platform": pl.String, "account_id": pl.String}
FIRST = date(2026, 1, 1)


def day(number):
    return FIRST + timedelta(number)


def account_day(**accounts):
    """One dict per account: day number to (followers, net follows)."""
    rows = [
        ("x", account, day(number), *figures)
        for account, days in accounts.items()
        for number, figures in days.items()
    ]
    schema = {**KEY, "day": pl.Date, "followers": pl.Int64, "net_follows": pl.Int64}
    return pl.LazyFrame(rows, schema=schema, orient="row")


def roster(**levels):
    rows = [("x", name, day(number), level) for name, (number, level) in levels.items()]
    schema = {**KEY, "followers_observed_on": pl.Date, "followers": pl.Int64}
    return pl.LazyFrame(rows, schema=schema, orient="row")


def ask(account_days, roster_level, number, account="a", **settings_):
    days = pl.LazyFrame({"platform": ["x"], "account_id": [account], "day": [day(number)]})
    told = level_on(days, account_days, roster_level, LevelSettings(**settings_)).collect()
    followers, method, observed_on, stale = told.row(0)[3:]
    return followers, method, observed_on and (observed_on - FIRST).days, stale


LEVELS = account_day(a={0: (100, 1), 1: (None, 2), 2: (None, 3), 5: (None, 4), 80: (200, -5)})


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (0, (100, "observed", 0, 0)),
        (1, (102, "carried_forward", 0, 0)),
        (2, (105, "carried_forward", 0, 0)),
        (3, (105, "carried_forward", 0, 1)),
        (5, (105, "carried_forward", 0, 3)),
        (62, (105, "carried_forward", 0, 60)),
        (63, (205, "carried_back", 80, 16)),
        (79, (205, "carried_back", 80, 0)),
        (-1, (99, "carried_back", 0, 0)),
        (80, (200, "observed", 80, 0)),
        (81, (200, "carried_forward", 80, 1)),
        (140, (200, "carried_forward", 80, 60)),
        (141, (None, None, None, None)),
    ],
)
def test_a_level_is_observed_else_carried_forward_else_back(number, told):
    assert ask(LEVELS, roster(), number) == told


def test_the_roster_comes_last_and_is_carried_by_nets_over_any_time():
    nets = account_day(a={number: (None, 1) for number in range(1, 301)})
    assert ask(nets, roster(a=(0, 50)), 300) == (350, "roster", 0, 0)
    assert ask(nets, roster(a=(200, 500)), 100) == (400, "roster", 200, 0)
    assert ask(nets, roster(a=(0, 50)), 310) == (350, "roster", 0, 10)
    assert ask(LEVELS, roster(a=(3, 999)), 3) == (105, "carried_forward", 0, 1)
    assert ask(LEVELS, roster(a=(100, 999)), 141) == (999, "roster", 100, 41)


def test_gross_follows_carry_nothing():
    gross = account_day(a={0: (100, None), 5: (None, None)}).with_columns(gross_follows=pl.lit(7))
    assert ask(gross, roster(), 5) == (100, "carried_forward", 0, 5)


def test_one_account_never_lends_its_level_to_another():
    levels = account_day(
        a={3: (None, 1), 4: (10, 1)}, b={5: (None, 1), 9: (None, 1)}, c={6: (7, 1)}
    )
    assert ask(levels, roster(), 5, account="b") == (None, None, None, None)
    assert ask(levels, roster(), 9, account="b") == (None, None, None, None)
    assert ask(levels, roster(), 3, account="nobody") == (None, None, None, None)


def test_nets_that_contradict_the_level_stop_carrying_it():
    levels = account_day(a={0: (5, None), 1: (None, -2), 2: (None, -9), 3: (None, 1)})
    assert ask(levels, roster(), 3) == (3, "carried_forward", 0, 2)


def test_staleness_can_be_set():
    assert ask(LEVELS, roster(), 5, max_staleness_days=2) == (None, None, None, None)


def test_columns_and_repeated_days_of_the_question_stay():
    days = pl.LazyFrame(
        {"platform": ["x"] * 2, "account_id": ["a"] * 2, "day": [day(1)] * 2, "post_id": ["p", "q"]}
    )
    told = level_on(days, LEVELS, roster()).sort("post_id").collect()
    assert told.select("post_id", "followers").rows() == [("p", 102), ("q", 102)]


def test_follower_day_has_the_days_that_tell_and_the_day_itself():
    account = pl.LazyFrame({"platform": ["x", "x"], "account_id": ["a", "z"]})
    told = follower_day(account, LEVELS, roster(), as_of=day(6)).sort("account_id", "day").collect()
    assert told.select("account_id", "day", "followers", "staleness_days").rows() == [
        ("a", day(0), 100, 0),
        ("a", day(1), 102, 0),
        ("a", day(2), 105, 0),
        ("a", day(6), 105, 4),
        ("z", day(6), None, None),
    ]


DAYS = st.dictionaries(
    st.integers(0, 12),
    st.tuples(st.none() | st.integers(0, 30), st.none() | st.integers(-9, 9)),
    max_size=9,
)


def reference(days, rostered, number, limit):
    """The definition, one account and one day at a time.

    Where nets going back fall below zero it gives no verdict.
    """
    net = {at: n for at, (_, n) in days.items() if n is not None}
    observed = {at: level for at, (level, _) in days.items() if level is not None}

    def forward(levels):
        earlier = [at for at in levels if at <= number]
        if not earlier:
            return None
        start = at = max(earlier)
        level = best = levels[at]
        told = at
        while at < number and at + 1 in net:
            at += 1
            level += net[at]
            if level >= 0:
                best, told = level, at
        return best, start, number - told

    def back(levels):
        later = [at for at in levels if at >= number]
        if not later:
            return None
        start = at = min(later)
        level = levels[at]
        while at > number and at in net:
            level -= net[at]
            at -= 1
            if level < 0:
                return "contradicted"
        return level, start, at - number

    for levels, (to, fro) in (
        (observed, ("carried_forward", "carried_back")),
        (rostered, ("roster", "roster")),
    ):
        found = forward(levels)
        if found and found[2] <= limit:
            is_observed = to == "carried_forward" and found[1] == number
            return found[0], "observed" if is_observed else to, *found[1:]
        found = back(levels)
        if found == "contradicted":
            return "contradicted"
        if found and found[2] <= limit:
            return found[0], fro, *found[1:]
    return None, None, None, None


@settings(max_examples=150, deadline=None)
@given(DAYS, st.none() | st.tuples(st.integers(0, 12), st.integers(0, 30)), st.integers(0, 14))
def test_levels_agree_with_the_definition(days, rostered, limit):
    levels = account_day(a=days, b={1: (3, 1), 2: (None, 1)}, **{"0": {5: (77, 2)}})
    stated = roster(a=rostered) if rostered else roster()
    asked = pl.LazyFrame(
        {"platform": ["x"] * 16, "account_id": ["a"] * 16, "day": [day(n) for n in range(-1, 15)]}
    )
    told = level_on(asked, levels, stated, LevelSettings(max_staleness_days=limit)).collect()
    for row in told.iter_rows(named=True):
        number = (row["day"] - FIRST).days
        expected = reference(days, dict([rostered] if rostered else []), number, limit)
        if expected == "contradicted":
            continue
        observed_on = row["followers_observed_on"]
        assert (
            row["followers"],
            row["followers_method"],
            observed_on and (observed_on - FIRST).days,
            row["staleness_days"],
        ) == expected


def test_chunks_of_accounts_change_nothing(monkeypatch):
    levels = account_day(**{f"a{i}": {0: (i, 1), 1: (None, 2), 3: (None, 1)} for i in range(30)})
    account = levels.select("platform", "account_id").unique()
    whole = follower_day(account, levels, roster(), as_of=day(3)).collect()
    monkeypatch.setattr("transforms.followers._CHUNK", 7)
    parts = follower_day(account, levels, roster(), as_of=day(3)).collect()
    assert whole.sort("account_id", "day").equals(parts.sort("account_id", "day"))
