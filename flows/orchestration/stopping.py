"""A run that is stopped ends as stopped, wherever the signal met it."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from polars.exceptions import PanicException
from prefect.exceptions import TerminationSignal


@contextmanager
def stopping_cleanly() -> Iterator[None]:
    """Tell a stop from a crash.

    Notes
    -----
    Prefect raises TerminationSignal out of the signal's handler; where polars was calling Python
    just then, polars 2.1 panics over it, and Prefect would call the run Crashed and wake somebody.

    Raises
    ------
    prefect.exceptions.TerminationSignal
        Where the run was stopped.
    """
    try:
        yield
    except PanicException as panic:
        if TerminationSignal.__name__ not in str(panic):
            raise
        raise TerminationSignal(signal=signal.SIGTERM) from panic
