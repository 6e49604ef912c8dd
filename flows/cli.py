"""The command line: `creator-metrics`. Every command imports what it needs and no more."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.console import print_error, print_json, print_line, print_rows

if TYPE_CHECKING:
    import polars as pl

    from flows.settings import Settings

USAGE = 2
"""Exit code for wrong usage, as the shell's own tools have it."""

app = typer.Typer(
    name="creator-metrics",
    help="Creators' exported analytics, every night, as a DuckDB warehouse.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

brief_app = typer.Typer(help="What brands ask for.", no_args_is_help=True)
app.add_typer(brief_app, name="brief")

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


class KnowledgeOption(StrEnum):
    """What a backfill may know."""

    latest = "latest"
    reported = "reported"
    loaded = "loaded"


@app.command()
def init(home: Home = None, inbox: Inbox = None) -> None:
    """Lay down a home: its folders, its settings and the reference files to edit."""
    from flows.home import lay_down

    for line in lay_down(_settings(home, inbox)):
        print_line(line)


@app.command()
def nightly(
    home: Home = None,
    inbox: Inbox = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DAY", help="Day to compute; else the last whole day."),
    ] = None,
    json: Json = False,
) -> None:
    """Take what arrived, read it, build the marts, publish the warehouse."""
    settings = _settings(home, inbox)
    day = _day(as_of, "--as-of") if as_of else None
    with _failing_with(1):
        from flows.nightly import nightly as flow
        from flows.report import lines

        report = flow(as_of=day, home=settings.home, inbox=settings.inbox)
        if json:
            print_json(report.as_dict())
        else:
            for line in lines(report):
                print_line(line)


@app.command()
def backfill(
    start: Annotated[str | None, typer.Argument(metavar="START", help="First day.")] = None,
    end: Annotated[str | None, typer.Argument(metavar="END", help="Last day, inclusive.")] = None,
    home: Home = None,
    inbox: Inbox = None,
    knowledge: Annotated[
        KnowledgeOption,
        typer.Option(help="latest: all that is known; reported: observed by the day; loaded."),
    ] = KnowledgeOption.latest,
    cutoff: Annotated[
        str | None,
        typer.Option(metavar="MOMENT", help="With loaded: the last load's UTC time, ISO 8601."),
    ] = None,
    stale: Annotated[
        bool, typer.Option("--stale", help="Only the partitions that later data made stale.")
    ] = False,
    json: Json = False,
) -> None:
    """Build the marts of past days again, and publish."""
    settings = _settings(home, inbox)
    if not stale and (start is None or end is None):
        _wrong_usage("backfill needs START and END, two days as 2026-01-31, or --stale")
    first = _day(start, "START") if start else None
    last = _day(end, "END") if end else None
    moment = _moment(cutoff) if cutoff else None
    if first and last and last < first:
        _wrong_usage(f"END {last} lies before START {first}: give the earlier day first")
    if knowledge is KnowledgeOption.loaded and moment is None:
        _wrong_usage("--knowledge loaded needs --cutoff: a night's cutoff stands in ops.build")
    with _failing_with(1):
        from flows.backfill import backfill as flow
        from flows.report import lines

        report = flow(
            start=first,
            end=last,
            knowledge=knowledge.value,
            cutoff=moment,
            only_stale=stale,
            home=settings.home,
        )
        if json:
            print_json(report.as_dict())
        else:
            for line in lines(report):
                print_line(line)


@app.command()
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
    from flows.inspection import addition_problems, inspect_columns, inspect_files

    settings = _settings(home, inbox)
    if missing := [str(path) for path in files if not path.exists()]:
        _wrong_usage(f"no such file: {', '.join(missing)}")
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


@app.command("map")
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
    from flows.map_file import draft_of

    settings = _settings(home, inbox)
    if not file.is_file():
        _wrong_usage(f"no such file: {file}")
    if out and out.exists():
        _wrong_usage(f"{out} is there already: name another, or take it away first")
    with _failing_with(1):
        text = draft_of(file, tuple(kind or ()), settings)
        if out:
            out.write_text(text, encoding="utf-8")
            print_line(f"wrote  {out}")
        else:
            print_line(text.rstrip("\n"))


@app.command()
def files(
    status: Annotated[str | None, typer.Option(help="Only files with this status.")] = None,
    limit: Limit = 1000,
    home: Home = None,
    inbox: Inbox = None,
    json: Json = False,
) -> None:
    """List the files that arrived, and what became of each."""
    from warehouse import query

    with _failing_with(1):
        _print(query.file_rows(_warehouse(home, inbox), status).head(limit), json=json)


@app.command()
def quarantine(
    limit: Limit = 1000, home: Home = None, inbox: Inbox = None, json: Json = False
) -> None:
    """List the rows that broke a rule: file, row, column, rule, value."""
    from warehouse import query

    with _failing_with(1):
        _print(query.quarantine_rows(_warehouse(home, inbox), limit), json=json)


