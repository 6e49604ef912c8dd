"""Waiting for a server that has just been started."""

import time

from prefect.client.orchestration import SyncPrefectClient

_ANSWERS_WITHIN_S = 120.0


def wait_for_server(client: SyncPrefectClient) -> None:
    """Wait until the server answers; end the process with what is wrong if it does not."""
    until = time.monotonic() + _ANSWERS_WITHIN_S
    while (error := client.api_healthcheck()) is not None:
        if time.monotonic() > until:
            raise SystemExit(f"no answer from {client.api_url}: {error}")
        time.sleep(1)
