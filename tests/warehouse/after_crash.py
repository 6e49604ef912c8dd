"""What must hold after a crash, before and after the next night."""

import subprocess
import sys
from pathlib import Path

import polars as pl

from tests.warehouse import crash
from tests.warehouse.made_up import write_files, write_zip
from warehouse.arrivals import archive
from warehouse.arrivals.deliveries import deliveries
from warehouse.arrivals.withdrawals import withdrawals, withdrawn
from warehouse.home import Home
from warehouse.loads.load import history, loads, quarantine
from warehouse.marts import partitions

ROOT = Path(__file__).resolve().parents[2]
INBOX = {f"youtube/h{n % 3}/{n}.csv": b"row %d\n" % n for n in range(9)}
PACKED = {"Totals.csv": b"a,b", "Table data.csv": b"c,d"}


def prepare(phase: str, folder: Path) -> None:
    """Lay down what a phase starts from."""
    home = Home(folder / "home").create()
    if phase == "collect":
        write_files(folder / "inbox", INBOX)
        write_zip(folder / "inbox/tiktok/anna/x.zip", PACKED)
    if phase == "partition":
        crash.write_partition(home, rows=10, run="old")
    if phase == "withdraw":
        crash.run_load(folder)
        with home.lock():
            crash.withdraw(home, "c")


def start(phase: str, folder: Path, kill_at: int = 0) -> subprocess.Popen:
    """Start a phase in a process of its own."""
    command = [sys.executable, "-m", "tests.warehouse.crash", phase, str(folder), str(kill_at)]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def check(phase: str, folder: Path) -> str:
    """Hold the store to its promise right after the crash, then after the work is done again.

    Returns which of the two states the crash left.
    """
    return _CHECKS[phase](folder)


def _check_collect(folder: Path) -> str:
    home = Home(folder / "home")
    assert list(archive.verify(home)) == []
    before = deliveries(home)
    for one in before:
        kept = [one.packed.sha256] if one.packed else [file.sha256 for file in one.files]
        assert list(archive.verify(home, kept)) == []
    crash.run_collect(folder)
    after = deliveries(home)
    assert {one.delivery_id for one in before} <= {one.delivery_id for one in after}
    names = [file.member or file.path for one in after for file in one.files]
    assert sorted(names) == sorted([*INBOX, *PACKED])
    assert list(archive.verify(home)) == []
    assert list(home.work.iterdir()) == []
    return f"{len(before)} of {len(after)} deliveries"


def _check_load(folder: Path) -> str:
    home = Home(folder / "home")
    before = loads(home)
    assert len(before) <= 1
    for one in before:
        assert sum(pl.read_parquet(path).height for path in one.files("post_lifetime")) == 12
        assert sum(pl.read_parquet(path).height for path in one.files("quarantine")) == 4
        assert len(one.file_rows) == 4
    with home.lock():
        home.sweep()
    crash.run_load(folder)
    rows = history(home, "post_lifetime").collect()
    assert rows.height == rows.select("post_id").n_unique() == 12
    assert quarantine(home).collect().height == 4
    return f"{len(before)} of 1 load"


def _check_partition(folder: Path) -> str:
    home = Home(folder / "home")
    rows, build = _read_partition(home)
    crash.run_partition(folder)
    assert _read_partition(home)[1].run == "new"
    parts = list((home.marts / "tier" / f"as_of={crash.DAY}").glob("*.parquet"))
    assert len(parts) == 1
    assert list(home.work.iterdir()) == []
    return f"{build.run} partition of {rows} rows"


def _read_partition(home: Home) -> tuple[int, partitions.Build]:
    rows, build = partitions.read(home, "tier", crash.DAY)
    assert rows.height == build.rows == {"old": 10, "new": 20}[build.run]
    assert rows["run"].unique().to_list() == [build.run]
    return rows.height, build


def _check_withdraw(folder: Path) -> str:
    """Both files are withdrawn or neither is, and the one from before stays so."""
    home = Home(folder / "home")
    state = _withdrawn(home)
    assert state in ({"file-c"}, {"file-a", "file-b", "file-c"})
    (load,) = loads(home)
    assert history(home, "post_lifetime").collect().height == 12 - 3 * len(state)
    assert sum(pl.read_parquet(path).height for path in load.files("post_lifetime")) == 12
    crash.run_withdraw(folder)
    assert _withdrawn(home) == {"file-a", "file-b", "file-c"}
    assert history(home, "post_lifetime").collect().height == 3
    assert list(home.work.iterdir()) == []
    return "as it was" if state == {"file-c"} else "withdrawn"


def _withdrawn(home: Home) -> set[str]:
    """Give the files withdrawn, of records each of which is whole."""
    known = withdrawals(home)
    assert {len(one.files) for one in known} <= {1, 2}
    return set(withdrawn(known))


_CHECKS = {
    "collect": _check_collect,
    "load": _check_load,
    "partition": _check_partition,
    "withdraw": _check_withdraw,
}
