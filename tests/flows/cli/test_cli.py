"""The command line as a whole: wrong usage, wrong settings, how soon it starts."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.flows.cli.calling import call

PROGRAM = Path(sys.executable).with_name("creator-metrics")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nightly", "--as-of", "yesterday"],
        ["backfill", "2026-03-02", "2026-03-01"],
        ["backfill"],
        ["backfill", "2026-03-01", "2026-03-02", "--knowledge", "loaded"],
        ["inspect", "nowhere.csv"],
        ["nightli"],
    ],
)
def test_wrong_usage_exits_with_2_and_one_line(settings, arguments):
    result = call(settings, *arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_a_setting_that_is_wrong_is_named(settings):
    settings.home.mkdir()
    (settings.home / "settings.toml").write_text('time_zone = "Mars/Olympus"\n')
    result = call(settings, "status")
    assert result.exit_code == 2
    assert "time_zone" in result.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["files"], ["sql", "select 1"]])
def test_commands_that_need_no_flow_import_no_prefect(first_night, arguments):
    options = [] if arguments == ["--help"] else ["--home", str(first_night.home)]
    code = (
        "import sys\n"
        "from flows.cli import app\n"
        f"try: app({arguments + options})\n"
        "except SystemExit: pass\n"
        "print(sorted({'prefect', 'scipy', 'pandera'} & set(sys.modules)), file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert "prefect" not in result.stderr.splitlines()[-1]
    assert "scipy" not in result.stderr.splitlines()[-1]
