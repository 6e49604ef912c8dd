"""The deployments name flows that exist, with parameters that they take."""

import inspect
from importlib import import_module
from pathlib import Path

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


def test_the_backfill_runs_only_when_asked():
    assert "schedules" not in DEPLOYMENTS["backfill"]


def test_nothing_in_it_names_a_machine_or_a_secret():
    text = (Path(__file__).parents[2] / "deployments" / "prefect.yaml").read_text(encoding="utf-8")
    told = [line for line in text.splitlines() if not line.startswith("#")]
    assert not [line for line in told if " /" in line or "auth" in line.lower()]
    assert DECLARED["pull"] == [
        {
            "prefect.deployments.steps.set_working_directory": {
                "directory": "{{ $CREATOR_METRICS_CHECKOUT }}"
            }
        }
    ]
