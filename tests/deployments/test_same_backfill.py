"""A backfill from the command line gives what the same one gives from the UI."""

import shutil
import subprocess
import sys
from pathlib import Path

import duckdb

from flows.marts import MARTS
from tests.flows.conftest import content_export

CLI = [sys.executable, "-c", "from flows.cli import main; main()"]
SEVERAL = [(f"1800000000000070{n}", f"03/{n:02d}/2026 10:23", str(1000 + n)) for n in range(1, 9)]


def test_the_command_line_and_the_ui_build_the_same_rows(stack, tmp_path):
    path = stack.inbox / "instagram" / "anna.bager" / "Mar-01-2026_Mar-30-2026_2.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content_export(SEVERAL))
    assert stack.wait(stack.submit("nightly", {"as_of": "2026-04-04"}))["state_type"] == "COMPLETED"
    copy = tmp_path / "home"
    shutil.copytree(stack.home, copy)

    request = {"start": "2026-04-02", "end": "2026-04-03", "reason": "twice"}
    run = stack.submit("backfill", {"request": request | {"creators": ["anna.bager"]}})
    said = ["--reason", "twice", "--creator", "anna.bager", "--home", str(copy)]
    subprocess.run(
        [*CLI, "backfill", "2026-04-02", "2026-04-03", *said], env=stack.terminal, check=True
    )
    assert stack.wait(run)["state_type"] == "COMPLETED"

    assert rows(copy) == rows(stack.home)
    assert rows(copy)["tier"]
    assert reasons(copy) == reasons(stack.home) == {("twice",)}


def rows(home: Path) -> dict[str, list[tuple]]:
    """Give the rows of every mart on the two days."""
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as warehouse:
        return {
            table: warehouse.execute(
                f"select * from mart.{table} where as_of between '2026-04-02' and '2026-04-03' "
                "order by all"
            ).fetchall()
            for table in MARTS
        }


def reasons(home: Path) -> set[tuple]:
    """Give the reasons kept with what was built."""
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as warehouse:
        found = warehouse.execute(
            "select reason from ops.build where as_of between '2026-04-02' and '2026-04-03'"
        )
        return set(found.fetchall())
