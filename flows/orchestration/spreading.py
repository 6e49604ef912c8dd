"""Batches of files read on threads, on processes or on Dask, as the deployment has it."""

from collections.abc import Callable, Sequence
from typing import Any

from prefect import flow
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner

from flows.orchestration.tasks import as_task
from flows.runs.steps import Call, Spread, one_by_one
from flows.settings import Settings


def spread_over(settings: Settings) -> Spread:
    """Give what runs the batches of a night: apart where the deployment asks for it.

    On threads a batch follows the other, and reads its deliveries on `read_threads` of them.
    Else each batch is a task of a run of its own, in a process that takes a path and names, and
    gives counts: what it read lies in the store.
    """
    if settings.task_runner == "threads":
        return one_by_one(as_task)

    def apart(function: Callable[..., Any], calls: Sequence[Call]) -> list[Any]:
        if len(calls) < 2:
            return one_by_one(as_task)(function, calls)

        @flow(name="read", task_runner=_runner(settings), persist_result=False)
        def read() -> list[Any]:
            """Read the night's batches beside each other."""
            running = [as_task(name, function).submit(*given) for name, given in calls]
            return [one.result() for one in running]

        return read()

    return apart


def _runner(settings: Settings) -> TaskRunner[Any]:
    if settings.task_runner == "processes":
        return ProcessPoolTaskRunner(max_workers=settings.read_processes)
    return _dask_runner(settings)


def _dask_runner(settings: Settings) -> TaskRunner[Any]:
    """Join the cluster that the settings name, else start one of processes on this machine."""
    try:
        from prefect_dask import DaskTaskRunner
    except ImportError as error:
        raise ValueError(
            "task_runner: dask is not installed; install creator-metrics[dask], or set "
            "task_runner to threads or processes"
        ) from error
    if settings.dask_address:
        return DaskTaskRunner(address=settings.dask_address)
    return DaskTaskRunner(
        cluster_kwargs={
            "n_workers": settings.read_processes,
            "threads_per_worker": 1,
            "processes": True,
            "dashboard_address": None,
        }
    )