@app.command()
def withdraw(
    file: Annotated[
        list[str] | None,
        typer.Option(
            "--file",
            metavar="PATH",
            help="Path within the inbox, folder, pattern, zip!member, file id or SHA-256.",
        ),
    ] = None,
    delivery: Annotated[
        str | None, typer.Option("--delivery", metavar="ID", help="A whole delivery.")
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="Why; kept with it.")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Give back what was withdrawn.")] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do it; without, only say what would be done.")
    ] = False,
    home: Home = None,
    inbox: Inbox = None,
    json: Json = False,
) -> None:
    """Take back a delivery or files that should not have come; the next night shows it."""
    from flows import withdrawal

    settings = _settings(home, inbox)
    if not file and delivery is None:
        _wrong_usage("withdraw needs --file PATH or --delivery ID: what is to be taken back")
    if not (reason or "").strip():
        _wrong_usage("withdraw needs --reason TEXT: it stays with the record")
    named = (settings, file or (), delivery)
    with _failing_with(1):
        try:
            if yes:
                planned, recorded = withdrawal.withdraw(*named, str(reason).strip(), undo=undo)
            else:
                planned, recorded = withdrawal.plan(*named, undo=undo), None
        except withdrawal.SelectionError as error:
            _wrong_usage(str(error))
            raise
        if json:
            written = recorded.withdrawal_id if recorded else None
            print_json(planned.as_dict() | {"withdrawal_id": written})
        else:
            for line in withdrawal.lines(planned, recorded):
                print_line(line)


@app.command()
def fit(
    brief: Annotated[str, typer.Argument(metavar="BRIEF", help="Id of a brief in force.")],
    limit: Annotated[int, typer.Option("--limit", min=1, help="Most creators to print.")] = 20,
    everyone: Annotated[
        bool, typer.Option("--all", help="Also those without a rank, with the reason.")
    ] = False,
    home: Home = None,
    inbox: Inbox = None,
    json: Json = False,
) -> None:
    """Rank the creators who suit a brief, each with its reason."""
    from warehouse import query

    with _failing_with(1):
        path = _warehouse(home, inbox)
        rows = query.fit_rows(path, brief, limit, with_unranked=everyone).to_dicts()
        if json:
            print_json(rows)
        else:
            from flows.ranking import ranking_lines

            (asked,) = query.brief_rows(path).filter(brief_id=brief).to_dicts()
            for line in ranking_lines(asked, rows, get_terminal_size((100, 24)).columns):
                print_line(line)


@brief_app.command("check")
def brief_check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Briefs, as TOML.")],
    home: Home = None,
    inbox: Inbox = None,
    json: Json = False,
) -> None:
    """Say what each brief asks for, or everything that is wrong with it; writes nothing."""
    from flows.brief_check import check_briefs

    settings = _settings(home, inbox)
    if missing := [str(path) for path in files if not path.is_file()]:
        _wrong_usage(f"no such file: {', '.join(missing)}")
    with _failing_with(1):
        checked = check_briefs(files, settings)
    if json:
        print_json([one.as_dict() for one in checked])
    else:
        for line in (line for one in checked for line in one.lines()):
            print_line(line)
    if not all(one.is_right for one in checked):
        raise typer.Exit(1)


@app.command()
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
        _wrong_usage("--raw goes with --csv")
    from warehouse import query

    with _failing_with(USAGE):
        frame = query.query(_warehouse(home, inbox), query_text)
        if csv:
            from flows.csv_output import csv_text

            sys.stdout.write(csv_text(frame, raw=raw))
        else:
            _print(frame, json=json)


@app.command()
def status(home: Home = None, inbox: Inbox = None, json: Json = False) -> None:
    """Say per account what exists, how stale it is, and what to ask the creator for."""
    from flows.status import account_status

    with _failing_with(1):
        rows = account_status(_settings(home, inbox))
        if json:
            print_json(rows)
        else:
            print_rows(rows, empty="no account yet: run creator-metrics nightly")


def main() -> None:
    """Run the command line; a reader that closes the pipe early is no error."""
    try:
        app()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _settings(home: Path | None, inbox: str | None) -> "Settings":
    from pydantic import ValidationError

    from flows.settings import load_settings

    try:
        return load_settings(home, inbox)
    except ValidationError as error:
        problems = "; ".join(f"{e['loc'][0]}: {e['msg']}" for e in error.errors())
        _wrong_usage(f"settings: {problems}")
        raise


def _warehouse(home: Path | None, inbox: str | None) -> Path:
    return _settings(home, inbox).home / "warehouse.duckdb"


def _print(frame: "pl.DataFrame", *, json: bool) -> None:
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


def _day(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        _wrong_usage(f"{name} {text!r} is no day; write it as 2026-01-31")
        raise


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        _wrong_usage(f"--cutoff {text!r} is no moment; write it as 2026-01-31T04:15:00Z")
        raise
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _wrong_usage(message: str) -> None:
    print_error(f"creator-metrics: {message}")
    raise typer.Exit(USAGE)


@contextmanager
def _failing_with(code: int) -> Iterator[None]:
    """Turn the errors that we raise into one line and an exit code; others keep their trace."""
    from warehouse.home import StoreError

    try:
        yield
    except BrokenPipeError:
        raise
    except (OSError, ValueError, StoreError) as error:
        print_error(f"creator-metrics: {error}")
        raise typer.Exit(code) from error
