"""Commands that lay down a home and write into it, as a user meets them."""

import re
import subprocess
import sys
from pathlib import Path

from flows.settings import load_settings
from tests.flows.cli.calling import call

PROGRAM = Path(sys.executable).with_name("creator-metrics")


def test_init_lays_down_a_home_once_and_keeps_what_was_edited(settings):
    assert call(settings, "init").exit_code == 0
    edited = settings.home / "settings.toml"
    edited.write_text('tier_preset = "us_common"\n')

    second = call(settings, "init")

    assert second.exit_code == 0
    assert edited.read_text() == 'tier_preset = "us_common"\n'
    assert (settings.home / "reference" / "tiers.toml").exists()


def test_every_setting_that_init_lays_down_can_be_taken_as_it_stands(settings):
    call(settings, "init")
    laid_down = settings.home / "settings.toml"
    before = load_settings(settings.home)
    text = re.sub(r"^# (?=\w+ = )", "", laid_down.read_text(), flags=re.MULTILINE)
    assert "\nmax_columns = 2000\n" in text
    laid_down.write_text(text)
    assert load_settings(settings.home) == before


def test_the_inbox_named_to_init_holds_afterwards(settings):
    call(settings, "init")
    assert load_settings(settings.home).inbox == settings.inbox


def test_a_night_that_cannot_be_published_exits_with_1(settings):
    from warehouse.home import Home

    with Home(settings.home).lock():
        result = subprocess.run(
            [PROGRAM, "nightly", "--home", settings.home, "--inbox", settings.inbox],
            capture_output=True,
            text=True,
            check=False,
        )
    assert result.returncode == 1
    assert "being written" in result.stderr


def test_the_example_that_init_lays_down_is_a_brief(settings):
    call(settings, "init")
    example = settings.home / "reference" / "brief.example.toml"

    result = call(settings, "brief", "check", str(example))

    assert result.exit_code == 0
    said = result.stdout.splitlines()
    assert said[0] == f"{example}: ok"
    assert "  brand: Havre & Co" in said
    assert "  audience by country: DK 80.0%, SE 20.0%" in said
    assert "  audience by age: 18-24 50.0%, 25-34 50.0%" in said
    assert said[-1].startswith("  weights: audience_match 3, target_share 2")
