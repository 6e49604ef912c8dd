"""Run, worker and server killed at any moment of a night, again and again: nights go on."""

import os
import random
import signal
import time
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from flows.runs.night import run_night
from tests.deployments.stack import Stack, serving
from tests.flows.published import PROVENANCE, tables
from tests.sample import inbox as sample
from warehouse.home import Home

ROUNDS = 12
FIRST = date(2025, 6, 1)
VICTIMS = ["run", "worker", "server"]


@pytest.fixture(scope="module")
def stack(tmp_path_factory) -> Iterator[Stack]:
    """Serve over an inbox of the sample."""
    folder = tmp_path_factory.mktemp("kills") / "served"
    sample.write(folder / "inbox", 7)
    with serving(folder) as running:
        yield running


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_the_night_after_any_kill_completes_and_nothing_is_left_running(stack, seed):
    chance = random.Random(seed)
    victims = chance.sample(VICTIMS, chance.randint(1, len(VICTIMS)))
    night = stack.submit("nightly", {"as_of": str(FIRST + timedelta(days=2 * seed))})
    started = stack.wait(night, {"PENDING", "RUNNING"})
    time.sleep(chance.uniform(0, 20))
    pids = {name: stack.pid(name) for name in ("worker", "server")}
    pids["run"] = int(started["infrastructure_pid"] or 0)
    for victim in victims:
        _kill(pids[victim])

    stack.wait_until_up()
    day = FIRST + timedelta(days=2 * seed + 1)
    began = time.monotonic()
    after = stack.wait(stack.submit("nightly", {"as_of": str(day)}), within_s=300)
    assert after["state_type"] == "COMPLETED", (victims, time.monotonic() - began)
    stack.wait(night)
    assert (Home(stack.home).marts / "tier" / f"as_of={day}").exists()


def test_after_all_of_it_the_tables_are_those_of_undisturbed_nights(stack, tmp_path):
    day = FIRST + timedelta(days=2 * ROUNDS)
    assert stack.wait(stack.submit("nightly", {"as_of": str(day)}))["state_type"] == "COMPLETED"
    calm = stack.settings.model_copy(update={"home": tmp_path / "calm"})
    run_night(calm, day)
    layers = "'core'"
    assert tables(stack.settings, layers, PROVENANCE) == tables(calm, layers, PROVENANCE)


def _kill(pid: int) -> None:
    try:
        if pid:
            os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
