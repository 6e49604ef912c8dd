from datetime import date

import pytest

from tests.sample import meta_overview
from tests.sample.__main__ import SEED
from tests.sample.account import FIRST_DAY
from tests.sample.inbox import build, simulations
from tests.sample.meta_overview import Span

SPRING = Span(date(2025, 3, 1), date(2025, 4, 30))
SIMULATED = simulations(SEED)


@pytest.mark.parametrize("metric", meta_overview.METRICS)
@pytest.mark.parametrize("handle", ["target.tove", "opposite.otto"])
def test_the_days_read_back_to_what_the_account_earned(handle, metric):
    truth = SIMULATED["instagram", handle]
    _, _, *rows = meta_overview.block(truth, metric, SPRING)
    values = meta_overview.account_days(truth)[metric]

    told = {date.fromisoformat(day[:10]): int(value) for day, value in rows}

    assert sum(told.values()) == values[59:120].sum()
    assert all(value == values[(day - FIRST_DAY).days] for day, value in told.items())


def test_instagram_leaves_out_the_days_without_a_follow_and_facebook_does_not():
    instagram = meta_overview.block(SIMULATED["instagram", "opposite.otto"], "follows", SPRING)
    facebook = meta_overview.block(SIMULATED["facebook", "rising.page"], "follows", SPRING)

    assert "0" not in [row[1] for row in instagram[2:]]
    assert len(instagram) < len(facebook) == 2 + 61
    assert "0" in [row[1] for row in facebook[2:]]


def test_facebooks_time_of_day_flips_when_american_summer_begins():
    rows = meta_overview.block(SIMULATED["facebook", "rising.page"], "reach", SPRING)[2:]
    instagram = meta_overview.block(SIMULATED["instagram", "target.tove"], "reach", SPRING)[2:]

    assert rows[7][0] == "2025-03-08T01:00:00"
    assert rows[8][0] == "2025-03-09T00:00:00"
    assert {row[0][10:] for row in instagram} == {"T00:00:00"}


def test_titles_follow_the_language_and_the_header_only_half():
    title, header, *_ = meta_overview.block(
        SIMULATED["instagram", "opposite.otto"], "follows", SPRING
    )

    assert title == ["Seguidores no Instagram"]
    assert header == ["Data", "Primary"]


def test_the_pages_reach_holds_both_networks_and_its_second_visits_the_other_one():
    texts = {
        file.path.rsplit("/", 1)[1]: file.content.decode("utf-16")
        for file in build(SEED)
        if file.path.startswith("facebook/rising.page/2025-06-30/")
    }

    assert '"\n\n"Instagram reach"\n"Date","Primary"\n' in texts["Reach.csv"]
    assert texts["Reach.csv"].startswith('sep=,\n"Facebook reach"\n')
    assert texts["Visits.csv"].startswith('sep=,\n"Facebook visits"\n')
    assert texts["Visits (1).csv"].startswith('sep=,\n"Instagram profile visits"\n')
