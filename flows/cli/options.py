"""Options that several commands take, and the values they stand for."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.errors import wrong_usage

if TYPE_CHECKING:
    from flows.settings import Settings

Home = Annotated[
    Path | None,
    typer.Option(
        "--home", envvar="CREATOR_METRICS_HOME", help="Folder of the store and the warehouse."
    ),
]
Inbox = Annotated[
    str | None,
    typer.Option(
        "--inbox", envvar="CREATOR_METRICS_INBOX", help="Folder or URL where downloads lie."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]
Limit = Annotated[int, typer.Option("--limit", min=1, help="Most rows to print.")]


def settings_of(home: Path | None, inbox: str | None) -> "Settings":
    """Read the settings; one that is wrong is wrong usage, and named."""
    from pydantic import ValidationError

    from flows.settings import load_settings

    try:
        return load_settings(home, inbox)
    except ValidationError as error:
        problems = "; ".join(f"{e['loc'][0]}: {e['msg']}" for e in error.errors())
        wrong_usage(f"settings: {problems}")


def warehouse_of(home: Path | None, inbox: str | None) -> Path:
    """Give the published file of a home."""
    return settings_of(home, inbox).home / "warehouse.duckdb"


def day_of(text: str, name: str) -> date:
    """Read a day that the argument `name` gives."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        wrong_usage(f"{name} {text!r} is no day; write it as 2026-01-31")


def moment_of(text: str) -> datetime:
    """Read a cutoff; without a zone it is UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        wrong_usage(f"--cutoff {text!r} is no moment; write it as 2026-01-31T04:15:00Z")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
