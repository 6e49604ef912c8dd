import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.tiers.fold import Hysteresis, fold_tiers

EDGES = (20_000, 100_000)


def fold(levels, until=None, hysteresis=None):
    """Day to level of one series; gives tier, previous tier and day since."""
    frame = pl.DataFrame(
        [(0, day, level) for day, level in levels.items()],
        schema={"series": pl.UInt32, "day": pl.Int32, "level": pl.Int64},
        orient="row",
    )
    last = max(levels) if until is None else until
    row = fold_tiers(frame, EDGES, last, hysteresis or Hysteresis())
    return row.select("tier_index", "previous_index", "since").row(0)


def test_the_first_level_says_the_tier_and_the_edge_belongs_to_the_lower_one():
    assert fold({3: 20_000}) == (0, None, 3)
    assert fold({3: 20_001}) == (1, None, 3)
    assert fold({3: 100_001}) == (2, None, 3)


def test_five_percent_beyond_the_edge_crosses_at_once():
    assert fold({0: 19_000, 1: 20_999}) == (0, None, 0)
    assert fold({0: 19_000, 1: 21_000}) == (1, 0, 1)
    assert fold({0: 30_000, 1: 19_001}) == (1, None, 0)
    assert fold({0: 30_000, 1: 19_000}) == (0, 1, 1)


def test_two_edges_at_once_is_one_change():
    assert fold({0: 19_000, 1: 200_000}) == (2, 0, 1)


def test_fourteen_days_and_two_levels_past_the_edge_cross():
    assert fold({0: 19_000, 1: 20_100, 14: 20_200}) == (0, None, 0)
    assert fold({0: 19_000, 1: 20_100, 15: 20_200}) == (1, 0, 15)


def test_one_level_past_the_edge_never_crosses_however_long():
    assert fold({0: 19_000, 1: 20_100}, until=90) == (0, None, 0)


def test_the_second_level_crosses_when_it_comes_after_the_days():
    assert fold({0: 19_000, 1: 20_100, 40: 20_200}) == (1, 0, 40)


def test_the_days_end_without_a_level_on_their_last():
    levels = {0: 19_000, 1: 20_100, 3: 20_200}
    assert fold(levels, until=14) == (0, None, 0)
    assert fold(levels, until=15) == (1, 0, 15)
    assert fold(levels | {50: 20_300}) == (1, 0, 15)


def test_a_level_back_on_its_side_starts_the_days_again():
    levels = {0: 19_000, 1: 20_100, 5: 20_000, 6: 20_100, 15: 20_100}
    assert fold(levels) == (0, None, 0)
    assert fold(levels, until=20) == (1, 0, 20)


def test_both_rules_can_be_set():
    levels = {0: 19_000, 1: 20_500, 4: 20_500}
    assert fold(levels, hysteresis=Hysteresis(margin_share=0.02)) == (1, 0, 1)
    assert fold(levels, hysteresis=Hysteresis(dwell_days=3)) == (1, 0, 4)
    assert fold(levels, hysteresis=Hysteresis(dwell_days=3, dwell_observations=3)) == (0, None, 0)


def test_later_levels_do_not_change_an_earlier_day():
    levels = {0: 19_000, 1: 20_100, 9: 20_100, 20: 300_000}
    assert fold(levels, until=9) == fold({0: 19_000, 1: 20_100, 9: 20_100})


def test_no_levels_give_no_rows():
    empty = pl.DataFrame(schema={"series": pl.UInt32, "day": pl.Int32, "level": pl.Int64})
    assert fold_tiers(empty, EDGES, 9, Hysteresis()).is_empty()


@pytest.mark.parametrize("edges", [(), (10,)])
def test_a_scale_of_one_tier_or_two_folds_as_well(edges):
    frame = pl.DataFrame({"series": [1, 1], "day": [0, 1], "level": [5, 50]})
    row = fold_tiers(frame, edges, 1, Hysteresis()).row(0, named=True)
    assert (row["tier_index"], row["n_observations"]) == (len(edges), 2)


def reference(levels, edges, until, rule):
    """The rules as they are written, one day after the other."""

    def plain(level):
        return sum(level > edge for edge in edges)

    tier = previous = since = level = None
    past_side, past_days = 0, []
    for day in range(min(levels), until + 1):
        is_told = day in levels
        if is_told:
            level = levels[day]
        if tier is None:
            tier, since = plain(level), day
            continue
        before = tier
        if is_told:
            while tier < plain(level) and level >= round(edges[tier] * (1 + rule.margin_share), 6):
                tier += 1
            while tier > plain(level) and level <= round(
                edges[tier - 1] * (1 - rule.margin_share), 6
            ):
                tier -= 1
            side = (plain(level) > tier) - (plain(level) < tier)
            if side == 0:
                past_days = []
            elif side == past_side and past_days and tier == before:
                past_days.append(day)
            else:
                past_days = [day]
            past_side = side
        if (
            past_days
            and len(past_days) >= rule.dwell_observations
            and day - past_days[0] >= rule.dwell_days
        ):
            tier, past_days = plain(level), []
        if tier != before:
            previous, since = before, day
    return tier, previous, since


LEVELS = st.dictionaries(st.integers(0, 40), st.integers(60, 180), min_size=1, max_size=25)
RULES = st.builds(
    Hysteresis,
    margin_share=st.sampled_from([0.0, 0.05, 0.2]),
    dwell_days=st.integers(1, 14),
    dwell_observations=st.integers(1, 4),
)


@settings(max_examples=250, deadline=None)
@given(st.lists(LEVELS, min_size=1, max_size=4), RULES, st.integers(40, 60))
def test_the_fold_agrees_with_the_rules_walked_day_by_day(series, rule, until):
    edges = (80, 100, 150)
    rows = [(i, day, level) for i, levels in enumerate(series) for day, level in levels.items()]
    frame = pl.DataFrame(rows, schema=["series", "day", "level"], orient="row")
    folded = fold_tiers(frame.sample(fraction=1, shuffle=True, seed=1), edges, until, rule)
    assert {
        row["series"]: (row["tier_index"], row["previous_index"], row["since"])
        for row in folded.iter_rows(named=True)
    } == {i: reference(levels, edges, until, rule) for i, levels in enumerate(series)}


def test_a_dwell_that_ends_on_the_day_it_begins_is_refused():
    with pytest.raises(ValueError, match="dwell_days 0 must be at least 1"):
        Hysteresis(dwell_days=0)
