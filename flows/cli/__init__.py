"""The command line: `creator-metrics`. Every command imports what it needs and no more."""

import os
import sys

import typer

from flows.cli import choosing, looking, running, withdrawing

app = typer.Typer(
    name="creator-metrics",
    help="Creators' exported analytics, every night, as a DuckDB warehouse.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(running.init)
app.command()(running.nightly)
app.command()(running.backfill)
app.command()(running.rebuild)
app.command()(looking.inspect)
app.command("map")(looking.map_file)
app.command()(looking.files)
app.command()(looking.quarantine)
app.command()(withdrawing.withdraw)
app.command()(choosing.fit)
app.command()(looking.sql)
app.command()(looking.status)

brief_app = typer.Typer(help="What brands ask for.", no_args_is_help=True)
brief_app.command("check")(choosing.brief_check)
app.add_typer(brief_app, name="brief")


def main() -> None:
    """Run the command line; a reader that closes the pipe early is no error."""
    try:
        app()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    finally:
        if "prefect.flows" in sys.modules:
            from flows.orchestration.ending import end_background

            end_background()
