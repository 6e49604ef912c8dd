"""How a command fails: one line on standard error, and an exit code."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from flows.cli.console import print_error

USAGE = 2
"""Exit code for wrong usage, as the shell's own tools have it."""


def wrong_usage(message: str) -> NoReturn:
    """Say what is wrong with how the command was called, and leave."""
    print_error(f"creator-metrics: {message}")
    raise typer.Exit(USAGE)


@contextmanager
def failing_with(code: int) -> Iterator[None]:
    """Turn the errors that we raise into one line and an exit code; others keep their trace."""
    from warehouse.home import StoreError

    try:
        yield
    except BrokenPipeError:
        raise
    except (OSError, ValueError, StoreError) as error:
        print_error(f"creator-metrics: {error}")
        raise typer.Exit(code) from error
