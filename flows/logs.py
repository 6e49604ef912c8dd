"""What a run says while it works: lines for people whose fields a machine can read.

Every logger is below `flows`. A line says what happened and then `name=value`; the same values
are attributes of the record, which a JSON formatter writes. Only ids and counts: a handle, a name,
a caption or the name of a file is somebody's, and stays in the warehouse.
"""

import json
import logging
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

logging.getLogger("flows").setLevel(os.environ.get("PREFECT_LOGGING_LEVEL") or logging.INFO)

Value = str | int | float | None

_PLAIN = re.compile(r"[\w.:+/-]+")
_run: ContextVar[str] = ContextVar("run", default="")


@contextmanager
def lines_of(run: str) -> Iterator[None]:
    """Name the run in every line that is said meanwhile."""
    token = _run.set(run)
    try:
        yield
    finally:
        _run.reset(token)


def tell(log: logging.Logger, what: str, **fields: Value) -> None:
    """Say what happened, with the ids and counts that belong to it; null ones are left out."""
    told = {"run": _run.get() or None, **fields}
    said = {name: value for name, value in told.items() if value is not None}
    words = " ".join(f"{name}={_spelled(value)}" for name, value in said.items())
    log.info(f"{what} {words}", extra={"what": what, **said})


class Watch:
    """Seconds since it was made."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    @property
    def seconds(self) -> float:
        """Give the seconds, to the millisecond."""
        return round(time.monotonic() - self._start, 3)


def _spelled(value: Value) -> str:
    text = str(value)
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
