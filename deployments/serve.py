"""Prefect on this machine with one command: server with its UI, worker, deployments.

`python deployments/serve.py [--port 4200] [--folder served]`, until Ctrl-C. A process of it that
dies is started again. For one person on a loopback port; deployments/production is for the rest.
"""

import argparse
import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NoReturn

from dotenv import dotenv_values
from processes import Process, created_at, end
from pydantic import ValidationError

from flows.commands.home import lay_down
from flows.settings import SETTINGS_FILE, Settings, load_settings

CHECKOUT = Path(__file__).resolve().parents[1]
_LOOPBACK = "127.0.0.1"
_SERVER_STARTS_WITHIN_S = 180


class ServeError(Exception):
    """Prefect cannot be served as asked."""


def settle(folder: Path) -> Settings:
    """Give the settings: home and inbox of the environment, else below `folder`."""
    home = Path(os.environ.get("CREATOR_METRICS_HOME") or folder / "home").expanduser().resolve()
    is_new = not (home / SETTINGS_FILE).exists() and not os.environ.get("CREATOR_METRICS_INBOX")
    return load_settings(home, str(folder / "inbox") if is_new else None)


def environment(folder: Path, port: int, settings: Settings) -> dict[str, str]:
    """Give the environment of server, worker and deployment: Prefect's data below `folder`.

    Nothing of the user's own Prefect is used: neither its profile nor its server.

    Notes
    -----
    The worker of Prefect 3.8.8 works in `runner_storage` below the folder for
    temporary files: in /tmp that is the first user's, and nobody else's worker could write there.
    It copies the UI into the installed package unless told where (tried 2026-11-24).
    """
    url = f"http://{_LOOPBACK}:{port}/api"
    prefect = folder / "prefect"
    own = {"PREFECT_API_URL", "PREFECT_API_KEY", "PREFECT_API_AUTH_STRING", "PREFECT_PROFILE"}
    asked = os.environ.get("PREFECT_SERVER_API_AUTH_STRING")
    given = {name: value for name, value in os.environ.items() if name not in own}
    common = {k: v for k, v in dotenv_values(CHECKOUT / "deployments" / "prefect.env").items() if v}
    inbox = settings.inbox if "://" in settings.inbox else str(Path(settings.inbox).resolve())
    return {
        **common,
        **given,
        "CREATOR_METRICS_HOME": str(settings.home),
        "CREATOR_METRICS_INBOX": inbox,
        "CREATOR_METRICS_CHECKOUT": str(CHECKOUT),
        "PREFECT_HOME": str(prefect),
        "PREFECT_PROFILES_PATH": str(prefect / "profiles.toml"),
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{prefect}/prefect.db",
        "PREFECT_SERVER_API_HOST": _LOOPBACK,
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_UI_API_URL": url,
        "PREFECT_SERVER_UI_STATIC_DIRECTORY": str(prefect / "ui"),
        "PREFECT_API_URL": url,
        "TMPDIR": str(folder / "tmp"),
        **({"PREFECT_API_AUTH_STRING": asked} if asked else {}),
    }


def wait_until_healthy(server: Process, url: str) -> None:
    """Wait until the server answers.

    Raises
    ------
    ServeError
        When it ends or stays silent; with the last lines of its log.
    """
    until = time.monotonic() + _SERVER_STARTS_WITHIN_S
    while time.monotonic() < until:
        if server.running.poll() is not None:
            raise ServeError(f"the server ended at once:\n{server.last_words()}")
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise ServeError(f"no answer from {url} in {_SERVER_STARTS_WITHIN_S} s:\n{server.last_words()}")


