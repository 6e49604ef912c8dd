from datetime import date

import pytest

from schemas.contract import enforce
from schemas.core import CORE
from schemas.history import HISTORY
from transforms.core.accounts import roster_on
from transforms.core.layer import core_layer

AUDIENCE = {
    "platform": "tiktok",
    "basis": "followers",
    "dimension": "country",
    "segment": "DK",
    "share": 1.0,
    "is_share_of_listed": False,
    "distribution_id": "a",
}
PERIOD = {
    "platform": "tiktok",
    "period_start": date(2026, 2, 1),
    "period_end": date(2026, 5, 1),
}
SOURCES = {"platform": "youtube", "account_ref": "anna", "dimension": "traffic_source"}
HOUR = {"platform": "tiktok", "day": date(2026, 5, 1), "hour": 20}


@pytest.fixture
def layer(history, roster):
    def run(*known, **tables):
        rows = {name: history(name, *tables.get(name, [])) for name in HISTORY}
        made = core_layer(rows, roster_on(roster(*known)))
        return {name: enforce(made[name].collect(), CORE[name], f"core.{name}") for name in CORE}

    return run


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("audience", AUDIENCE),
        ("account_hour", HOUR | {"active_followers": 5}),
        ("account_period", PERIOD | {"reach": 5}),
    ],
)
def test_an_account_known_by_one_table_alone_is_tracked(layer, table, row):
    made = layer(**{table: [row | {"account_ref": "7", "account_handle": "Anna"}]})
    account = made["account"].select("account_id", "account_handle", "is_tracked").rows()
    assert account == [("7", "anna", True)]
    assert made[table]["account_id"].to_list() == ["7"]


def test_a_handle_and_an_id_that_one_table_pairs_are_one_account_in_all(layer):
    made = layer(
        account_hour=[HOUR | {"account_ref": "7", "account_handle": "anna"}],
        audience=[AUDIENCE | {"account_ref": "anna"}],
    )
    assert made["audience"]["account_id"].to_list() == ["7"]
    assert made["account"].height == 1


def test_an_hour_is_told_by_the_last_row_that_reports_it(layer):
    hours = [
        HOUR | {"account_ref": "anna", "active_followers": 5},
        HOUR | {"account_ref": "anna", "active_followers": 7, "observed_on": date(2026, 6, 2)},
        HOUR | {"account_ref": "anna", "observed_on": date(2026, 6, 3)},
    ]
    (row,) = layer(account_hour=hours)["account_hour"].rows(named=True)
    assert (row["active_followers"], row["observed_on"]) == (7, date(2026, 6, 3))


def test_a_periods_figures_complete_each_other_and_other_periods_stay_apart(layer):
    anna = PERIOD | {"account_ref": "anna"}
    later = {"observed_on": date(2026, 6, 3)}
    made = layer(
        account_period=[
            anna | {"reach": 5, "impressions": 9},
            anna | {"interactions": 2},
            anna | {"reach": 6} | later,
            anna | {"period_start": date(2026, 4, 1), "reach": 1},
        ]
    )["account_period"].sort("period_start")
    assert made.select("reach", "impressions", "interactions", "observed_on").rows() == [
        (6, 9, 2, date(2026, 6, 3)),
        (1, None, None, date(2026, 6, 1)),
    ]


def test_segments_complete_each_other_within_a_period_and_dimensions_stay_apart(layer):
    march = SOURCES | {"period_start": date(2026, 3, 1), "period_end": date(2026, 3, 31)}
    external, phones = {"segment": "external"}, {"dimension": "device_type", "segment": "external"}
    made = layer(
        account_breakdown=[
            march | external | {"views": 5, "segment_name": "External"},
            march | external | {"watch_time_s": 9.0, "observed_on": date(2026, 6, 2)},
            march | phones | {"views": 7},
        ]
    )["account_breakdown"].sort("dimension")
    assert made.select("dimension", "views", "watch_time_s", "segment_name").rows() == [
        ("device_type", 7, None, None),
        ("traffic_source", 5, 9.0, "External"),
    ]


def test_of_segments_of_unknown_periods_the_last_observation_stays_and_none_is_restated(layer):
    later = {"observed_on": date(2026, 6, 2)}
    rows = [
        SOURCES | {"segment": "external", "views": 5},
        SOURCES | {"segment": "notifications", "views": 3},
        SOURCES | {"segment": "external", "watch_time_s": 9.0} | later,
        SOURCES | {"dimension": "device_type", "segment": "tv", "views": 1},
    ]
    made = layer(account_breakdown=rows)["account_breakdown"].sort("dimension")
    assert made.select("dimension", "segment", "views", "watch_time_s").rows() == [
        ("device_type", "tv", 1, None),
        ("traffic_source", "external", None, 9.0),
    ]


def test_a_day_of_a_segment_is_told_by_the_best_row(layer):
    day = SOURCES | {"segment": "external", "day": date(2026, 3, 1)}
    made = layer(
        account_breakdown_day=[
            day | {"views": 5},
            day | {"views": 6, "observed_on": date(2026, 6, 2)},
        ]
    )
    assert made["account_breakdown_day"].select("views", "account_id").rows() == [(6, "anna")]
    assert made["account"]["is_tracked"].to_list() == [True]
