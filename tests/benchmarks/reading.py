"""Time the reading of one large content export beside DuckDB reading it into a typed table.

`python -m tests.benchmarks.reading [--megabytes 1000] [--repeats 3] [--folder FOLDER]`

Ours recognises the file, settles what only its whole tells, parts good records from bad and writes
the load; the baseline checks nothing. DuckDB reads a file in parallel only where no quoted cell
has lines of its own, so that captions of one line are timed as well. Each run has a process of its
own, and the sides take turns.
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

from tests.benchmarks import large_content

SIDES = ("ours", "baseline")
CAPTIONS = {"of several lines": "alone", "of one line": "parallel"}
"""How the captions are written, and how DuckDB can then read."""

SEED = 7
Runs = dict[str, list[dict[str, float]]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line, run, print a table for each way captions are written."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.reading")
    parser.add_argument("--megabytes", type=int, default=1_000)
    parser.add_argument("--repeats", type=int, default=3, help="runs of each side")
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path(tempfile.gettempdir()) / "creator-metrics-bench",
        help="where the files are kept between runs",
    )
    options = parser.parse_args(arguments)
    for captions, how in CAPTIONS.items():
        file = _file(options.folder, options.megabytes, how)
        runs: Runs = {side: [] for side in SIDES}
        for number in range(options.repeats):
            for side in SIDES if number % 2 == 0 else reversed(SIDES):
                runs[side].append(_run(side, file, options.folder / f"home-{side}", how))
        sys.stdout.write(report(options.megabytes, captions, runs))
        sys.stdout.flush()
    return 0


def report(megabytes: int, captions: str, runs: Runs) -> str:
    """Lay out the medians of both sides, and ours over the baseline."""
    repeats, rows = len(runs["ours"]), runs["ours"][0]["rows"]
    medians = {
        side: {name: statistics.median(run[name] for run in times) for name in times[0]}
        for side, times in runs.items()
    }
    ratio = {name: medians["ours"][name] / medians["baseline"][name] for name in medians["ours"]}
    lines = [
        f"\n{megabytes:,} MB, {rows:,} records, captions {captions}, median of {repeats}\n",
        f"{'':10}{'seconds':>10}{'cpu s':>10}{'peak MB':>10}",
        *(
            f"{name:10}{own['seconds']:>10.2f}{own['cpu_seconds']:>10.2f}{own['peak_mb']:>10{form}}"
            for name, own, form in (
                *((side, found, ".0f") for side, found in medians.items()),
                ("ratio", ratio, ".2f"),
            )
        ),
    ]
    return "\n".join(lines) + "\n"


def _run(side: str, file: Path, home: Path, how: str) -> dict[str, float]:
    shutil.rmtree(home, ignore_errors=True)
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.reading_sides", side, file, home, how],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    shutil.rmtree(home, ignore_errors=True)
    return json.loads(done.stdout.splitlines()[-1])


def _file(folder: Path, megabytes: int, how: str) -> Path:
    """Give the file, written once per state of its writer; a marker tells that it is whole."""
    writer = crc32(Path(large_content.__file__).read_bytes())
    file = folder / f"content-{megabytes}-{how}-{SEED}-{writer:08x}.csv"
    marker = file.with_suffix(".written")
    if not marker.exists():
        folder.mkdir(parents=True, exist_ok=True)
        large_content.write(file, megabytes * 10**6, SEED, has_lines=how == "alone")
        marker.touch()
    return file


if __name__ == "__main__":
    raise SystemExit(main())
