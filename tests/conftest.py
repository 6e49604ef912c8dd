"""What all tests share: how hypothesis draws, and one running Prefect."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.deployments.stack import Stack, serving

_UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("repeatable", _UNHURRIED, derandomize=True)
settings.register_profile("exploring", _UNHURRIED, max_examples=500)
settings.load_profile("repeatable")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one worker run all tests of a server, so that each server is started once."""
    for item in items:
        for server in ("stack", "prefect", "guarded"):
            if server in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.xdist_group(server))


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Serve once for all tests that need it."""
    with serving(tmp_path_factory.mktemp("stack") / "served") as running:
        yield running
