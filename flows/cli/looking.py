"""Commands that say what files are and what the warehouse holds; none writes to the home."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.console import print_error, print_json, print_line, print_rows
from flows.cli.errors import USAGE, failing_with, wrong_usage
from flows.cli.options import Home, Inbox, Json, Limit, settings_of, warehouse_of

if TYPE_CHECKING:
    import polars as pl


def inspect(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files, zips or folders.")],
    columns: Annotated[
        bool | None,
        typer.Option(
            "--columns/--no-columns",
            help="What becomes of every header; without either, of a single file.",
        ),
    ] = None,
    home: Home = None,
    inbox: Inbox = None,
    json: Json = False,
) -> None:
    """Say what a file is, and what would be loaded or refused and why; writes nothing."""
    from flows.commands.inspection import addition_problems, inspect_columns, inspect_files

    settings = settings_of(home, inbox)
    if missing := [str(path) for path in files if not path.exists()]:
        wrong_usage(f"no such file: {', '.join(missing)}")
    for problem in addition_problems(settings):
        print_error(f"creator-metrics: {problem}")
    if json and columns:
        print_json(inspect_columns(files, settings))
        return
    rows = inspect_files(files, settings)
    if json:
        print_json(rows)
    else:
        shown = ("file", "export", "language", "status", "rows_in", "loaded", "quarantined")
        print_rows(
            [{name: row[name] for name in (*shown, "not_data", "reason")} for row in rows],
            empty="no files there",
        )
        is_single = len(files) == 1 and files[0].is_file() and len(rows) == 1
        if columns or (columns is None and is_single):
            _print_columns(inspect_columns(files, settings))


def map_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A list or report.")],
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", help="History table it fills; several times for several."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="File to write; else standard output.")
    ] = None,
    home: Home = None,
    inbox: Inbox = None,
) -> None:
    """Write the first draft of a mapping file: how to read a list that no platform exports."""
    from flows.commands.map_file import draft_of

    settings = settings_of(home, inbox)
    if not file.is_file():
        wrong_usage(f"no such file: {file}")
    if out and out.exists():
        wrong_usage(f"{out} is there already: name another, or take it away first")
    with failing_with(1):
        text = draft_of(file, tuple(kind or ()), settings)
        if out:
            out.write_text(text, encoding="utf-8")
            print_line(f"wrote  {out}")
        else:
            print_line(text.rstrip("\n"))


def files(
    status: Annotated[str | None, typer.Option(help="Only files with this status.")] = None,
    limit: Limit = 1000,
    home: Home = None,
    inbox: Inbox = None,
    json: Json = False,
) -> None:
    """List the files that arrived, and what became of each."""
    from warehouse.published import query

    with failing_with(1):
        _print_frame(query.file_rows(warehouse_of(home, inbox), status).head(limit), json=json)


def quarantine(
    limit: Limit = 1000, home: Home = None, inbox: Inbox = None, json: Json = False
) -> None:
    """List the rows that broke a rule: file, row, column, rule, value."""
    from warehouse.published import query

    with failing_with(1):
        _print_frame(query.quarantine_rows(warehouse_of(home, inbox), limit), json=json)


def sql(
    query_text: Annotated[str, typer.Argument(metavar="QUERY", help="One SQL query.")],
    home: Home = None,
    inbox: Inbox = None,
    json: Json = False,
    csv: Annotated[
        bool, typer.Option("--csv", help="Print CSV; text that begins a formula gets a ' first.")
    ] = False,
    raw: Annotated[
        bool, typer.Option("--raw", help="With --csv: every text as it is, for programs.")
    ] = False,
) -> None:
    """Ask the warehouse, read-only."""
    if raw and not csv:
        wrong_usage("--raw goes with --csv")
    from warehouse.published import query

    with failing_with(USAGE):
        frame = query.query(warehouse_of(home, inbox), query_text)
        if csv:
            from flows.cli.csv_output import csv_text

            sys.stdout.write(csv_text(frame, raw=raw))
        else:
            _print_frame(frame, json=json)


def status(home: Home = None, inbox: Inbox = None, json: Json = False) -> None:
    """Say per account what exists, how stale it is, and what to ask the creator for.

    With --json also the exports that never came, and where the button of each is.
    """
    from flows.commands.status import account_status, status_in_short, status_row

    with failing_with(1):
        accounts = account_status(settings_of(home, inbox))
        if json:
            print_json([status_row(one) for one in accounts])
        else:
            rows = [status_in_short(one) for one in accounts]
            print_rows(rows, empty="no account yet: run creator-metrics nightly")


def _print_frame(frame: "pl.DataFrame", *, json: bool) -> None:
    rows = frame.to_dicts()
    if json:
        print_json(rows)
    else:
        print_rows(rows, empty="no rows")


def _print_columns(rows: list[dict[str, Any]]) -> None:
    """Print a table of headers for each table of a file."""
    from itertools import groupby

    shown = ("header", "language", "column", "unit", "values", "fate", "seen")
    for file, found in groupby(rows, key=lambda row: row["file"]):
        told = [{name: row[name] for name in shown} for row in found]
        print_rows(told, title=file)
