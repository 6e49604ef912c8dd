"""How tests call the command line."""

from typer.testing import CliRunner

from flows.cli import app

_RUNNER = CliRunner()


def call(settings, *arguments: str):
    options = ["--home", str(settings.home), "--inbox", settings.inbox]
    return _RUNNER.invoke(app, [*arguments, *options])
