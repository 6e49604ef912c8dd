import random
import signal
import time

import pytest

from tests.warehouse.after_crash import check, prepare, start
from tests.warehouse.crash import PHASES


@pytest.fixture(scope="module")
def operations(tmp_path_factory):
    """How many file operations each phase makes when nothing stops it."""
    counts = {}
    for phase in PHASES:
        folder = tmp_path_factory.mktemp(phase)
        prepare(phase, folder)
        output, errors = start(phase, folder).communicate(timeout=300)
        assert errors == ""
        counts[phase] = int(output.split()[-1])
        check(phase, folder)
    return counts


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("phase", PHASES)
def test_a_process_killed_between_two_file_operations_leaves_the_old_or_the_new(
    phase, seed, operations, tmp_path
):
    prepare(phase, tmp_path)
    moment = random.Random(f"{phase} {seed}").randint(1, operations[phase])
    process = start(phase, tmp_path, moment)
    output, _ = process.communicate(timeout=300)
    assert process.returncode == -signal.SIGKILL, output
    check(phase, tmp_path)


@pytest.mark.parametrize("phase", PHASES)
def test_a_process_killed_at_any_time_leaves_the_old_or_the_new(phase, tmp_path):
    prepare(phase, tmp_path)
    process = start(phase, tmp_path)
    assert process.stdout.readline() == "started\n"
    time.sleep(random.Random(phase).uniform(0, 0.03))
    process.kill()
    process.communicate(timeout=300)
    check(phase, tmp_path)
