"""How a process that ran a flow by itself ends: nothing of Prefect goes on behind it."""

from prefect._internal.concurrency.threads import get_global_loop
from prefect.events.worker import EventsWorker
from prefect.logging.handlers import APILogWorker

_WITHIN_S = 30.0


def end_background() -> None:
    """Send what waits to be sent, and end the thread that sends it.

    Notes
    -----
    The loop of Prefect 3.8.8 runs on a daemon thread, which the end of the interpreter cuts off.
    It keeps the context of the run that emitted an event, and with it every module that the run
    imported: DuckDB's binding then tells of leaked instances on standard error.
    """
    for worker in (EventsWorker, APILogWorker):
        worker.drain_all(timeout=_WITHIN_S)
    loop = get_global_loop()
    loop.shutdown()
    loop.thread.join(_WITHIN_S)
