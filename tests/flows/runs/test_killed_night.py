"""A night that is killed at any moment: the next one runs without help and misses nothing."""

import random
import signal
import subprocess
import sys
import time

import pytest

from flows.runs.night import run_night
from tests.flows.conftest import DAY
from tests.flows.published import tables
from warehouse.home import Home

NIGHT = """
import sys
from datetime import date
from pathlib import Path
from flows.runs.night import run_night
from flows.settings import Settings

settings = Settings(home=Path(sys.argv[1]), inbox=sys.argv[2], settle_seconds=0)
sys.stdout.write("begun\\n")
sys.stdout.flush()
run_night(settings, date.fromisoformat(sys.argv[3]))
"""


@pytest.fixture(scope="module")
def usual(first_night, tmp_path_factory) -> float:
    """Give how many seconds an undisturbed night takes."""
    calm = first_night.model_copy(update={"home": tmp_path_factory.mktemp("calm") / "home"})
    began = time.monotonic()
    run_night(calm, DAY)
    return time.monotonic() - began


@pytest.mark.parametrize("seed", range(4))
def test_the_night_after_a_kill_gives_what_an_undisturbed_one_gives(
    settings, first_night, usual, seed
):
    process = subprocess.Popen(
        [sys.executable, "-c", NIGHT, settings.home, settings.inbox, str(DAY)],
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(random.Random(seed).uniform(0, 1.2 * usual))
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()

    run_night(settings, DAY)

    assert tables(settings, "'core', 'mart'") == tables(first_night, "'core', 'mart'")
    assert list(Home(settings.home).work.iterdir()) == []
