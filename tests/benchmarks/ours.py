"""The product's own night, without Prefect: the one place that knows how a night is run."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tests.benchmarks.stages import Stages

_STAGE_OF = {"collect": "load", "read": "load", "core": "marts", "mart": "marts"}


def run(
    inbox: Path, home: Path, as_of: date, stages: Stages, stage_of: Mapping[str, str] = _STAGE_OF
) -> None:
    """Run a first night on an inbox, telling `stages` which part of it runs.

    Parameters
    ----------
    stage_of
        First word of a step's name to the stage it belongs to; its own one where none is named.
    """
    from flows.runs.night import run_night
    from flows.settings import Settings

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        word = name.split()[0]

        def call(*arguments: Any, **named: Any) -> Any:
            with stages.stage(stage_of.get(word, word)):
                return function(*arguments, **named)

        return call

    run_night(Settings(home=home, inbox=str(inbox)), as_of, run="bench", step=timed)
