"""The running thing, for tests: `make serve` as a process on a free loopback port."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import psutil

from flows.settings import Settings

SERVE = Path(__file__).parents[2] / "deployments" / "serve.py"
FINISHED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
_BUSY_AT_MOST_S = 30
HURRIED = {
    "PREFECT_WORKER_QUERY_SECONDS": "1",
    "PREFECT_SERVER_SERVICES_REPOSSESSOR_LOOP_SECONDS": "2",
    "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "1",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_FLUSH_INTERVAL": "1",
    "PREFECT_LOGGING_TO_API_BATCH_INTERVAL": "0.5",
    "CREATOR_METRICS_SETTLE_SECONDS": "0",
}
"""What only makes waiting shorter than where it is run for real."""
_ZONES = ("Europe/Copenhagen", "Asia/Tokyo", "America/Los_Angeles")


class _Patient(httpx.HTTPTransport):
    """Asks again where SQLite is locked for a moment, as Prefect's own clients do."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        until = time.monotonic() + _BUSY_AT_MOST_S
        while True:
            answer = super().handle_request(request)
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE or time.monotonic() > until:
                return answer
            answer.close()
            time.sleep(0.5)


class Stack:
    """Server, worker and deployments, their home and their inbox.

    Attributes
    ----------
    url
        Of the UI.
    api
        Client of the server's API: `stack.api.post("/flow_runs/filter", json={})`.
    home, inbox
        Folders of the deployment; empty at first.
    settings
        What the deployment's runs go by.
    user
        Folder that stands for the home directory of whoever starts it.
    """

    def __init__(self, folder: Path, port: int, env: dict[str, str]) -> None:
        self.folder = folder
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.api = httpx.Client(base_url=f"{self.url}/api", timeout=30, transport=_Patient())
        self.home = folder / "home"
        self.inbox = folder / "inbox"
        zone = env.get("CREATOR_METRICS_TIME_ZONE") or zone_by_day()
        self.settings = Settings(
            home=self.home, inbox=str(self.inbox), time_zone=zone, settle_seconds=0
        )
        self.user = folder.with_suffix(".user")
        usual = {"HOME": str(self.user), "CREATOR_METRICS_TIME_ZONE": zone}
        self._env = os.environ | HURRIED | usual | env
        self._output = folder.with_suffix(".out")

    def start(self, *, within_s: float = 180) -> None:
        """Start everything and wait until the worker runs."""
        self.user.mkdir(parents=True, exist_ok=True)
        with self._output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, SERVE, "--port", str(self.port), "--folder", self.folder],
                env=self._env,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        until = time.monotonic() + within_s
        while "stop   Ctrl-C" not in self.output:
            if self.process.poll() is not None or time.monotonic() > until:
                self.process.terminate()
                raise AssertionError(f"it does not start:\n{self.output}")
            time.sleep(0.1)

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Stop everything as Ctrl-C does; give the exit code."""
        self.process.send_signal(number)
        return self.process.wait(60)

    @property
    def terminal(self) -> dict[str, str]:
        """Environment of a terminal in which one works with this deployment."""
        return os.environ | {
            "PREFECT_API_URL": f"{self.url}/api",
            "CREATOR_METRICS_TIME_ZONE": self.settings.time_zone,
            "CREATOR_METRICS_SETTLE_SECONDS": "0",
        }

    @property
    def output(self) -> str:
        """What `make serve` said so far."""
        return self._output.read_text(errors="replace")

    def log(self, name: str) -> str:
        """Give the last lines of the log of `server` or `worker`."""
        text = (self.folder / "logs" / f"{name}.log").read_text(errors="replace")
        return "\n".join(text.splitlines()[-60:])

    def pid(self, name: str) -> int:
        """Give the process of `serve`, `server` or `worker` as it is now."""
        return json.loads((self.folder / "processes.json").read_text())[name]

    def submit(self, deployment: str, parameters: dict[str, Any] | None = None) -> str:
        """Start a run of `nightly` or `backfill` as the UI does; give its id."""
        body = {"parameters": parameters or {}, "state": {"type": "SCHEDULED"}}
        path = f"/deployments/{self._deployment(deployment)}/create_flow_run"
        return self._json("POST", path, body)["id"]

    def schedule(self, deployment: str, start: datetime, end: datetime) -> list[str]:
        """Plan the runs of a time that may be past; give the ids of those planned, oldest first."""
        found = self._deployment(deployment)
        window = {"start_time": start.isoformat(), "end_time": end.isoformat()}
        planned = {
            "expected_start_time": {"after_": window["start_time"], "before_": window["end_time"]}
        }
        self._json("POST", f"/deployments/{found}/schedule", window)
        asked = {"flow_runs": {"deployment_id": {"any_": [found]}, **planned}}
        runs = self._json("POST", "/flow_runs/filter", asked | {"sort": "EXPECTED_START_TIME_ASC"})
        return [run["id"] for run in runs if run["auto_scheduled"]]

    def planned(self, deployment: str) -> list[datetime]:
        """Give the moments for which the server itself has planned runs to come."""
        asked = {
            "flow_runs": {
                "deployment_id": {"any_": [self._deployment(deployment)]},
                "state": {"name": {"any_": ["Scheduled"]}},
                "expected_start_time": {"after_": datetime.now(UTC).isoformat()},
            }
        }
        runs = self._json("POST", "/flow_runs/filter", asked)
        return [datetime.fromisoformat(run["expected_start_time"]) for run in runs]

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Let the worker take nothing for a while."""
        self._json("PATCH", "/work_pools/creator-metrics", {"is_paused": True})
        try:
            yield
        finally:
            self._json("PATCH", "/work_pools/creator-metrics", {"is_paused": False})

    def cancel(self, run_id: str) -> None:
        """Cancel a run as the UI does."""
        body = {"state": {"type": "CANCELLING"}}
        self._json("POST", f"/flow_runs/{run_id}/set_state", body)

    def run(self, run_id: str) -> dict[str, Any]:
        """Read a flow run."""
        return self._json("GET", f"/flow_runs/{run_id}")

    def artifact(self, key: str, run_id: str) -> str:
        """Give what a run wrote for people to read."""
        asked = {"artifacts": {"key": {"any_": [key]}, "flow_run_id": {"any_": [run_id]}}}
        (found,) = self._json("POST", "/artifacts/filter", asked)
        return str(found["data"])

    def wait(
        self, run_id: str, states: set[str] = FINISHED, *, within_s: float = 120
    ) -> dict[str, Any]:
        """Wait until a run is in one of these states, and give it."""
        until = time.monotonic() + within_s
        while True:
            try:
                found = self.run(run_id)
            except httpx.TransportError:
                found = {"state_type": "UNKNOWN: the server does not answer"}
            if found["state_type"] in states:
                return found
            if time.monotonic() > until:
                raise AssertionError(
                    f"run {run_id} is {found['state_type']}, not {states}:\n{self.log('worker')}"
                )
            time.sleep(0.2)

    def logs(self, run_id: str) -> str:
        """Give what a run logged, as the UI shows it."""
        asked = {"logs": {"flow_run_id": {"any_": [run_id]}}, "sort": "TIMESTAMP_ASC"}
        return "\n".join(line["message"] for line in self._json("POST", "/logs/filter", asked))

    def whole_log(self, run_id: str, *, within_s: float = 30) -> str:
        """Give all that a run logged, once its process has ended."""
        process = int(self.run(run_id)["infrastructure_pid"])
        until = time.monotonic() + within_s
        while is_running(process):
            assert time.monotonic() < until, f"process {process} of run {run_id} goes on"
            time.sleep(0.1)
        return self.logs(run_id)

    def events(self, name: str) -> list[dict[str, Any]]:
        """Give what was emitted under a name, the newest first."""
        asked = {"filter": {"event": {"name": [name]}}}
        return self._json("POST", "/events/filter", asked)["events"]

    def wait_for_log(self, run_id: str, text: str, *, within_s: float = 120) -> None:
        """Wait until a run has logged a text."""
        until = time.monotonic() + within_s
        while text not in (logged := self.logs(run_id)):
            if time.monotonic() > until:
                raise AssertionError(f"{text!r} is not in:\n{logged}\n{self.log('worker')}")
            time.sleep(0.2)

    def wait_until_up(self, *, within_s: float = 120) -> None:
        """Wait until the server answers."""
        until = time.monotonic() + within_s
        while True:
            try:
                self._json("GET", "/health")
            except httpx.TransportError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)
            else:
                return

    def _deployment(self, name: str) -> str:
        return self._json("GET", f"/deployments/name/{name}/{name}")["id"]

    def _json(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        answer = self.api.request(method, path, json=body)
        answer.raise_for_status()
        return answer.json() if answer.content else None


def zone_by_day() -> str:
    """Give a time zone in which it is day: no night falls due, and no day ends, under a test."""
    now = datetime.now(UTC)
    return min(_ZONES, key=lambda zone: abs(now.astimezone(ZoneInfo(zone)).hour - 12))


def is_running(pid: int) -> bool:
    """Tell whether a process is there and has not ended."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def free_port() -> int:
    """Give a loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(folder: Path, **env: str) -> Iterator[Stack]:
    """Serve from a folder of its own, and stop whatever is left of it at the end.

    Parameters
    ----------
    env
        Environment beside the usual, such as `CREATOR_METRICS_TIME_ZONE="Asia/Tokyo"`.
    """
    stack = Stack(folder, free_port(), env)
    stack.start()
    try:
        yield stack
    finally:
        stack.api.close()
        if stack.process.poll() is None:
            stack.stop()
