"""Two hundred kills of what writes to the store, each with the moment it died and what it left.

Not part of the ordinary tests: `pytest tests/soak/test_store_kills.py -s` prints the record.
"""

import random
import signal
import sys
import time
from collections import Counter

import pytest

from tests.warehouse.after_crash import check, prepare, start
from tests.warehouse.crash import PHASES

KILLS = 200


@pytest.fixture(scope="module")
def operations(tmp_path_factory):
    counts = {}
    for phase in PHASES:
        folder = tmp_path_factory.mktemp(phase)
        prepare(phase, folder)
        output, _ = start(phase, folder).communicate(timeout=300)
        counts[phase] = int(output.split()[-1])
    return counts


def test_two_hundred_kills_leave_the_old_or_the_new(operations, tmp_path, capsys):
    died: Counter[str] = Counter()
    left: Counter[str] = Counter()
    for number in range(KILLS):
        phase = list(PHASES)[number % len(PHASES)]
        folder = tmp_path / str(number)
        prepare(phase, folder)
        rng = random.Random(number)
        if number // len(PHASES) % 4:
            moment = 1 + number // len(PHASES) * 7 % operations[phase]
            process = start(phase, folder, moment)
            output, _ = process.communicate(timeout=300)
            assert process.returncode == -signal.SIGKILL
            at = output.splitlines()[-1].split()[0]
        else:
            process = start(phase, folder)
            process.stdout.readline()
            time.sleep(rng.uniform(0, 0.1))
            process.kill()
            process.communicate(timeout=300)
            at = "any time" if process.returncode == -signal.SIGKILL else "finished"
        died[f"{phase}: {at}"] += 1
        left[f"{phase}: {check(phase, folder)}"] += 1
    with capsys.disabled():
        for title, counts in (("died at", died), ("left behind", left)):
            sys.stdout.write(f"\n{title}\n")
            for words, count in sorted(counts.items()):
                sys.stdout.write(f"  {count:4} {words}\n")
    assert sum(died.values()) == KILLS
