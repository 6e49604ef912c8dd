"""What all tests share: how hypothesis draws, and which of them one worker runs."""

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadFileScheduling

_UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("repeatable", _UNHURRIED, derandomize=True)
settings.register_profile("exploring", _UNHURRIED, max_examples=500)
settings.load_profile("repeatable")

_SHARE_A_SERVER = ("tests/deployments/", "tests/flows/")


class ServersOnce(LoadFileScheduling):
    """Give one worker all tests of a file, and of a folder whose tests share a running Prefect.

    Notes
    -----
    The groups of `--dist loadgroup` are lost with pytest 9.2: github.com/pytest-dev/pytest-xdist
    issue 1386, read 2026-11-24.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return next((folder for folder in _SHARE_A_SERVER if file.startswith(folder)), file)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ServersOnce | None:
    """Start each server once under `--dist loadfile`."""
    return ServersOnce(config, log) if config.getvalue("dist") == "loadfile" else None
