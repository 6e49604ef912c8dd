"""`make serve`: everything on one loopback port, from one command, until Ctrl-C."""

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import psutil

from tests.deployments.stack import SERVE, free_port
from warehouse.home import Home

DEPLOY = SERVE.with_name("deploy.py")


def test_a_night_started_in_the_ui_runs_and_everything_lies_in_the_folder(stack):
    assert stack.wait(stack.submit("nightly"))["state_type"] == "COMPLETED"
    assert Home(stack.home).warehouse.exists()
    assert (stack.folder / "prefect" / "prefect.db").exists()
    assert not (stack.user / ".prefect").exists()


def test_the_server_plans_the_nights_of_the_settings_zone(stack):
    until = time.monotonic() + 60
    while len(planned := stack.planned("nightly")) < 31:
        assert time.monotonic() < until, stack.log("server")
        time.sleep(0.5)
    local = [moment.astimezone(stack.settings.zone) for moment in planned]
    assert {(moment.hour, moment.minute) for moment in local} == {(4, 15)}
    assert min(planned) > datetime.now(UTC)
    assert max(planned) - min(planned) >= timedelta(days=29)


def test_what_runs_works_in_the_folder_and_not_where_another_user_does(stack):
    with Home(stack.home).lock("the test"):
        run = stack.submit("nightly", {"as_of": "2026-03-03"})
        stack.wait_for_log(run, "waiting: ")
        environments = [
            psutil.Process(pid).environ()
            for pid in (stack.pid("worker"), int(stack.run(run)["infrastructure_pid"]))
        ]
    assert stack.wait(run)["state_type"] == "COMPLETED"
    assert {one["TMPDIR"] for one in environments} == {str(stack.folder / "tmp")}
    assert (stack.folder / "tmp" / "runner_storage").is_dir()
    assert list((stack.folder / "prefect" / "ui").rglob("index.html"))


def test_a_second_start_says_where_it_is_served_already(stack):
    again = subprocess.run(
        [sys.executable, SERVE, "--port", str(free_port()), "--folder", stack.folder],
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"already served on {stack.url}" in again.stdout
    assert stack.process.poll() is None


def test_a_port_of_somebody_else_is_told_before_anything_starts(stack, tmp_path):
    refused = subprocess.run(
        [sys.executable, SERVE, "--port", str(stack.port), "--folder", tmp_path / "served"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1
    assert f"port {stack.port} is taken" in refused.stderr


def test_ctrl_c_ends_the_running_night_too_and_it_can_be_started_again(stack):
    with Home(stack.home).lock("the test"):
        night = stack.submit("nightly", {"as_of": "2026-03-01"})
        stack.wait_for_log(night, "waiting: ")
        family = psutil.Process(stack.process.pid).children(recursive=True)
        assert len(family) >= 3
        assert stack.stop() == 0
    assert not [one for one in family if one.is_running()]
    assert not (stack.folder / "processes.json").exists()

    stack.start()
    assert stack.wait(night)["state_type"] == "CRASHED"
    after = stack.wait(stack.submit("nightly", {"as_of": "2026-03-02"}))
    assert after["state_type"] == "COMPLETED"


def test_a_night_that_is_late_survives_that_its_deployment_is_deployed_again(stack):
    long_ago = datetime.now(UTC) - timedelta(days=60)
    with stack.paused():
        late = stack.schedule("nightly", long_ago, long_ago + timedelta(days=2))
        told = subprocess.run(
            [sys.executable, DEPLOY], env=stack.terminal, capture_output=True, text=True, check=True
        ).stdout
        (moved,) = [line.rsplit(" ", 1)[1] for line in told.splitlines() if "runs now" in line]
    assert moved not in late
    scheduled = datetime.fromisoformat(stack.run(moved)["expected_start_time"])
    day = stack.settings.last_whole_day(scheduled)
    assert stack.wait(moved)["name"] == f"night of {day}"
