"""Commands that lay down a home and write into it: `init`, `nightly`, `backfill`, `rebuild`."""

from enum import StrEnum
from typing import Annotated

import typer

from flows.cli.console import print_json, print_line
from flows.cli.errors import failing_with, wrong_usage
from flows.cli.options import Home, Inbox, Json, day_of, moment_of, settings_of


class KnowledgeOption(StrEnum):
    """What a backfill may know."""

    latest = "latest"
    reported = "reported"
    loaded = "loaded"


def init(home: Home = None, inbox: Inbox = None) -> None:
    """Lay down a home: its folders, its settings and the reference files to edit."""
    from flows.commands.home import lay_down

    for line in lay_down(settings_of(home, inbox)):
        print_line(line)


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
    settings = settings_of(home, inbox)
    day = day_of(as_of, "--as-of") if as_of else None
    with failing_with(1):
        from flows.nightly import nightly as flow
        from flows.reports.text import lines

        report = flow(as_of=day, home=settings.home, inbox=settings.inbox)
        if json:
            print_json(report.as_dict())
        else:
            for line in lines(report):
                print_line(line)


def backfill(
    start: Annotated[str | None, typer.Argument(metavar="START", help="First day.")] = None,
    end: Annotated[
        str | None,
        typer.Argument(metavar="END", help="Last day, inclusive; else the last whole day."),
    ] = None,
    home: Home = None,
    inbox: Inbox = None,
    platform: Annotated[
        list[str] | None,
        typer.Option(help="Only days that reach accounts on it; several times for several."),
    ] = None,
    creator: Annotated[
        list[str] | None,
        typer.Option(help="Only days that reach this creator id, account id or handle."),
    ] = None,
    knowledge: Annotated[
        KnowledgeOption,
        typer.Option(help="latest: all that is known; reported: observed by the day; loaded."),
    ] = KnowledgeOption.latest,
    cutoff: Annotated[
        str | None,
        typer.Option(metavar="MOMENT", help="With loaded: the last load's UTC time, ISO 8601."),
    ] = None,
    stale: Annotated[
        bool, typer.Option("--stale", help="Only the days that later data made stale.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say which rows would change; keep nothing.")
    ] = False,
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help="Why; kept in ops.build with what is built.")
    ] = "",
    json: Json = False,
) -> None:
    """Build the marts of past days again, and publish."""
    from flows.runs.request import RequestError, checked

    settings = settings_of(home, inbox)
    try:
        request = checked(
            {
                "start": day_of(start, "START") if start else None,
                "end": day_of(end, "END") if end else None,
                "platforms": platform or (),
                "creators": creator or (),
                "knowledge": knowledge.value,
                "cutoff": moment_of(cutoff) if cutoff else None,
                "only_stale": stale,
                "dry_run": dry_run,
                "reason": reason,
            }
        )
    except RequestError as error:
        wrong_usage(f"backfill: {error}")
    with failing_with(1):
        from flows.backfill import backfill as flow
        from flows.reports.backfill import backfill_lines
        from flows.reports.text import lines

        report = flow(request, home=settings.home)
        if json:
            print_json(report.as_dict())
        else:
            for line in (*lines(report), *backfill_lines(report)):
                print_line(line)


def rebuild(home: Home = None, inbox: Inbox = None, json: Json = False) -> None:
    """Write the warehouse file anew from the store, as after a restore."""
    settings = settings_of(home, inbox)
    with failing_with(1):
        from dataclasses import asdict

        from flows.runs.rebuild import run_rebuild

        published = run_rebuild(settings)
        if json:
            print_json(asdict(published))
        else:
            print_line(f"published  {published.path} ({published.how})")
