"""The worker of a machine: `python deployments/worker.py [NAME]`, by default the host's name.

It sees first to what a killed worker of its name left: Prefect would show that as running for
ever, and keep the slot of the deployment taken until its lease ends.
"""

import os
import socket
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import psutil
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
    WorkPoolFilter,
    WorkPoolFilterName,
)
from prefect.client.schemas.objects import StateType
from prefect.states import Cancelled, Crashed, Scheduled, State
from waiting import wait_for_server

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient
    from prefect.client.schemas.objects import FlowRun

POOL = "creator-metrics"
_UNFINISHED = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]


def main(name: str) -> None:
    """Settle what was interrupted, then become the worker."""
    with get_client(sync_client=True) as client:
        wait_for_server(client)
        for run in interrupted(client, name):
            state = ended(run)
            client.set_flow_run_state(run.id, state, force=True)
            sys.stdout.write(f"{run.name} ({run.id}): {state.name}. {state.message}\n")
    sys.stdout.flush()
    start = ["worker", "start", "--pool", POOL, "--type", "process", "--name", name]
    os.execv(sys.executable, [sys.executable, "-m", "prefect", "--no-prompt", *start])


def interrupted(client: "SyncPrefectClient", name: str) -> "Sequence[FlowRun]":
    """Give the runs that the worker `name` began and whose process is gone."""
    unfinished = client.read_flow_runs(
        flow_run_filter=FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=_UNFINISHED))
        ),
        work_pool_filter=WorkPoolFilter(name=WorkPoolFilterName(any_=[POOL])),
    )
    return [
        run
        for run in unfinished
        if run.labels.get("prefect.worker.name") == name and not is_alive(run.infrastructure_pid)
    ]


def is_alive(pid: str | None) -> bool:
    """Tell whether the process of a run is still there, and not another one of its number."""
    try:
        return pid is not None and "prefect.engine" in psutil.Process(int(pid)).cmdline()
    except psutil.NoSuchProcess:
        return False


def ended(run: "FlowRun") -> State:
    """Say how a run ends whose process is gone: what had not begun is run again."""
    if run.state_type == StateType.PENDING:
        return Scheduled(message="The worker was killed before the run began; it is run now.")
    if run.state_type == StateType.CANCELLING:
        return Cancelled(message="The worker was killed while the run was being cancelled.")
    return Crashed(message="The process of the run died with its worker.")


if __name__ == "__main__":
    main(*sys.argv[1:2] or [socket.gethostname()])
