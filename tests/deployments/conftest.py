"""One running Prefect for all tests that need it."""

from collections.abc import Iterator

import pytest

from tests.deployments.stack import Stack, serving


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Serve once, as `make serve` does."""
    with serving(tmp_path_factory.mktemp("stack") / "served") as running:
        yield running
