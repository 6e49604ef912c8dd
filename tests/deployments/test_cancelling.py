"""A backfill that is cancelled leaves everything as whole as it found it."""

from datetime import date

import duckdb
import pytest

from tests.deployments.stack import Stack
from tests.flows.conftest import content_export
from warehouse.home import Home

LONG = {"start": "2024-01-01", "end": "2025-12-31", "reason": "to be cancelled"}


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
