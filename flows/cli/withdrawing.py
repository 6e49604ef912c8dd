"""The command that takes back what should not have come: `withdraw`."""

from typing import Annotated

import typer

from flows.cli.console import print_json, print_line
from flows.cli.errors import failing_with, wrong_usage
from flows.cli.options import Home, Inbox, Json, settings_of


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
    from flows.commands import withdrawal

    settings = settings_of(home, inbox)
    if not file and delivery is None:
        wrong_usage("withdraw needs --file PATH or --delivery ID: what is to be taken back")
    if not (reason or "").strip():
        wrong_usage("withdraw needs --reason TEXT: it stays with the record")
    named = (settings, file or (), delivery)
    with failing_with(1):
        try:
            if yes:
                planned, recorded = withdrawal.withdraw(*named, str(reason).strip(), undo=undo)
            else:
                planned, recorded = withdrawal.plan(*named, undo=undo), None
        except withdrawal.SelectionError as error:
            wrong_usage(str(error))
        if json:
            written = recorded.withdrawal_id if recorded else None
            print_json(planned.as_dict() | {"withdrawal_id": written})
        else:
            for line in withdrawal.lines(planned, recorded):
                print_line(line)
