"""Runs from the command line and from the UI write one home, one after the other."""

import os
import subprocess
import sys
import time
from datetime import timedelta

from tests.deployments.stack import Stack
from warehouse.home import Home

CLI = [sys.executable, "-c", "from flows.cli import main; main()"]


def test_a_run_from_the_ui_waits_for_who_writes_and_says_for_whom(stack):
    with Home(stack.home).lock("a hand that holds it"):
        run = stack.submit("nightly", {"as_of": "2026-02-01"})
        stack.wait(run, {"RUNNING"})
        stack.wait_for_log(run, f"process {os.getpid()} (a hand that holds it, since ")
        assert stack.run(run)["state_type"] == "RUNNING"
    assert stack.wait(run)["state_type"] == "COMPLETED"


def test_the_command_line_and_the_ui_at_once_both_come_through(stack):
    env = stack.terminal | {"CREATOR_METRICS_LOCK_WAIT_SECONDS": "120"}
    where = ["--home", str(stack.home), "--inbox", str(stack.inbox)]
    today = stack.settings.today()
    days = [str(today - timedelta(days=count)) for count in (5, 6, 7)]
    by_hand = subprocess.Popen([*CLI, "nightly", *where, "--as-of", days[0]], env=env)
    submitted = [stack.submit("nightly", {"as_of": day}) for day in days[1:]]

    assert [stack.wait(run)["state_type"] for run in submitted] == ["COMPLETED"] * 2
    assert by_hand.wait(60) == 0
    built = {path.name for path in (Home(stack.home).marts / "tier").iterdir()}
    assert {f"as_of={day}" for day in days} <= built


def test_the_deployment_has_one_slot_and_the_second_run_waits_for_it(stack):
    with Home(stack.home).lock():
        runs = [stack.submit("nightly", {"as_of": "2026-02-05"}) for _ in range(2)]
        until = time.monotonic() + 120
        while "AwaitingConcurrencySlot" not in (names := _states(stack, runs)):
            assert time.monotonic() < until, names
            time.sleep(0.2)
        waiting = runs[names.index("AwaitingConcurrencySlot")]
        stack.cancel(waiting)
        runs.remove(waiting)
    assert stack.wait(runs[0])["state_type"] == "COMPLETED"


def _states(stack: Stack, runs: list[str]) -> list[str]:
    return [stack.run(run)["state_name"] for run in runs]
