"""What the tests of the command line share."""

import pytest

from flows.runs.night import run_night
from tests.flows.conftest import DAY


@pytest.fixture
def done(settings):
    run_night(settings, DAY)
    return settings
