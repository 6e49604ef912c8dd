"""A night from the command line that alerts: it tells the server, and ends without a noise."""

import re
import subprocess
import sys
import time

from flows.orchestration.alerts import ACCOUNT_SILENT
from tests.deployments.stack import Stack
from tests.flows.conftest import content_export

DAY = "2026-07-02"
CLI = [sys.executable, "-c", "from flows.cli import main; main()"]
ROWS = [("18000000000000099", "03/01/2026 10:23", "abc"), ("18000000000000001", "x", "7")]
LINE_OF_LOG = re.compile(r"\d\d:\d\d:\d\d\.\d{3} \| (INFO|WARNING) ")


def test_after_its_alerts_nothing_that_is_not_ours_is_said(stack: Stack, tmp_path):
    path = tmp_path / "inbox" / "instagram" / "anna.bager" / "Mar-01-2026_Mar-30-2026_1.csv"
    path.parent.mkdir(parents=True)
    path.write_text(content_export([*ROWS, ("18000000000000002", "03/02/2026 10:23", "5")]))
    where = ["--home", str(tmp_path / "home"), "--inbox", str(tmp_path / "inbox")]

    night = subprocess.run(
        [*CLI, "nightly", *where, "--as-of", DAY],
        env=stack.terminal,
        capture_output=True,
        text=True,
        check=True,
    )

    assert [one for one in night.stderr.splitlines() if not LINE_OF_LOG.match(one)] == []
    until = time.monotonic() + 60
    while DAY not in [one["payload"]["as_of"] for one in stack.events(ACCOUNT_SILENT)]:
        assert time.monotonic() < until
        time.sleep(0.5)
