"""Processes of Prefect on this machine: started again when they die, ended with what they began."""

import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil

_STOPS_WITHIN_S = 20
_LONGEST_PAUSE_S = 30.0
_SETTLED_AFTER_S = 60.0


class Process:
    """A Python child that is started again when it dies.

    Attributes
    ----------
    name
        `server` or `worker`: also the name of its log.
    running
        The child, in a session of its own: a Ctrl-C does not reach it before its turn.
    """

    def __init__(self, name: str, arguments: list[str], env: dict[str, str], log: Path) -> None:
        self.name = name
        self._arguments = [sys.executable, *arguments]
        self._env = env
        self._log = log
        self._pause_s = 1.0
        self.running = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        self._started = time.monotonic()
        with self._log.open("ab") as log:
            return subprocess.Popen(
                self._arguments,
                env=self._env,
                cwd=self._env["CREATOR_METRICS_CHECKOUT"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def restart(self) -> None:
        """Start anew what died; one that dies at once again is given time."""
        has_settled = time.monotonic() - self._started > _SETTLED_AFTER_S
        self._pause_s = 1.0 if has_settled else min(2 * self._pause_s, _LONGEST_PAUSE_S)
        time.sleep(self._pause_s)
        self.running = self._start()

    def last_words(self) -> str:
        """Give the end of the log."""
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-20:])


def created_at(pid: int) -> float | None:
    """Give what tells a process from a later one of the same number; null when it is gone."""
    try:
        return psutil.Process(pid).create_time()
    except psutil.NoSuchProcess:
        return None


def end(pid: int, created: float | None = None) -> bool:
    """End a process and what it began, by force what does not end by itself.

    Parameters
    ----------
    created
        Only the process of this moment, as `created_at` gave it.

    Returns
    -------
    bool
        Whether it was there.
    """
    try:
        head = psutil.Process(pid)
        if created is not None and head.create_time() != created:
            return False
        family = [*head.children(recursive=True), head]
    except psutil.NoSuchProcess:
        return False
    for one in family:
        with suppress(psutil.NoSuchProcess):
            one.terminate()
    _, alive = psutil.wait_procs(family, timeout=_STOPS_WITHIN_S)
    for one in alive:
        with suppress(psutil.NoSuchProcess):
            one.kill()
    psutil.wait_procs(alive, timeout=_STOPS_WITHIN_S)
    return True
