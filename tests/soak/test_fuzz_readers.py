"""Coverage-guided fuzzing of every reader for some minutes: no input raises but ours.

FUZZ_SECONDS says how long, FUZZ_CORPUS where what reached new code is kept between runs.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
SECONDS = int(os.environ.get("FUZZ_SECONDS", "300"))


def test_no_input_raises_anything_but_a_reason(tmp_path):
    pytest.importorskip("atheris", reason="atheris has no wheel for this Python or system")
    corpus = os.environ.get("FUZZ_CORPUS") or str(tmp_path / "corpus")
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak.fuzz_readers", corpus, f"-max_total_time={SECONDS}",
         f"-artifact_prefix={tmp_path}/"],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
        env=os.environ | {"POLARS_MAX_THREADS": "1"},
    )  # fmt: skip
    print("\n", done.stderr[-300:])  # noqa: T201
    assert done.returncode == 0, done.stderr[-5000:]
