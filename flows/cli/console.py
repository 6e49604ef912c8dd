"""How the command line prints: tables for people, JSON for machines."""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a terminal obeys instead of showing, but for tabs and the ends of lines."""


def print_json(value: Any) -> None:
    """Write one JSON document to standard output; days and moments in ISO 8601."""
    json.dump(value, sys.stdout, default=_as_text, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def print_rows(rows: Sequence[Row], *, title: str | None = None, empty: str = "nothing") -> None:
    """Write rows as a table; the first row names the columns."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = _console(Console)
    if not rows:
        console.print(Text(empty))
        return
    table = Table(
        title=_spelled(title) if title else None, title_justify="left", header_style="bold"
    )
    for name, value in rows[0].items():
        table.add_column(Text(_spelled(name)), justify="right" if _is_number(value) else "left")
    for row in rows:
        table.add_row(*(Text(_spelled(_cell(value))) for value in row.values()))
    console.print(table)


def print_line(text: str) -> None:
    """Write one line to standard output; what would steer the terminal is spelled out."""
    sys.stdout.write(f"{_spelled(text)}\n")


def print_error(text: str) -> None:
    """Write one message to standard error; what would steer the terminal is spelled out."""
    sys.stderr.write(f"{_spelled(text)}\n")


def _spelled(text: str) -> str:
    return _CONTROL.sub(lambda found: found.group().encode("unicode_escape").decode(), text)


def _console(console: Any) -> Any:
    """Let a table be as wide as it must where nobody watches."""
    return console() if sys.stdout.isatty() else console(width=10_000, soft_wrap=True)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list | tuple):
        return ", ".join(_cell(item) for item in value)
    return _as_text(value) if isinstance(value, date | datetime | Path) else str(value)


def _as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
