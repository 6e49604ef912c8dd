"""With authentication on, the server answers nobody without it, and the secret stays secret."""

import asyncio
import json
import re
import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.deployments.stack import Stack, serving

SECRET = "tXq7-not-for-anybody"
NOBODY = "00000000-0000-0000-0000-000000000000"
OPEN = {"/health", "/ready"}
STREAMS = ["/events/in", "/events/out", "/logs/out", "/task_runs/subscriptions/scheduled"]


@pytest.fixture(scope="module")
def guarded(tmp_path_factory) -> Iterator[Stack]:
    """Serve with authentication on."""
    folder = tmp_path_factory.mktemp("guarded") / "served"
    with serving(folder, PREFECT_SERVER_API_AUTH_STRING=f"operator:{SECRET}") as running:
        yield running


@pytest.fixture(scope="module")
def routes(guarded) -> list[tuple[str, str]]:
    """Give method and path of everything that the API offers."""
    described = httpx.get(f"{guarded.url}/openapi.json").json()["paths"]
    return [
        (method.upper(), "/api" + re.sub(r"\{[^}]*\}", NOBODY, path))
        for path, methods in described.items()
        for method in methods
    ]


@pytest.mark.parametrize("header", [{}, {"Authorization": "Basic b3BlcmF0b3I6d3Jvbmc="}])
def test_no_route_answers_without_the_secret(guarded, routes, header):
    assert len(routes) > 150
    with httpx.Client(base_url=guarded.url, headers=header) as stranger:
        answered = {
            path: response.status_code
            for method, path in routes
            if (response := stranger.request(method, path, json={})).status_code != 401
        }
    assert set(answered) == {f"/api{path}" for path in OPEN}


def test_what_is_open_shows_nothing(guarded):
    answers = {path: httpx.get(f"{guarded.url}/api{path}").text for path in OPEN}
    assert answers == {"/health": "true", "/ready": '{"message":"OK"}'}
    assert SECRET not in httpx.get(f"{guarded.url}/ui-settings").text


@pytest.mark.parametrize("path", STREAMS)
def test_no_stream_opens_without_the_secret(guarded, path):
    assert asyncio.run(_first_words(guarded, path, f"operator:{SECRET}")) == "auth_success"
    with pytest.raises(ConnectionClosed):
        asyncio.run(_first_words(guarded, path, "operator:wrong"))


def test_the_worker_runs_nights_and_the_secret_is_in_no_log_argument_or_database(guarded):
    guarded.api.auth = ("operator", SECRET)
    run = guarded.submit("nightly")
    assert guarded.wait(run)["state_type"] == "COMPLETED"

    processes = [psutil.Process(guarded.process.pid)]
    processes += processes[0].children(recursive=True)
    assert len(processes) >= 3
    assert not [one for one in processes if SECRET in " ".join(one.cmdline())]
    until = time.monotonic() + 60
    while (holding := _holding(guarded.folder)) and time.monotonic() < until:
        assert [path for path in holding if "prefect-workspace-attempt-" in str(path)] == holding
        assert not any(_mode(path) & 0o077 for path in holding)
        time.sleep(0.2)
    assert not holding
    assert SECRET not in guarded.output


async def _first_words(guarded: Stack, path: str, token: str) -> str:
    address = f"{guarded.url.replace('http', 'ws')}/api{path}"
    async with connect(address, subprotocols=["prefect"]) as stream:
        await stream.send(json.dumps({"type": "auth", "token": token}))
        return json.loads(await asyncio.wait_for(stream.recv(), 10))["type"]


def _holding(folder: Path) -> list[Path]:
    """Find the files that hold the secret: Prefect hands its environment to a run in one."""
    encoded = (SECRET.encode(), b64encode(f"operator:{SECRET}".encode()))
    kept = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in kept if any(text in _bytes(path) for text in encoded)]


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return 0


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
