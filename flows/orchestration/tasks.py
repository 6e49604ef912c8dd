"""Steps as Prefect tasks: coarse ones, that take and return paths and names."""

from collections.abc import Callable
from typing import Any

from prefect import Task, task
from prefect.cache_policies import NO_CACHE


def as_task(name: str, function: Callable[..., Any]) -> Task[..., Any]:
    """Make a step a task whose run is called `name`.

    Its result stays in memory: a step's product lies in the store, and a retry of a run finds
    it there.
    """
    wrapped = task(
        name=function.__name__,
        task_run_name=name,
        cache_policy=NO_CACHE,
        persist_result=False,
    )
    return wrapped(function)
