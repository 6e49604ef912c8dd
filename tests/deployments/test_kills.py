"""kill -9 of the run, of the worker, of the server and of all: the next night needs no help."""

import os
import signal

import pytest

from warehouse.home import Home


@pytest.mark.parametrize(
    ("victims", "outcome"),
    [
        (["run"], "CRASHED"),
        (["worker"], "CRASHED"),
        (["server"], "COMPLETED"),
        (["run", "worker", "server"], "CRASHED"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else None,
)
def test_the_night_after_a_kill_runs_within_minutes(stack, victims, outcome):
    with Home(stack.home).lock("the test"):
        night = stack.submit("nightly", {"as_of": "2026-02-10"})
        stack.wait_for_log(night, "waiting: ")
        pids = {"run": int(stack.run(night)["infrastructure_pid"])}
        pids |= {name: stack.pid(name) for name in ("worker", "server")}
        for victim in victims:
            os.kill(pids[victim], signal.SIGKILL)

    stack.wait_until_up()
    after = stack.wait(stack.submit("nightly", {"as_of": "2026-02-11"}))
    assert after["state_type"] == "COMPLETED"
    assert stack.wait(night)["state_type"] == outcome
    assert list(Home(stack.home).work.iterdir()) == []
