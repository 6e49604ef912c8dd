"""Time the scoring of briefs beside plain SQL in DuckDB doing the same.

`python -m tests.benchmarks.fit [--creators 50000] [--briefs 20] [--repeats 3] [--folder FOLDER]`

`ours` has every component, score, rank and contribution, as `baseline` has; `with words` is
mart.fit as a night makes it. Each run has a process of its own, and the sides take turns.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

from tests.benchmarks import fit_tables
from tests.benchmarks.fit_sides import SIDES, STAGES

SEED = 7
Runs = dict[str, list[dict[str, dict[str, float]]]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line, run, print one table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.fit")
    parser.add_argument("--creators", type=int, default=50_000)
    parser.add_argument("--briefs", type=int, default=20)
    parser.add_argument("--repeats", type=int, default=3, help="runs of each side")
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path(tempfile.gettempdir()) / "creator-metrics-bench",
        help="where the tables are kept between runs",
    )
    options = parser.parse_args(arguments)
    tables = _tables(options.folder, options.creators, options.briefs)
    runs: Runs = {side: [] for side in SIDES}
    for number in range(options.repeats):
        for side in SIDES if number % 2 == 0 else reversed(SIDES):
            runs[side].append(_run(side, tables))
    sys.stdout.write(report(options.creators, options.briefs, runs))
    return 0


def report(creators: int, briefs: int, runs: Runs) -> str:
    """Lay out the medians: seconds and peak memory per stage, and each side over the baseline."""
    repeats = len(runs["baseline"])
    lines = [
        f"\n{briefs} briefs over {creators:,} creators, median of {repeats}\n",
        f"{'':12}" + "".join(f"{stage + ' s':>12}{'MB':>7}{'ratio':>7}" for stage in _shown()),
    ]
    for side, times in runs.items():
        cells = []
        for stage in _shown():
            seconds = _median(times, stage, "seconds")
            ratio = seconds / _median(runs["baseline"], stage, "seconds")
            cells.append(f"{seconds:>12.2f}{_median(times, stage, 'peak_mb'):>7.0f}{ratio:>7.2f}")
        lines.append(f"{side:12}" + "".join(cells))
    return "\n".join(lines) + "\n"


def _shown() -> tuple[str, ...]:
    return (*STAGES, "together")


def _median(times: list[dict[str, dict[str, float]]], stage: str, figure: str) -> float:
    return statistics.median(run[stage][figure] for run in times)


def _run(side: str, tables: Path) -> dict[str, dict[str, float]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.fit_sides", side, tables],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def _tables(folder: Path, creators: int, briefs: int) -> Path:
    """Give the folder of the tables, written once per state of their writer."""
    writer = crc32(Path(fit_tables.__file__).read_bytes())
    tables = folder / f"fit-{creators}-{briefs}-{SEED}-{writer:08x}"
    marker = folder / f"{tables.name}.written"
    if not marker.exists():
        fit_tables.write(tables, creators, briefs, SEED)
        marker.touch()
    return tables


if __name__ == "__main__":
    raise SystemExit(main())
