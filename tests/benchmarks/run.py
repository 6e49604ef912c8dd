"""Time load, marts and publication beside a bare DuckDB script doing the same.

`python -m tests.benchmarks.run [--sizes 100000 5000000] [--repeats 3] [--folder FOLDER]`

Each run has a process of its own, and the two sides take turns, so that a slow minute of the
machine falls on both. The figures are medians; Prefect is not started.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

from tests.benchmarks.stages import STAGES

SIDES = ("ours", "baseline")
SEED = 7
SAMPLE = Path(__file__).parents[1] / "sample"
Runs = dict[str, list[dict[str, dict[str, float]]]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line, run, print one table per size."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.run")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 5_000_000])
    parser.add_argument("--repeats", type=int, default=3, help="runs of each side")
    parser.add_argument("--sides", nargs="+", choices=SIDES, default=list(SIDES))
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path(tempfile.gettempdir()) / "creator-metrics-bench",
        help="where the inboxes are kept between runs",
    )
    options = parser.parse_args(arguments)
    figures = {}
    for size in options.sizes:
        inbox = _inbox(options.folder, size)
        runs = _alternate(inbox, options.folder, options.sides, options.repeats)
        figures[size] = _medians(runs)
        sys.stdout.write(report(size, figures[size], options.repeats))
        sys.stdout.flush()
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1))
    return 0


def report(size: int, figures: dict[str, dict[str, dict[str, float]]], repeats: int) -> str:
    """Lay out one size's medians: seconds and peak memory per stage, and ours over baseline."""
    lines = [f"\n{size:,} post observations, median of {repeats}\n"]
    lines.append(
        f"{'':10}" + "".join(f"{side + ' s':>12}{side + ' MB':>13}" for side in figures) + "  ratio"
    )
    for stage in (*STAGES, "together"):
        cells = "".join(
            f"{figures[side][stage]['seconds']:>12.2f}{figures[side][stage]['peak_mb']:>13.0f}"
            for side in figures
        )
        ratio = ""
        if len(figures) == len(SIDES):
            ours, baseline = (figures[side][stage]["seconds"] for side in SIDES)
            ratio = f"{ours / baseline:>7.2f}" if baseline > 0 else ""
        lines.append(f"{stage:10}{cells}{ratio}")
    return "\n".join(lines) + "\n"


def _alternate(inbox: Path, folder: Path, sides: Sequence[str], repeats: int) -> Runs:
    runs: Runs = {side: [] for side in sides}
    for number in range(repeats):
        for side in sides if number % 2 == 0 else reversed(sides):
            home = folder / f"home-{side}"
            shutil.rmtree(home, ignore_errors=True)
            done = subprocess.run(
                [sys.executable, "-m", "tests.benchmarks.child", side, inbox, home],
                stdout=subprocess.PIPE,
                check=True,
                text=True,
            )
            runs[side].append(json.loads(done.stdout.splitlines()[-1]))
            shutil.rmtree(home, ignore_errors=True)
    return runs


def _medians(runs: Runs) -> dict[str, dict[str, dict[str, float]]]:
    return {
        side: {
            stage: {
                figure: statistics.median(run[stage][figure] for run in times)
                for figure in ("seconds", "peak_mb")
            }
            for stage in (*STAGES, "together")
        }
        for side, times in runs.items()
    }


def _inbox(folder: Path, size: int) -> Path:
    """Give the inbox of a size, written once per state of the generator.

    A marker beside it tells that it is whole.
    """
    writer = b"".join(path.read_bytes() for path in (SAMPLE / "bulk.py", SAMPLE / "meta.py"))
    inbox = folder / f"inbox-{size}-{SEED}-{crc32(writer):08x}"
    marker = folder / f"{inbox.name}.written"
    if not marker.exists():
        shutil.rmtree(inbox, ignore_errors=True)
        command = ["bulk", inbox, "--observations", str(size), "--seed", str(SEED)]
        subprocess.run([sys.executable, "-m", "tests.sample", *command], check=True)
        marker.touch()
    return inbox


if __name__ == "__main__":
    raise SystemExit(main())
