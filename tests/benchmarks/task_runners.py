"""Time a night of small files whose batches are read on threads, on processes and on Dask.

`python -m tests.benchmarks.task_runners [--files 2000] [--batch 250] [--repeats 3]`

Each night is the command itself in a process of its own, under a Prefect server that runs
meanwhile; its processor seconds are those of the command and of every process it begins. The
runners take turns.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.deployments.stack import serving
from tests.sample import small

RUNNERS = ("threads", "processes", "dask")
SEED = 7
_CLI = [sys.executable, "-c", "from flows.cli import main; main()"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line, run, print one table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.task_runners")
    parser.add_argument("--files", type=int, default=2_000)
    parser.add_argument("--batch", type=int, default=250, help="files of one batch")
    parser.add_argument("--repeats", type=int, default=3, help="nights of each runner")
    parser.add_argument("--runners", nargs="+", choices=RUNNERS, default=list(RUNNERS))
    options = parser.parse_args(arguments)
    figures: dict[str, list[tuple[float, float]]] = {name: [] for name in options.runners}
    with tempfile.TemporaryDirectory(prefix="creator-metrics-bench-") as folder:
        inbox = Path(folder) / "inbox"
        files = small.write(inbox, options.files, SEED)
        with serving(Path(folder) / "served") as stack:
            for number in range(options.repeats):
                for name in options.runners:
                    home = Path(folder) / f"home-{name}-{number}"
                    env = stack.terminal | {
                        "CREATOR_METRICS_TASK_RUNNER": name,
                        "CREATOR_METRICS_BATCH_FILES": str(options.batch),
                    }
                    figures[name].append(_night(inbox, home, env))
    sys.stdout.write(report(files, options.batch, figures))
    return 0


def report(files: int, batch: int, figures: dict[str, list[tuple[float, float]]]) -> str:
    """Lay out the medians of wall and processor seconds."""
    repeats = len(next(iter(figures.values())))
    lines = [
        f"\n{files:,} small files in batches of {batch:,}, median of {repeats}\n",
        f"{'task_runner':<14}{'wall s':>8}{'cpu s':>8}",
    ]
    for name, runs in figures.items():
        wall, cpu = (statistics.median(one) for one in zip(*runs, strict=True))
        lines.append(f"{name:<14}{wall:>8.1f}{cpu:>8.1f}")
    return "\n".join(lines) + "\n"


def _night(inbox: Path, home: Path, env: dict[str, str]) -> tuple[float, float]:
    """Run one night; give its wall and its processor seconds."""
    where = ["--home", str(home), "--inbox", str(inbox), "--as-of", "2025-06-30"]
    before, began = _processor_seconds(), time.monotonic()
    subprocess.run([*_CLI, "nightly", *where], env=env, capture_output=True, check=True)
    return time.monotonic() - began, _processor_seconds() - before


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    raise SystemExit(main())
