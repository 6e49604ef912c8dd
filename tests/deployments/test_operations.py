"""The runbook, the units and the environment files name only what exists."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from dotenv import dotenv_values
from prefect.settings import get_current_settings
from prefect.settings.legacy import _get_settings_fields
from typer.main import get_command

from flows.cli import app
from flows.settings import Settings

CHECKOUT = Path(__file__).parents[2]
PRODUCTION = CHECKOUT / "deployments" / "production"
RUNBOOK = (CHECKOUT / "docs" / "operations.md").read_text(encoding="utf-8")
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", RUNBOOK, re.DOTALL)
    for line in block.splitlines()
]
ENVIRONMENTS = [
    CHECKOUT / "deployments" / "prefect.env",
    PRODUCTION / "server.env.example",
    PRODUCTION / "worker.env.example",
]
UNITS = sorted(PRODUCTION.glob("*.service"))


def named(pattern: str) -> set[str]:
    """Give what a pattern's group finds in the commands of the runbook."""
    return {found for line in COMMANDS for found in re.findall(pattern, line)}


def test_every_script_of_the_runbook_stands_there_and_can_be_called():
    scripts = named(r"(?:^|\s)\./(\S+)")
    assert scripts == {"as-worker", "rotate.py"}
    assert all((PRODUCTION / script).stat().st_mode & 0o111 for script in scripts)


def test_every_command_and_option_of_ours_in_the_runbook_exists():
    commands = get_command(app).commands
    called = named(r"(?:^|as-worker )creator-metrics (\w+)( .*)?$")
    called |= {(name, "") for name in re.findall(r"`creator-metrics (\w+)`", RUNBOOK)}
    for name, rest in called:
        known = {option for one in commands[name].params for option in one.opts}
        assert set(re.findall(r"--[\w-]+", rest)) <= known, name
    assert {name for name, _ in called} >= {"init", "rebuild", "withdraw"}


def test_as_worker_gives_every_value_of_the_environment_as_it_stands(tmp_path):
    mail = "mailtos://user:a$b%20c@smtp.example.com/?from=night@example.com&to=ops@example.com"
    (tmp_path / "worker.env").write_text(
        f'# why\n\nCREATOR_METRICS_ALERT_EMAIL={mail}\nCREATOR_METRICS_INBOX="/a folder"\n'
    )
    runuser = tmp_path / "runuser"
    runuser.write_text('#!/bin/sh\necho "$1 $2 $3"\nshift 3\nexec "$@"\n')
    runuser.chmod(0o755)

    done = subprocess.run(
        [PRODUCTION / "as-worker", "env"],
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}", "CREATOR_METRICS_ETC": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    user, *given = done.stdout.splitlines()
    assert user == "-u creator-metrics --"
    assert f"CREATOR_METRICS_ALERT_EMAIL={mail}" in given
    assert "CREATOR_METRICS_INBOX=/a folder" in given
    assert "PREFECT_SERVER_ANALYTICS_ENABLED=false" in given


def test_every_target_and_file_of_the_runbook_exists():
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    targets = named(r"^make (?:-C \S+ )?(\w+)") | set(re.findall(r"`make (\w+)", RUNBOOK))
    assert targets >= {"serve", "install"}
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)
    files = set(re.findall(r"[\w-]+\.(?:py|env\.example|service|yaml|env)\b", RUNBOOK))
    there = {path.name for path in (CHECKOUT / "deployments").rglob("*")}
    assert files - {"server.env", "worker.env"} <= there


def test_every_alert_has_a_row():
    rows = set(re.findall(r"^\| `([\w-]+)` \|", RUNBOOK, re.MULTILINE))
    assert rows == {"night-failed", "night-missing", "quarantine-high", "account-silent"}


@pytest.mark.parametrize("path", ENVIRONMENTS, ids=lambda path: path.name)
def test_every_variable_is_a_setting_that_prefect_or_we_read(path):
    prefect = set(_get_settings_fields(type(get_current_settings())))
    ours = {f"CREATOR_METRICS_{name.upper()}" for name in Settings.model_fields}
    assert set(dotenv_values(path)) <= prefect | ours | {"DO_NOT_TRACK"}


@pytest.mark.parametrize("path", ENVIRONMENTS[1:], ids=lambda path: path.name)
def test_an_example_holds_no_secret(path):
    secrets = {n: v for n, v in dotenv_values(path).items() if re.search("AUTH|PASSWORD", n)}
    assert secrets
    assert set(secrets.values()) == {""}


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.stem)
def test_a_unit_names_files_of_the_checkout_and_no_secret(unit):
    text = unit.read_text(encoding="utf-8")
    inside = re.findall(r"/opt/creator-metrics/(deployments/\S+)", text)
    inside += re.findall(r"^ExecStart=.*python (deployments/\S+)", text, re.MULTILINE)
    assert inside
    assert all((CHECKOUT / path).exists() for path in inside)
    assert f"EnvironmentFile=/etc/creator-metrics/{unit.stem.split('-')[-1]}.env" in text
    assert not re.search("AUTH_STRING|PASSWORD", text)
    prefect = set(_get_settings_fields(type(get_current_settings())))
    own = set(re.findall(r"^Environment=(\w+)=", text, re.MULTILINE))
    assert own <= prefect | {"CREATOR_METRICS_CHECKOUT"}


def test_the_compose_file_mounts_what_exists_and_has_server_worker_and_database():
    declared = yaml.safe_load((PRODUCTION / "compose.yaml").read_text(encoding="utf-8"))
    services = declared["services"]
    assert set(services) == {"database", "server", "worker"}
    assert services["server"]["ports"] == ["127.0.0.1:4200:4200"]
    for name in ("server", "worker"):
        assert (PRODUCTION / services[name]["env_file"][0]).exists()
        assert (PRODUCTION / f"{services[name]['env_file'][1]}.example").exists()
        script = services[name]["command"][0]
        assert script == "-m" or (CHECKOUT / script).exists()


def test_rotating_changes_both_files_alike_and_shows_nothing(tmp_path):
    for name in ("server.env", "worker.env"):
        example = PRODUCTION / f"{name}.example"
        (tmp_path / name).write_text(example.read_text(encoding="utf-8"))

    rotate = [sys.executable, PRODUCTION / "rotate.py"]
    auth = subprocess.run([*rotate, "auth", "--folder", tmp_path], capture_output=True, check=True)
    sql = subprocess.run(
        [*rotate, "database", "--folder", tmp_path], capture_output=True, text=True, check=True
    )

    server, worker = (dotenv_values(tmp_path / name) for name in ("server.env", "worker.env"))
    assert server["PREFECT_SERVER_API_AUTH_STRING"] == worker["PREFECT_API_AUTH_STRING"]
    assert len(worker["PREFECT_API_AUTH_STRING"]) > 40
    assert (auth.stdout, auth.stderr) == (b"", b"")
    password = server["PREFECT_SERVER_DATABASE_PASSWORD"]
    assert sql.stdout == f"alter role prefect login password '{password}';\n"
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
