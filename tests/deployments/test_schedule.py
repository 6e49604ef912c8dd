"""Nights at 04:15 local time, and the day that each computes, over a year of clock changes."""

import asyncio
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from prefect.server.schemas.schedules import CronSchedule

from flows.settings import Settings

ZONES = [
    "Europe/Copenhagen",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
    "UTC",
]
DECLARED = yaml.safe_load(
    (Path(__file__).parents[2] / "deployments" / "prefect.yaml").read_text(encoding="utf-8")
)
(SCHEDULE,) = DECLARED["deployments"][0]["schedules"]


def planned(zone: str, start: datetime, count: int) -> list[datetime]:
    """Give the moments, in UTC, at which Prefect's own planner starts nights."""
    planner = CronSchedule(cron=SCHEDULE["cron"], timezone=zone)
    moments = asyncio.run(planner.get_dates(n=count, start=start))
    return [datetime.fromtimestamp(moment.timestamp(), UTC) for moment in moments]


@pytest.mark.parametrize("zone", ZONES)
def test_a_year_of_nights_computes_each_day_once_at_a_quarter_past_four(zone):
    settings = Settings(time_zone=zone)
    moments = planned(zone, datetime(2026, 1, 1, tzinfo=settings.zone), 365)

    local = [moment.astimezone(settings.zone) for moment in moments]
    assert {(moment.hour, moment.minute) for moment in local} == {(4, 15)}
    days = [settings.last_whole_day(moment) for moment in moments]
    assert days == [date(2025, 12, 31) + timedelta(days=count) for count in range(365)]


@pytest.mark.parametrize("zone", ["Europe/Copenhagen", "America/New_York", "Australia/Lord_Howe"])
def test_the_clock_changes_within_that_year_and_nights_are_an_hour_nearer_or_farther(zone):
    settings = Settings(time_zone=zone)
    moments = planned(zone, datetime(2026, 1, 1, tzinfo=settings.zone), 365)
    gaps = Counter(later - earlier for earlier, later in pairwise(moments))
    assert gaps.pop(timedelta(days=1)) == 362
    shift = timedelta(minutes=30) if zone == "Australia/Lord_Howe" else timedelta(hours=1)
    assert gaps == {timedelta(days=1) - shift: 1, timedelta(days=1) + shift: 1}


def test_every_hour_of_the_changing_nights_belongs_to_one_local_day():
    settings = Settings(time_zone="Europe/Copenhagen")
    for first in (datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 10, 24, 12, tzinfo=UTC)):
        hours = [first + timedelta(hours=count) for count in range(36)]
        days = Counter(settings.last_whole_day(hour) for hour in hours)
        assert sorted(days) == sorted(first.date() + timedelta(days=count) for count in (-1, 0, 1))
        assert days[first.date()] == (23 if first.month == 3 else 25)


def test_the_zone_of_the_schedule_is_the_one_of_the_deployment():
    assert SCHEDULE["timezone"] == "{{ $CREATOR_METRICS_TIME_ZONE }}"
