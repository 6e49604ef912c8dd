"""One run of one side in a process of its own: prints seconds and peak memory as JSON."""

import json
import sys
import time
from datetime import date
from pathlib import Path

from tests.benchmarks import baseline, ours
from tests.benchmarks.stages import Stages

AS_OF = date(2025, 6, 30)


def main(side: str, inbox: Path, home: Path) -> None:
    """Run one side; `together` is the whole run, also what lies between its stages."""
    stages = Stages()
    began = time.perf_counter()
    (baseline if side == "baseline" else ours).run(inbox, home, AS_OF, stages)
    together = {
        "seconds": time.perf_counter() - began,
        "peak_mb": max(figure["peak_mb"] for figure in stages.figures.values()),
    }
    sys.stdout.write(json.dumps(stages.figures | {"together": together}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
