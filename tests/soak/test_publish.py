"""200 publications killed by kill -9, with the phase each died in.

`python -m pytest tests/soak/test_publish.py -s`, some ten minutes.
"""

from collections import Counter
from pathlib import Path

import pytest

from tests.warehouse import killing

REPOSITORY = Path(__file__).parents[2]
ROUNDS = 200


@pytest.fixture(scope="module")
def phases():
    counted: Counter[str] = Counter()
    yield counted
    print("\nkilled in:", ", ".join(f"{phase} {n}" for phase, n in counted.most_common()))  # noqa: T201


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_publication_killed_at_any_moment_leaves_a_whole_night(seed, tmp_path, phases):
    left = killing.round_of(tmp_path, REPOSITORY, phase=None, seed=seed, rows=20_000)

    phases[left.phase] += 1
    assert left.next_outcome == "updated"
