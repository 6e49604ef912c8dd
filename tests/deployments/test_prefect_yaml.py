"""The deployments name flows that exist, with parameters that they take."""

import inspect
from datetime import datetime
from importlib import import_module
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

DECLARED = yaml.safe_load(
    (Path(__file__).parents[2] / "deployments" / "prefect.yaml").read_text(encoding="utf-8")
)
DEPLOYMENTS = {one["name"]: one for one in DECLARED["deployments"]}


@pytest.mark.parametrize("name", ["nightly", "backfill"])
def test_every_deployment_runs_a_flow_of_ours(name):
    path, function = DEPLOYMENTS[name]["entrypoint"].split(":")
    flow = getattr(import_module(path.removesuffix(".py").replace("/", ".")), function)
    assert flow.name == name
    assert set(DEPLOYMENTS[name]["parameters"]) <= set(inspect.signature(flow.fn).parameters)


def test_one_run_at_a_time_writes():
    assert all(one["concurrency_limit"]["limit"] == 1 for one in DEPLOYMENTS.values())


def test_the_night_is_scheduled_at_a_quarter_past_four_local_time_all_year():
    from prefect.client.schemas.schedules import CronSchedule

    (schedule,) = DEPLOYMENTS["nightly"]["schedules"]
    cron = CronSchedule(cron=schedule["cron"], timezone=schedule["timezone"])
    from prefect.server.schemas.schedules import CronSchedule as Planner

    zone = ZoneInfo(schedule["timezone"])
    planner = Planner(cron=cron.cron, timezone=cron.timezone)
    start = datetime(2026, 3, 27, tzinfo=zone)
    import asyncio

    moments = asyncio.run(planner.get_dates(n=5, start=start))
    local = [moment.astimezone(zone) for moment in islice(moments, 5)]
    assert [(moment.hour, moment.minute) for moment in local] == [(4, 15)] * 5
    assert [moment.day for moment in local] == [27, 28, 29, 30, 31]


def test_the_backfill_runs_only_when_asked():
    assert "schedules" not in DEPLOYMENTS["backfill"]
