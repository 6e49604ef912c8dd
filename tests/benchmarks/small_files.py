"""Time a night of many small files beside DuckDB reading the same files one by one.

`python -m tests.benchmarks.small_files [--files 10000] [--repeats 3] [--folder FOLDER]`

Both sides have `collect` (the files found; zips unpacked) and `read` (typed rows in tables);
ours goes on to the marts and the publication. Files a second are given by the clock and by
the processor: the latter is what one core would read. Each run has a process of its own, and
the two sides take turns.
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

from tests.benchmarks.small_files_sides import SIDES, STAGES
from tests.sample import small

SEED = 7
LOADING = ("collect", "read")
SAMPLE = Path(small.__file__).parent
_WRITERS = ("small", "meta", "meta_overview", "meta_audience", "tiktok", "youtube", "simulation")
Run = dict[str, dict[str, float]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line, run, print one table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.small_files")
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--repeats", type=int, default=3, help="runs of each side")
    parser.add_argument("--sides", nargs="+", choices=SIDES, default=list(SIDES))
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path(tempfile.gettempdir()) / "creator-metrics-bench",
        help="where the inbox is kept between runs",
    )
    options = parser.parse_args(arguments)
    inbox, files = _inbox(options.folder, options.files)
    runs: dict[str, list[Run]] = {side: [] for side in options.sides}
    for number in range(options.repeats):
        for side in options.sides if number % 2 == 0 else reversed(options.sides):
            runs[side].append(_run(side, inbox, options.folder / f"home-{side}"))
    sys.stdout.write(report(files, runs))
    return 0


def report(files: int, runs: dict[str, list[Run]]) -> str:
    """Lay out the medians: each stage's seconds, and files a second of each side."""
    repeats = len(next(iter(runs.values())))
    lines = [
        f"\n{files:,} small files, median of {repeats}\n",
        f"{'':19}{'wall s':>8}{'files/s':>9}{'cpu s':>8}{'files/cpu s':>13}{'ms/file':>9}{'MB':>7}",
    ]
    for side, times in runs.items():
        for stage in (*LOADING, "+".join(LOADING), *STAGES[len(LOADING) :], "together"):
            seconds, cpu = (_median(times, stage, name) for name in ("seconds", "cpu_seconds"))
            if not seconds:
                continue
            peak = max(_median(times, part, "peak_mb") for part in _parts(stage))
            lines.append(
                f"{side:9}{stage:13}{seconds:>5.1f}{files / seconds:>9.0f}{cpu:>8.1f}"
                f"{files / cpu:>13.0f}{1000 * cpu / files:>9.2f}{peak:>7.0f}"
            )
    return "\n".join(lines) + "\n"


def _parts(stage: str) -> Sequence[str]:
    return STAGES if stage == "together" else stage.split("+")


def _median(times: list[Run], stage: str, figure: str) -> float:
    return statistics.median(sum(run[part][figure] for part in _parts(stage)) for run in times)


def _run(side: str, inbox: Path, home: Path) -> Run:
    shutil.rmtree(home, ignore_errors=True)
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.small_files_sides", side, inbox, home],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    shutil.rmtree(home, ignore_errors=True)
    return json.loads(done.stdout.splitlines()[-1])


def _inbox(folder: Path, files: int) -> tuple[Path, int]:
    """Give the inbox and the number of its files, written once per state of the writers."""
    writers = b"".join((SAMPLE / f"{name}.py").read_bytes() for name in _WRITERS)
    inbox = folder / f"small-{files}-{SEED}-{crc32(writers):08x}"
    marker = folder / f"{inbox.name}.written"
    if not marker.exists():
        shutil.rmtree(inbox, ignore_errors=True)
        written = small.write(inbox, files, SEED)
        marker.write_text(str(written))
    return inbox, int(marker.read_text())


if __name__ == "__main__":
    raise SystemExit(main())
