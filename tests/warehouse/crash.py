"""A process that writes to the store and is killed at a moment named beforehand.

`python -m tests.warehouse.crash PHASE FOLDER KILL_AT`: runs one phase and sends itself SIGKILL
just before its KILL_AT-th file operation; 0 kills never. Prints the number of operations, and
what was about to happen when it died.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from tests.warehouse.made_up import IMPATIENT, NOW, build, reading
from warehouse.arrivals.collect import collect
from warehouse.arrivals.inbox import Inbox
from warehouse.arrivals.withdrawals import WithdrawnFile, record
from warehouse.home import Home
from warehouse.loads.load import next_moment
from warehouse.loads.writer import LoadWriter
from warehouse.marts.partitions import write

DAY = date(2030, 5, 1)
_OPERATIONS = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod"}


def run_collect(folder: Path) -> None:
    home = Home(folder / "home")
    with home.lock():
        home.sweep()
        collect(home, Inbox(folder / "inbox"), NOW, ZoneInfo("UTC"), settling=IMPATIENT)


def run_load(folder: Path) -> None:
    home = Home(folder / "home")
    with (
        home.lock(),
        LoadWriter(
            home, "crash", now=NOW, program_version="1", reader_version="1", buffer_rows=4
        ) as writer,
    ):
        for name in ("a", "b", "c", "d"):
            writer.add(reading(name, quarantined=1), f"delivery-{name}")
        writer.commit()


def run_partition(folder: Path) -> None:
    """Replace the partition that lies there by one with ten rows more."""
    home = Home(folder / "home")
    with home.lock():
        home.sweep()
        write_partition(home, rows=20, run="new")


def write_partition(home: Home, *, rows: int, run: str) -> None:
    frame = pl.DataFrame({"run": [run] * rows})
    write(home, "tier", DAY, frame, build("tier", DAY, run=run, built_at=NOW + timedelta(1)))


def run_withdraw(folder: Path) -> None:
    """Take back two files of the load that lies there."""
    home = Home(folder / "home")
    with home.lock():
        home.sweep()
        withdraw(home, "a", "b")


def withdraw(home: Home, *names: str) -> None:
    files = [
        WithdrawnFile(
            file_id=f"file-{name}",
            delivery_id=f"delivery-{name}",
            path=name,
            member=None,
            sha256=name,
            rows=3,
        )
        for name in names
    ]
    at = next_moment(home, NOW + timedelta(1))
    record(home, "withdrawn", files, "wrong account", run="crash", at=at)


PHASES: dict[str, Callable[[Path], None]] = {
    "collect": run_collect,
    "load": run_load,
    "partition": run_partition,
    "withdraw": run_withdraw,
}


def kill_at(count: int, folder: Path) -> Callable[[], int]:
    """Count file operations below `folder` and die just before the one named."""
    done = 0

    def watch(event: str, arguments: tuple) -> None:
        nonlocal done
        if event not in _OPERATIONS or not str(arguments[0]).startswith(str(folder)):
            return
        done += 1
        if done == count:
            words = f"{event} {str(arguments[0])[len(str(folder)) :]}\n"
            os.write(sys.stdout.fileno(), words.encode("utf-8", "replace"))
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    return lambda: done


def main() -> None:
    phase, folder, count = sys.argv[1], Path(sys.argv[2]).resolve(), int(sys.argv[3])
    os.write(sys.stdout.fileno(), b"started\n")
    operations = kill_at(count, folder)
    PHASES[phase](folder)
    os.write(sys.stdout.fileno(), f"{operations()}\n".encode())


if __name__ == "__main__":
    main()
