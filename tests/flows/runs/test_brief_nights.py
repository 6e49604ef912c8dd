"""Briefs over several nights: what mart.fit, its newest view and the summary make of a change."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from flows.runs.backfill import run_backfill
from flows.runs.night import run_night
from flows.runs.request import BackfillRequest
from tests.flows.conftest import DAY
from tests.flows.published import ask, tables
from warehouse.home import Home
from warehouse.published.query import QueryError, fit_rows

NEXT = DAY + timedelta(days=1)
STALE = 'select distinct "table", as_of from ops.stale_partition order by all'


@pytest.fixture
def lay(settings):
    """Lay a brief into the inbox; null takes it out."""
    folder = Path(settings.inbox) / "briefs"
    folder.mkdir()

    def write(name: str, *lines: str, gender: str | None = "female") -> None:
        path = folder / f"{name}.toml"
        if gender is None:
            path.unlink()
        else:
            audience = ["[audience]", f'genders = ["{gender}"]', ""]
            path.write_text("\n".join(['brand = "X"', *lines, *audience]))

    return write


def briefs_of(settings, table="mart.fit", day=None) -> list[str]:
    where = f"where as_of = '{day}'" if day else ""
    rows = ask(settings, f"select distinct brief_id from {table} {where} order by 1")
    return [row["brief_id"] for row in rows]


def used(settings, table, day) -> list[str]:
    (row,) = ask(
        settings,
        f"select reference_versions as used from ops.build where \"table\" = '{table}' "
        f"and as_of = '{day}'",
    )
    return sorted(kind for kind in json.loads(row["used"]) if kind.startswith("briefs/"))


def test_a_brief_is_scored_from_the_night_that_finds_it_and_only_fit_depends_on_it(settings, lay):
    run_night(settings, DAY)
    assert briefs_of(settings) == []
    lay("oat")

    report = run_night(settings, DAY)

    assert [one.table for one in report.marts if one.is_built] == ["fit", "fit_component"]
    assert briefs_of(settings) == briefs_of(settings, "ref.brief") == ["oat"]
    assert used(settings, "fit", DAY) == ["briefs/oat"]
    assert used(settings, "tier", DAY) == []
    (told,) = report.fit_changes
    assert told == "oat: nobody is ranked, of 1 creator"


def test_a_broken_brief_leaves_the_version_before_it_in_force(settings, lay):
    lay("oat")
    run_night(settings, DAY)
    given = tables(settings, "'mart', 'ref'")
    lay("oat", gender="women")

    report = run_night(settings, DAY)

    assert "stays in force" in report.collected.reference_problems[-1]
    assert tables(settings, "'mart', 'ref'") == given


def test_a_brief_that_changed_is_another_version_of_the_same(settings, lay):
    lay("oat")
    run_night(settings, DAY)
    (before,) = ask(settings, "select version_sha256 as sha from ref.brief")
    lay("oat", "valid_from = 2026-01-01", gender="male")
    report = run_night(settings, NEXT)
    (after,) = ask(settings, "select version_sha256 as sha from ref.brief")

    assert before != after
    assert ask(settings, "select segment from ref.brief_target") == [{"segment": "male"}]
    assert briefs_of(settings, "mart.fit_latest") == ["oat"]
    assert [one for one in report.fit_changes if "first list" in one] == []
    assert ask(settings, STALE) == [{"table": "fit", "as_of": DAY}]


def test_a_brief_whose_last_day_is_past_is_scored_no_more_and_named_by_nobody(settings, lay):
    lay("oat", f"valid_until = {DAY}")
    lay("rye")
    run_night(settings, DAY)

    report = run_night(settings, NEXT)

    assert briefs_of(settings, "mart.fit_latest") == briefs_of(settings, "ref.brief") == ["rye"]
    assert briefs_of(settings) == ["oat", "rye"]
    assert report.fit_changes == (
        "oat: scored no more: not in force, or nobody has an account on its platforms",
    )
    with pytest.raises(QueryError, match="no brief 'oat' is in force; those that are: rye"):
        fit_rows(Home(settings.home).warehouse, "oat")


def test_a_renamed_file_goes_on_with_its_brief_and_makes_no_past_day_stale(settings, lay):
    lay("oat", 'id = "oat"')
    run_night(settings, DAY)
    lay("oat", gender=None)
    lay("havre", 'id = "oat"')

    run_night(settings, NEXT)

    assert briefs_of(settings) == ["oat"]
    assert [one for one in ask(settings, STALE) if one["as_of"] < DAY] == []


def test_two_files_with_one_id_are_told_and_counted_once(settings, lay):
    lay("oat")
    lay("oat-copy", 'id = "oat"')

    report = run_night(settings, DAY)

    (problem,) = report.collected.reference_problems
    assert "briefs/oat.toml is in force" in problem
    assert used(settings, "fit", DAY) == ["briefs/oat"]
    assert ask(settings, "select count(*) as n from mart.fit") == [{"n": 1}]


def test_a_brief_that_held_before_it_arrived_makes_those_days_of_fit_stale(settings, lay):
    days = [DAY - timedelta(days=n) for n in range(3, -1, -1)]
    for day in days:
        run_night(settings, day)
    lay("oat", f"valid_from = {days[2]}")

    run_night(settings, DAY)
    assert ask(settings, STALE) == [{"table": "fit", "as_of": days[2]}]
    run_backfill(settings, BackfillRequest(only_stale=True))

    assert ask(settings, STALE) == []
    assert briefs_of(settings, day=days[2]) == ["oat"]
    assert briefs_of(settings, day=days[1]) == []


def test_evidence_is_kept_of_the_newest_day_and_of_days_asked_for(settings, lay):
    lay("oat")
    run_night(settings, DAY)
    run_night(settings, NEXT)
    evidence = "select distinct as_of from mart.fit_component order by 1"
    assert ask(settings, evidence) == [{"as_of": NEXT}]
    run_backfill(settings, BackfillRequest(start=DAY, end=DAY))
    run_night(settings, NEXT + timedelta(days=1))

    assert ask(settings, evidence) == [{"as_of": DAY}, {"as_of": NEXT + timedelta(days=1)}]
    assert len(ask(settings, "select distinct as_of from mart.fit")) == 3


def test_past_days_know_a_brief_as_the_backfill_may(settings, lay):
    lay("oat", f"valid_from = {DAY}")
    run_night(settings, DAY)
    given = tables(settings, "'mart'")
    (build,) = ask(settings, "select max(cutoff) as cutoff from ops.build")
    lay("rye", "valid_from = 2026-01-01")
    run_night(settings, DAY)
    before = date(2026, 3, 30)

    run_backfill(settings, BackfillRequest(start=before, end=before, knowledge="reported"))
    assert briefs_of(settings, day=before) == ["rye"]
    run_backfill(settings, BackfillRequest(start=before, end=before, knowledge="latest"))
    assert briefs_of(settings, day=before) == ["oat", "rye"]
    cutoff = build["cutoff"]
    assert isinstance(cutoff, datetime)
    cutoff = cutoff.replace(tzinfo=UTC)
    run_backfill(
        settings, BackfillRequest(start=before, end=before, knowledge="loaded", cutoff=cutoff)
    )
    assert briefs_of(settings, day=before) == ["oat"]
    run_backfill(settings, BackfillRequest(start=DAY, end=DAY, knowledge="loaded", cutoff=cutoff))
    now = tables(settings, "'mart'")
    assert [row for row in now["mart.fit"] if str(DAY) in row or repr(DAY) in row] == given[
        "mart.fit"
    ]


def test_what_was_rebuilt_for_being_stale_expires_as_before(settings, lay):
    run_night(settings, DAY)
    run_night(settings, NEXT)
    lay("oat", "valid_from = 2026-01-01")
    run_night(settings, NEXT)

    run_backfill(settings, BackfillRequest(only_stale=True))
    run_night(settings, NEXT + timedelta(days=1))

    assert briefs_of(settings, day=DAY) == ["oat"]
    assert ask(settings, "from ops.build where is_backfill") == []
    assert ask(settings, "select distinct as_of from mart.fit_component") == [
        {"as_of": NEXT + timedelta(days=1)}
    ]
