"""A backfill that is cancelled leaves everything as whole as it found it."""

import os
import re
import signal
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.deployments.stack import Stack
from tests.flows.conftest import content_export
from warehouse.home import Home

LONG = {"start": "2024-01-01", "end": "2025-12-31", "reason": "to be cancelled"}


def _staged(home: Home) -> bool:
    """Tell whether the file that is to be published is being written."""
    return any(home.work.glob("*/staged.duckdb"))


def _in_place(home: Home) -> Callable[[Home], bool]:
    """Make the question whether another file than now is published."""
    served = home.warehouse.stat().st_ino
    return lambda home: home.warehouse.stat().st_ino != served


@pytest.fixture
def night(stack: Stack) -> Stack:
    """Give the stack after a night on one small export."""
    path = stack.inbox / "instagram" / "anna.bager" / "Mar-01-2026_Mar-30-2026_1.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content_export([("18000000000000901", "03/01/2026 10:23", "1000")]))
    run = stack.submit("nightly", {"as_of": "2026-03-31"})
    assert stack.wait(run)["state_type"] == "COMPLETED"
    return stack


def test_a_cancelled_backfill_stops_within_a_day_and_the_next_run_goes_on(night):
    home = Home(night.home)
    before = home.warehouse.read_bytes()
    run = night.submit("backfill", {"request": LONG})
    night.wait_for_log(run, "as_of=2024-01-02")
    night.cancel(run)

    assert night.wait(run)["state_type"] == "CANCELLED"
    assert home.warehouse.read_bytes() == before
    with home.lock("a test", wait_s=30):
        assert home.warehouse.read_bytes() == before
    assert not (home.marts / "tier" / "as_of=2025-12-31").exists()

    again = night.submit("backfill", {"request": {"start": "2024-01-01", "end": "2024-01-01"}})
    assert night.wait(again)["state_type"] == "COMPLETED"
    assert list(home.work.iterdir()) == []
    with duckdb.connect(str(home.warehouse), read_only=True) as warehouse:
        built = {
            row[0] for row in warehouse.execute("select distinct as_of from ops.build").fetchall()
        }
    assert {date(2024, 1, 1), date(2026, 3, 31)} <= built


@pytest.mark.parametrize(
    ("deployment", "day", "moment"),
    [
        ("nightly", "2026-04-10", "staged"),
        ("backfill", "2026-03-27", "in place"),
    ],
)
def test_a_run_cancelled_while_it_publishes_leaves_one_whole_file_and_the_next_night_runs(
    night, deployment, day, moment
):
    parameters = (
        {"as_of": day} if deployment == "nightly" else {"request": {"start": day, "end": day}}
    )
    home = Home(night.home)
    before = home.warehouse.read_bytes()
    is_there = _staged if moment == "staged" else _in_place(home)
    run = night.submit(deployment, parameters)
    pid = int(night.wait(run, {"RUNNING"})["infrastructure_pid"])
    _stop_when(pid, lambda: is_there(home))
    night.cancel(run)
    _wait_for_termination(pid)
    os.kill(pid, signal.SIGCONT)

    assert night.wait(run)["state_type"] == "CANCELLED"
    night.whole_log(run)
    assert (home.warehouse.read_bytes() == before) == (moment == "staged")
    assert list(home.warehouse.parent.glob("*.wal")) == []
    assert _counts(home)["ops.build"] > 0

    after = night.submit("nightly", {"as_of": "2026-04-12"})
    assert night.wait(after)["state_type"] == "COMPLETED"
    assert list(home.work.iterdir()) == []
    with duckdb.connect(str(home.warehouse), read_only=True) as warehouse:
        days = warehouse.execute("select distinct as_of from mart.tier").fetchall()
    assert {(date(2026, 4, 12),), (date.fromisoformat(day),)} <= set(days)


def _stop_when(pid: int, is_there: Callable[[], bool]) -> None:
    """Halt a process at a moment."""
    until = time.monotonic() + 120
    while not is_there():
        assert time.monotonic() < until
        time.sleep(0.001)
    os.kill(pid, signal.SIGSTOP)


def _wait_for_termination(pid: int) -> None:
    """Wait until a halted process has been asked to end, and does not know it yet."""
    until = time.monotonic() + 30
    while not _pending(pid) & (1 << (signal.SIGTERM - 1)):
        assert time.monotonic() < until
        time.sleep(0.05)


def _pending(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.findall(r"^ShdPnd:\s*(\w+)", status, re.MULTILINE)[0], 16)


def _counts(home: Home) -> dict[str, int]:
    """Read every table of the published file; give its rows."""
    with duckdb.connect(str(home.warehouse), read_only=True) as warehouse:
        tables = warehouse.execute(
            "select table_schema || '.' || table_name from information_schema.tables"
        ).fetchall()
        return {
            table: len(warehouse.execute(f"select * from {table}").fetchall())
            for (table,) in tables
        }
