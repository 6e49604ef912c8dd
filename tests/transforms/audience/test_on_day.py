from datetime import date

import pytest

from transforms.audience.on_day import audience_on

AS_OF = date(2026, 6, 30)


@pytest.fixture
def on_day(core_audience):
    def run(*rows, **settings):
        return audience_on(core_audience(*rows), AS_OF, **settings).collect().rows(named=True)

    return run


def test_the_newest_on_or_before_the_day_tells_of_it(on_day):
    days = [date(2026, 5, 1), date(2026, 6, 20), date(2026, 7, 1)]
    (row,) = on_day(*({"observed_on": day} for day in days))
    assert (row["observed_on"], row["staleness_days"]) == (date(2026, 6, 20), 10)


def test_where_only_later_ones_are_known_it_is_the_earliest(on_day):
    (row,) = on_day(*({"observed_on": date(2026, 7, day)} for day in (9, 5)))
    assert (row["observed_on"], row["staleness_days"]) == (date(2026, 7, 5), -5)


def test_an_observation_too_far_away_is_left_out(on_day):
    rows = [{"observed_on": date(2025, 6, 1)}]
    assert on_day(*rows, max_staleness_days=393) == []
    assert len(on_day(*rows, max_staleness_days=394)) == 1


def test_a_distribution_is_chosen_whole(on_day):
    old, new = {"observed_on": date(2026, 6, 1)}, {"observed_on": date(2026, 6, 2)}
    rows = on_day(
        old | {"segment": "DK", "share": 0.6},
        old | {"segment": "SE", "share": 0.4},
        new | {"segment": "DK", "share": 0.7},
        new | {"segment": "unreported", "share": 0.3},
    )
    assert {row["segment"]: row["share"] for row in rows} == {"DK": 0.7, "unreported": 0.3}


def test_dimensions_are_told_by_days_of_their_own(on_day):
    rows = on_day(
        {"observed_on": date(2026, 6, 1), "dimension": "age", "segment": "18-24"},
        {"observed_on": date(2026, 6, 2)},
    )
    assert {row["dimension"]: row["staleness_days"] for row in rows} == {"age": 29, "country": 28}


def test_of_two_bases_it_is_the_newest_and_then_followers(on_day):
    day = {"observed_on": date(2026, 6, 1)}
    newer = {"observed_on": date(2026, 6, 2)}
    (row,) = on_day(day | {"basis": "views"}, day, day | {"basis": "viewers"})
    assert row["basis"] == "followers"
    (row,) = on_day(day, newer | {"basis": "views"})
    assert row["basis"] == "views"
