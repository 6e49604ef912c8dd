"""A night on plain functions: what it leaves behind, and that it leaves nothing undone."""

import shutil
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest

from flows.runs.night import run_night
from flows.settings import Settings
from tests.flows.conftest import DAY, content_export
from tests.flows.published import ask, tables
from warehouse.home import Home, StoreError

MARTS = ("tier", "tier_creator", "engagement_trend", "engagement_trend_creator")


def test_a_night_loads_what_is_good_and_keeps_what_is_not(settings):
    report = run_night(settings, DAY)

    assert report.files == {"loaded": 1, "unrecognised": 1}
    assert report.rows == {"rows_in": 9, "loaded": 8, "quarantined": 1, "not_data": 0}
    assert ask(settings, "select count(*) as n from history.post_lifetime") == [{"n": 8}]
    (row,) = ask(settings, "select distinct row_number, path from ops.quarantine")
    assert row["row_number"] == 10
    assert "Mar-01-2026" in str(row["path"])
    (file,) = ask(settings, "select reason from ops.file where status = 'unrecognised'")
    assert file["reason"]


def test_the_marts_have_the_tracked_account_and_its_creator(first_night):
    assert ask(
        first_night, "select creator_id, followers, followers_method, tier from mart.tier_latest"
    ) == [{"creator_id": "anna", "followers": 21500, "followers_method": "roster", "tier": "macro"}]
    (trend,) = ask(
        first_night,
        'select "class", n_points from mart.engagement_trend_latest '
        "where measure = 'views' and series = 'post' and window_days = 90",
    )
    assert trend["n_points"] == 8


def test_a_second_night_changes_no_table_and_says_so(night):
    before = Home(night.home).warehouse.read_bytes()

    report = run_night(night, DAY)

    assert report.is_unchanged
    assert not report.files
    assert not any(mart.is_built for mart in report.marts)
    assert Home(night.home).warehouse.read_bytes() == before


def test_order_of_arrival_and_names_change_no_core_or_mart_row(settings, tmp_path):
    inbox = Path(settings.inbox)
    second = content_export([("18000000000000001", "03/01/2026 10:23", "5000")])
    later = "Apr-01-2026_Apr-20-2026_1000000000000002.csv"
    other = tmp_path / "other"
    folder = other / "instagram" / "anna.bager"
    folder.mkdir(parents=True)
    shutil.copy2(inbox / "roster.csv", other)

    run_night(settings, DAY)
    (inbox / "instagram" / "anna.bager" / later).write_text(second)
    run_night(settings, DAY)

    reverse = Settings(home=tmp_path / "reverse", inbox=str(other), settle_seconds=0)
    (folder / later).write_text(second)
    run_night(reverse, DAY)
    (first,) = (inbox / "instagram" / "anna.bager").glob("Mar-*.csv")
    shutil.copy2(first, folder / f"Mar-01-2026_Mar-30-2026_{7 * 10**15}.csv")
    run_night(reverse, DAY)

    assert tables(settings, "'core', 'mart'") == tables(reverse, "'core', 'mart'")


def test_a_night_beside_another_writer_is_refused_and_touches_nothing(settings):
    with Home(settings.home).lock(), pytest.raises(StoreError, match="being written"):
        run_night(settings, DAY)


def test_a_warehouse_somebody_wrote_into_is_built_anew(night):
    given = tables(night)
    warehouse = Home(night.home).warehouse
    warehouse.chmod(0o644)
    with warehouse.open("ab") as file:
        file.write(b"scribble")

    report = run_night(night, DAY)

    assert report.published.how.startswith("rebuilt")
    assert tables(night) == given


def test_an_edited_scale_of_tiers_holds_from_the_next_night(night):
    reference = night.home / "reference"
    reference.mkdir()
    (reference / "tiers.toml").write_text(
        '[danish]\ntiers = ["small", "large"]\nfollowers_up_to = [5000]\n'
        'source = "ours"\nread_on = 2026-01-01\n'
    )

    run_night(night, DAY)

    assert ask(night, "select tier from mart.tier_latest") == [{"tier": "large"}]
    assert pl.Series([row["tier"] for row in ask(night, "from ref.tier")]).is_in(["small"]).any()


def test_a_broken_edited_scale_is_named_and_the_old_one_stays(settings):
    reference = settings.home / "reference"
    reference.mkdir(parents=True)
    (reference / "tiers.toml").write_text('[danish]\ntiers = ["small"\n')

    report = run_night(settings, DAY)

    assert any("tiers.toml" in problem for problem in report.collected.reference_problems)
    assert ask(settings, "select tier from mart.tier_latest") == [{"tier": "macro"}]


def test_a_broken_roster_row_is_named_and_the_others_hold(settings):
    roster = Path(settings.inbox) / "roster.csv"
    roster.write_text(roster.read_text() + "myspace,tom,tom,Tom,1,2026-01-01\n")

    report = run_night(settings, DAY)

    (problem,) = report.collected.reference_problems
    assert "row 3" in problem
    assert "myspace" in problem
    assert ask(settings, "select creator_id from mart.tier_latest") == [{"creator_id": "anna"}]


def test_a_move_between_tiers_is_told_in_the_summary_of_its_night(night):
    roster = Path(night.inbox) / "roster.csv"
    roster.write_text(roster.read_text() + "instagram,anna.bager,anna,Anna,15000,2026-04-01\n")

    report = run_night(night, DAY + timedelta(days=1))

    (change,) = report.tier_changes
    assert "macro to micro since 2026-04-01" in change
