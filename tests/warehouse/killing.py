"""A process that publishes night after night until it is killed, and what is left then.

`python -m tests.warehouse.killing FOLDER [PHASE]` tells each phase on standard output; given a
phase, it kills itself when that phase of the second night begins.
"""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.warehouse.publications import content, publication
from warehouse.published.publish import Publication, publish

PHASES = ("read", "copy", "fill", "check", "seal", "swap", "prune")


@dataclass(frozen=True)
class Killed:
    """What a killed publication left.

    Attributes
    ----------
    phase
        The last that it told.
    night
        The night whose rows the served file holds, all tables alike.
    next_outcome
        What the next publication in the same home came to.
    """

    phase: str
    night: int
    next_outcome: str


def night(store: Path, number: int, rows: int) -> Publication:
    """Say what night `number` publishes: its number can be read off every table."""
    return publication(
        store,
        loads={f"load-{each:03d}": each for each in range(1, number + 1)},
        accounts=[f"account-{each:03d}" for each in range(number)],
        days={each: (0.5,) * each for each in range(1, number + 1)},
        arrived=number,
        listed=[f"word-{each}" for each in range(number)],
        rows=rows,
    )


def publish_night(folder: Path, number: int, rows: int, on_phase=None):
    home = folder / "home"
    return publish(
        home / "warehouse.duckdb",
        home / "work",
        home / ".generations",
        night(folder / "store", number, rows),
        on_phase=on_phase,
    )


def round_of(folder: Path, repository: Path, *, phase: str | None, seed: int, rows: int) -> Killed:
    """Let a process publish, kill it, hold what is left to account.

    Parameters
    ----------
    phase
        Where it dies; at a random moment of the first nights, when null.
    rows
        Rows of history a night.

    Raises
    ------
    AssertionError
        When the served file does not open, or is not one whole night.
    """
    publish_night(folder, 1, rows)
    command = [sys.executable, "-m", "tests.warehouse.killing", str(folder), str(rows)]
    with subprocess.Popen(
        [*command, *([phase] if phase else [])], cwd=repository, stdout=subprocess.PIPE, text=True
    ) as process:
        told = [process.stdout.readline()]
        if phase is None:
            time.sleep(random.Random(seed).uniform(0, 1.5))
            process.kill()
        told += process.stdout.read().split()
    assert process.returncode == -signal.SIGKILL, f"ended by itself: {told}"
    served = folder / "home" / "warehouse.duckdb"
    found = whole_night(content(served), rows)
    kept = [path.read_bytes() for path in served.parent.glob(".generations/*.duckdb")]
    assert served.read_bytes() in kept
    assert not served.with_name("warehouse.duckdb.wal").exists()
    following = publish_night(folder, found + 1, rows)
    assert whole_night(content(served), rows) == found + 1
    return Killed(phase=told[-1].strip(), night=found, next_outcome=following.outcome)


def whole_night(rows: dict[str, list[tuple]], rows_a_night: int) -> int:
    """Give the night whose rows these are; they are of one night or the file is torn."""
    number = len(rows["ops.delivery"])
    counts = {name: len(each) for name, each in rows.items()}
    assert counts == {
        "history.post_lifetime": number * rows_a_night,
        "core.account_ref": number,
        "mart.score": number * (number + 1) // 2,
        "mart.score_latest": number,
        "ops.delivery": number,
        "ref.word": number,
    }
    return number


def main() -> None:
    """Publish night after night, telling each phase."""
    folder, rows, *rest = sys.argv[1:]
    number = 1

    def tell(phase: str) -> None:
        sys.stdout.write(f"{phase}\n")
        sys.stdout.flush()
        if rest and number == 2 and phase == rest[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    while True:
        publish_night(Path(folder), number, int(rows), on_phase=tell)
        number += 1


if __name__ == "__main__":
    main()
