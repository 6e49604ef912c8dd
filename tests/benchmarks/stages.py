"""Wall and processor time, and peak memory, of the stages of a run, in its own process."""

import resource
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

STAGES = ("load", "marts", "publish")
_CLEAR, _STATUS = Path("/proc/self/clear_refs"), Path("/proc/self/status")


class Stages:
    """Adds up what each stage took; `cpu_seconds` are those of all threads together.

    Where the system cannot reset its high-water mark, a stage's peak is the peak so far.
    """

    def __init__(self, names: Sequence[str] = STAGES) -> None:
        self.figures = {
            name: {"seconds": 0.0, "cpu_seconds": 0.0, "peak_mb": 0.0} for name in names
        }

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what runs inside as part of a stage."""
        figure = self.figures[name]
        _reset_peak()
        began, cpu_began = time.perf_counter(), time.process_time()
        try:
            yield
        finally:
            figure["seconds"] += time.perf_counter() - began
            figure["cpu_seconds"] += time.process_time() - cpu_began
            figure["peak_mb"] = max(figure["peak_mb"], _peak_mb())


def _reset_peak() -> None:
    if _CLEAR.exists():
        _CLEAR.write_text("5")


def _peak_mb() -> float:
    if _STATUS.exists():
        lines = _STATUS.read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
