"""Commands about who suits a brief: `fit` and `brief check`."""

from pathlib import Path
from shutil import get_terminal_size
from typing import Annotated

import typer

from flows.cli.console import print_json, print_line
from flows.cli.errors import failing_with, wrong_usage
from flows.cli.options import Home, Inbox, Json, settings_of, warehouse_of


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
    from warehouse.published import query

    with failing_with(1):
        path = warehouse_of(home, inbox)
        rows = query.fit_rows(path, brief, limit, with_unranked=everyone).to_dicts()
        if json:
            print_json(rows)
        else:
            from flows.cli.ranking import ranking_lines

            (asked,) = query.brief_rows(path).filter(brief_id=brief).to_dicts()
            for line in ranking_lines(asked, rows, get_terminal_size((100, 24)).columns):
                print_line(line)


def brief_check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Briefs, as TOML.")],
    home: Home = None,
    inbox: Inbox = None,
    json: Json = False,
) -> None:
    """Say what each brief asks for, or everything that is wrong with it; writes nothing."""
    from flows.commands.brief_check import check_briefs

    settings = settings_of(home, inbox)
    if missing := [str(path) for path in files if not path.is_file()]:
        wrong_usage(f"no such file: {', '.join(missing)}")
    with failing_with(1):
        checked = check_briefs(files, settings)
    if json:
        print_json([one.as_dict() for one in checked])
    else:
        for line in (line for one in checked for line in one.lines()):
            print_line(line)
    if not all(one.is_right for one in checked):
        raise typer.Exit(1)
