"""What a deployment adds: kept by version, read by, taken away again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from flows.commands.inspection import inspect_columns, inspect_files
from flows.references import additions
from flows.settings import Settings
from flows.steps.collecting import collect
from flows.steps.reading import plan_reading, read
from warehouse import reference
from warehouse.home import Home

NOW = datetime(2026, 6, 30, 4, 15, tzinfo=UTC)
FINNISH = """
[headers.date]
fi = ["Päivämäärä"]
[headers.followers]
fi = [{ name = "Seuraajat", seen = "documentation" }]
[headers.difference]
fi = ["Muutos"]
"""
AGENCY = """
platform = "instagram"
kind = "listing"
[columns]
account_ref = "Profil"
followers = "Antal fans"
"""


@pytest.fixture
def laid(tmp_path: Path) -> Settings:
    folder = tmp_path / "inbox" / "tiktok" / "anna"
    folder.mkdir(parents=True)
    (folder / "FollowerHistory 2026-06-29.csv").write_text(
        "Päivämäärä,Seuraajat,Muutos\nJune 1,10,1\n"
    )
    (tmp_path / "inbox" / "fans 2026-05-31.csv").write_text("Profil,Antal fans\nbo,20\n")
    return Settings(home=tmp_path / "home", inbox=str(tmp_path / "inbox"), settle_seconds=0)


def add(settings: Settings, kind: str, text: str) -> Path:
    path = Home(settings.home).create().edited_reference / f"{kind}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def night(settings: Settings, nights_later: int = 0) -> tuple[dict[str, int], tuple[str, ...]]:
    """Collect and read; give the statuses, and what is wrong with reference data."""
    Home(settings.home).create()
    now = NOW + timedelta(days=nights_later)
    problems = collect(settings, now).reference_problems
    found: dict[str, int] = {}
    for batch in plan_reading(settings):
        for status, count in read(settings, "night", batch, now).files.items():
            found[status] = found.get(status, 0) + count
    return found, problems


def test_what_was_not_recognised_is_tried_again_when_an_overlay_or_a_mapping_comes(laid):
    assert night(laid) == ({"unrecognised": 2}, ())
    assert night(laid, 1) == ({}, ())
    add(laid, "headers/tiktok_follower_history", FINNISH)
    assert night(laid, 2) == ({"loaded": 1, "unrecognised": 1}, ())
    add(laid, "mappings/agency", AGENCY)
    assert night(laid, 3) == ({"loaded": 1}, ())
    assert night(laid, 4) == ({}, ())


def test_one_that_cannot_be_used_is_named_and_the_version_before_it_holds(laid):
    add(laid, "mappings/agency", AGENCY)
    night(laid)
    add(laid, "mappings/agency", AGENCY.replace("listing", "listings"))
    _, problems = night(laid, 1)
    assert len(problems) == 1
    assert problems[0].startswith("reference/mappings/agency.toml: kind: no table")
    assert problems[0].endswith("the version before it stays in force")
    assert "agency" in additions.reader(Home(laid.home)).exports


def test_one_that_was_never_right_adds_nothing(laid):
    add(laid, "headers/tiktok_overveiw", FINNISH)
    _, (problem,) = night(laid)
    assert "did you mean tiktok_overview?" in problem
    assert problem.endswith("it adds nothing")


def test_one_whose_file_is_gone_is_in_force_no_more(laid):
    path = add(laid, "mappings/agency", AGENCY)
    night(laid)
    before = additions.reader(Home(laid.home)).version
    path.unlink()
    night(laid, 1)
    home = Home(laid.home)
    assert "agency" not in additions.reader(home).exports
    assert additions.reader(home).version != before
    assert len(reference.versions(home, "mappings/agency")) == 2


def test_the_same_files_keep_one_version(laid):
    add(laid, "mappings/agency", AGENCY)
    home = Home(laid.home)
    for day in range(3):
        additions.keep_additions(home, (NOW + timedelta(days=day)).astimezone(ZoneInfo("UTC")))
    assert len(reference.versions(home, "mappings/agency")) == 1


def test_inspect_reads_by_what_lies_in_the_home_before_a_night_keeps_it(laid):
    file = Path(laid.inbox) / "fans 2026-05-31.csv"
    assert inspect_files([file], laid)[0]["status"] == "unrecognised"
    add(laid, "mappings/agency", AGENCY)
    assert inspect_files([file], laid)[0]["status"] == "loaded"
    assert {row["header"]: row["becomes"] for row in inspect_columns([file], laid)} == {
        "Profil": ("listing.account_ref", "listing.account_handle"),
        "Antal fans": ("listing.followers", "listing.is_rounded"),
    }


def test_inspect_says_that_a_name_was_never_seen_in_a_real_file(laid):
    add(laid, "headers/tiktok_follower_history", FINNISH)
    file = next((Path(laid.inbox) / "tiktok" / "anna").iterdir())
    seen = {row["header"]: row["seen"] for row in inspect_columns([file], laid)}
    assert seen == {"Päivämäärä": True, "Seuraajat": False, "Muutos": True}