def claim(folder: Path) -> BinaryIO | None:
    """Take the folder for this process; None when another one serves from it."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / ".lock").open("a+b")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock


def end_survivors(state: Path) -> None:
    """End server and worker of a serve that was killed before it could."""
    left = json.loads(state.read_text()) if state.exists() else {}
    for name in ("worker", "server"):
        created = left.get("created", {}).get(name)
        if created is not None and end(left[name], created):
            _say(f"ended the {name} that an earlier start left behind ({left[name]})")


def check_port(port: int) -> None:
    """Say at once when somebody else listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_LOOPBACK, port))
        except OSError as error:
            raise ServeError(f"port {port} is taken: give another one, PORT=4300") from error


def serve(folder: Path, port: int) -> None:
    """Start everything, say where it is, and keep it running until told to stop."""
    state = folder / "processes.json"
    end_survivors(state)
    check_port(port)
    settings = settle(folder)
    for line in lay_down(settings):
        _say(line)
    env = environment(folder, port, settings)
    logs = folder / "logs"
    logs.mkdir(exist_ok=True)
    Path(env["PREFECT_HOME"]).mkdir(exist_ok=True)
    _empty(Path(env["TMPDIR"]))
    processes: list[Process] = []
    try:
        server = Process("server", ["-m", "prefect", "server", "start"], env, logs / "server.log")
        processes.append(server)
        _write(state, processes, port)
        wait_until_healthy(server, env["PREFECT_API_URL"])
        _deploy(env)
        worker = [str(CHECKOUT / "deployments" / "worker.py"), "here"]
        processes.append(Process("worker", worker, env, logs / "worker.log"))
        _write(state, processes, port)
        _say(f"logs   {logs}")
        _say(f"UI     http://{_LOOPBACK}:{port}")
        _say("stop   Ctrl-C")
        _keep(processes, lambda: _write(state, processes, port))
    finally:
        stop(processes)
        state.unlink(missing_ok=True)


def stop(processes: list[Process]) -> None:
    """Stop runs and worker first, while the server can still be told how they ended."""
    for process in reversed(processes):
        end(process.running.pid)
        process.running.wait()


def _empty(folder: Path) -> None:
    """Lay down a folder anew; what a worker left there that was killed goes."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()


def _deploy(env: dict[str, str]) -> None:
    deploy = [sys.executable, str(CHECKOUT / "deployments" / "deploy.py")]
    if subprocess.run(deploy, env=env, cwd=CHECKOUT, check=False).returncode != 0:
        raise ServeError("the deployments were not taken; why is said above")


def _keep(processes: list[Process], changed: Callable[[], None]) -> NoReturn:
    while True:
        for process in processes:
            if process.running.poll() is not None:
                _say(f"the {process.name} ended ({process.running.returncode}): starting it again")
                process.restart()
                changed()
        time.sleep(0.5)


def _write(state: Path, processes: list[Process], port: int) -> None:
    """Say which processes these are, for the next start and for tests."""
    pids = {"serve": os.getpid(), **{one.name: one.running.pid for one in processes}}
    created = {name: created_at(pid) for name, pid in pids.items()}
    fresh = state.with_suffix(".new")
    fresh.write_text(json.dumps({"port": port, **pids, "created": created}))
    fresh.replace(state)


def _address(state: Path) -> str:
    served = json.loads(state.read_text()) if state.exists() else {}
    return f"http://{_LOOPBACK}:{served['port']}" if served else "a port that is not open yet"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _stop_asked(number: int, _frame: object) -> NoReturn:
    """Leave once; what else arrives while stopping changes nothing."""
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_IGN)
    raise SystemExit(0 if number == signal.SIGINT else 128 + number)


def main() -> int:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=4200, help="Loopback port of API and UI.")
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path("served"),
        help="Where Prefect's data, logs and,"
        " unless the environment names others, home and inbox lie.",
    )
    asked = parser.parse_args()
    folder = asked.folder.expanduser().resolve()
    lock = claim(folder)
    if lock is None:
        _say(f"already served on {_address(folder / 'processes.json')} from {folder}")
        return 0
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop_asked)
    with lock:
        try:
            serve(folder, asked.port)
        except (ServeError, ValidationError) as error:
            sys.stderr.write(f"{error}\n")
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
