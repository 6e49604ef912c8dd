"""Briefs through the nights: versions, what is wrong with them, which of them are in force."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest

from flows.references import briefs, keeping
from flows.references.briefs import briefs_in_force
from flows.references.known import known
from flows.references.tables import published
from flows.steps.collecting import collect
from warehouse import reference
from warehouse.arrivals.collect import ReferenceFile
from warehouse.home import Home

ZONE = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 5, 10, 2, 15, tzinfo=UTC)
TODAY = NOW.date()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path).create()


def written(name="oat", brand="Havre & Co", *lines: str, gender="female", at=NOW) -> ReferenceFile:
    text = "\n".join([f'brand = "{brand}"', *lines, "[audience]", f'genders = ["{gender}"]', ""])
    path = f"briefs/{name}.toml"
    return ReferenceFile(f"briefs/{name}", path, text.encode(), at, at.astimezone(ZONE).date())


def keep(home, *files: ReferenceFile, at=NOW, scale="danish") -> list[str]:
    return keeping.keep(home, files, at, ZONE, scale)


def brands(home, day=TODAY, knowledge="latest", cutoff=None) -> dict[str, str]:
    return {
        brief_id: held.brief.brand
        for brief_id, held in briefs_in_force(home, day, knowledge, cutoff).items()
    }


def test_a_night_keeps_what_lies_in_the_briefs_folder_of_the_inbox(settings):
    folder = Path(settings.inbox) / "briefs"
    folder.mkdir()
    (folder / "oat.toml").write_bytes(written().content)
    (folder / "rye.json.TOML").write_bytes(written().content)
    (folder / "bad.toml").write_text("brand = ")

    report = collect(settings, NOW)

    first, second = report.reference_problems
    assert first.startswith("briefs/bad.toml: file: must be TOML, found: Invalid value")
    assert second == "briefs/bad.toml: not taken; no version is in force"
    assert list(brands(Home(settings.home))) == ["oat", "rye.json"]


def test_a_brief_is_in_force_from_its_own_day_and_known_by_its_id(home):
    assert keep(home, written("oat", "Oat", "valid_from = 2026-05-01")) == []

    held = known(home, date(2026, 5, 1), "reported")

    assert {brief_id: brief.brand for brief_id, brief in held.briefs.items()} == {"oat": "Oat"}
    assert list(held.versions) == ["briefs/oat"]
    assert brands(home, date(2026, 4, 30), "reported") == {}
    assert brands(home, date(2026, 4, 30), "latest") == {"oat": "Oat"}


def test_a_brief_without_a_day_holds_from_the_last_whole_day_of_the_deployments_zone(home):
    late = datetime(2026, 5, 10, 22, 30, tzinfo=UTC)
    keep(home, written(at=late), at=late)
    assert brands(home, date(2026, 5, 9), "reported") == {}
    assert brands(home, date(2026, 5, 10), "reported") == {"oat": "Havre & Co"}


def test_the_night_that_takes_a_changed_brief_already_uses_it(home):
    keep(home, written(brand="first"))
    for night in (NOW + timedelta(days=1), NOW + timedelta(days=2)):
        assert keep(home, written(brand="second", at=night), at=night) == []
        assert brands(home, night.date() - timedelta(days=1), "loaded", night) == {"oat": "second"}
    assert len(reference.versions(home, "briefs/oat")) == 2


def test_an_unusable_brief_is_told_and_the_version_before_it_stays(home):
    keep(home, written(brand="Right"))

    told = keep(home, written("oat", "Wrong", "budgett = 3", gender="women"))

    assert told == [
        "briefs/oat.toml: budgett: is no field of a brief, found 3; did you mean budget?",
        "briefs/oat.toml: audience.genders: must be one of female, male, other, "
        'found "women"; write female',
        "briefs/oat.toml: not taken; the version before it stays in force",
    ]
    assert brands(home) == {"oat": "Right"}
    (kept,) = reference.versions(home, "unusable/briefs/oat")
    assert b"Wrong" in kept.content()
    assert keep(home, written("new", gender="?"))[-1].endswith("not taken; no version is in force")


def test_a_tier_is_one_of_the_scale_in_use(home):
    (problem, _) = keep(home, written("oat", "Oat", 'tiers = ["nano"]'))
    assert 'found "nano"; did you mean' in problem or "write one of micro" in problem
    assert keep(home, written("oat", "Oat", 'tiers = ["nano"]'), scale="us_common") == []


def test_a_later_version_takes_the_place_of_all_from_its_day_on(home):
    keep(home, written(brand="first"))
    later = NOW + timedelta(days=1)
    keep(home, written("oat", "second", "valid_from = 2026-05-01", at=later), at=later)

    assert brands(home) == {"oat": "second"}
    assert brands(home, knowledge="loaded", cutoff=NOW) == {"oat": "first"}
    assert brands(home, knowledge="loaded", cutoff=later) == {"oat": "second"}


def test_a_brief_gone_from_the_inbox_stays_in_force_until_its_last_day(home):
    keep(home, written("oat", "Oat", "valid_until = 2026-05-09"), written("rye", "Rye"))
    assert keep(home) == []
    assert brands(home, YESTERDAY) == {"oat": "Oat", "rye": "Rye"}
    assert brands(home, TODAY) == {"rye": "Rye"}


def test_two_files_with_one_id_are_both_named_and_the_one_named_like_it_holds(home):
    files = [written(name, name, 'id = "oat"') for name in ("a", "oat", "z")]

    told = keep(home, *files)

    assert told == [
        "briefs/a.toml and briefs/oat.toml and briefs/z.toml: id: must be another in each file, "
        "found 'oat' in 3; briefs/oat.toml is in force, give the others an id of their own or "
        "take them out"
    ]
    assert brands(home) == {"oat": "oat"}
    assert keep(home, *reversed(files)) == told


def test_a_file_that_was_renamed_goes_on_with_its_brief(home):
    keep(home, written("oat", "old", 'id = "oat"'))
    later = NOW + timedelta(days=1)

    told = keep(home, written("oat-2", "new", 'id = "oat"', at=later), at=later)

    assert told == []
    assert brands(home, later.date()) == {"oat": "new"}


def test_a_renamed_file_changes_no_day_on_which_only_the_one_before_it_held(home):
    keep(home, written("oat", "old", 'id = "oat"', "valid_from = 2026-05-01"))
    later = NOW + timedelta(days=1)
    keep(home, written("oat-2", "new", 'id = "oat"', at=later), at=later)

    assert brands(home, later.date()) == {"oat": "new"}
    assert brands(home, date(2026, 5, 5)) == {"oat": "old"}


def test_a_kept_brief_that_can_no_longer_be_read_is_told_and_does_not_count(home):
    keep(home, written("oat", "Oat"))
    reference.record(home, "briefs/rye", b"brand = 1", "briefs/rye.toml", NOW)

    told = keep(home, written("oat", "Oat"))

    assert brands(home) == {"oat": "Oat"}
    assert told
    assert all(one.startswith("briefs/rye.toml: ") for one in told)
    assert all(one.endswith("it is not in force: put it right in the inbox") for one in told)


def test_a_brief_changes_the_fingerprint_but_not_for_marts_that_read_none(home):
    before = known(home, TODAY, "latest")
    keep(home, written())
    after = known(home, TODAY, "latest")
    assert after.fingerprint != before.fingerprint
    assert after.without_briefs().fingerprint == before.without_briefs().fingerprint
    assert after.without_briefs().briefs == {}


def test_the_published_tables_hold_what_is_in_force(home):
    keep(home, written("oat", "Oat"), written("rye", "Rye", "valid_until = 2026-05-01"))
    frames = published(home, TODAY)
    assert frames["brief"]["brief_id"].to_list() == ["oat"]
    assert frames["brief_target"].rows() == [("oat", "gender", "female", 1.0)]


def test_three_hundred_briefs_are_known_fast_once_read(home):
    words = ", ".join(f'"emne {n}"' for n in range(30))
    lines = (f"content = {{ topics = [{words}] }}", "valid_from = 2026-05-01")
    keep(home, *(written(f"brief-{n:03d}", "X", *lines) for n in range(300)))
    briefs._read_once.cache_clear()
    assert len(known(home, TODAY, "latest").briefs) == 300

    began = perf_counter()
    known(home, TODAY, "latest")
    seconds = perf_counter() - began
    assert seconds < 1.5
