"""A night on plain functions: what it leaves behind, and that it leaves nothing undone."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from flows.night import run_backfill, run_night
from flows.settings import Settings
from tests.flows.conftest import DAY, content_export
from warehouse.home import Home, StoreError
from warehouse.query import query

MARTS = ("tier", "tier_creator", "engagement_trend", "engagement_trend_creator")


def ask(settings: Settings, sql: str) -> list[dict[str, object]]:
    return query(Home(settings.home).warehouse, sql).to_dicts()


def tables(
    settings: Settings, layers: str = "'core', 'mart', 'history', 'ref'"
) -> dict[str, object]:
    names = ask(
        settings,
        "select table_schema || '.' || table_name as name from information_schema.tables "
        f"where table_schema in ({layers}) and table_type = 'BASE TABLE' order by 1",
    )
    return {
        str(row["name"]): sorted(map(str, ask(settings, f"from {row['name']}"))) for row in names
    }


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


def test_the_marts_have_the_tracked_account_and_its_creator(settings):
    run_night(settings, DAY)

    assert ask(
        settings, "select creator_id, followers, followers_method, tier from mart.tier_latest"
    ) == [{"creator_id": "anna", "followers": 21500, "followers_method": "roster", "tier": "macro"}]
    (trend,) = ask(
        settings,
        'select "class", n_points from mart.engagement_trend_latest '
        "where measure = 'views' and series = 'post' and window_days = 90",
    )
    assert trend["n_points"] == 8


def test_a_second_night_changes_no_table_and_says_so(settings):
    run_night(settings, DAY)
    before = Home(settings.home).warehouse.read_bytes()

    report = run_night(settings, DAY)

    assert report.is_unchanged
    assert not report.files
    assert not any(mart.is_built for mart in report.marts)
    assert Home(settings.home).warehouse.read_bytes() == before


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


def test_loaded_at_the_cutoff_of_a_night_gives_what_that_night_gave(settings):
    run_night(settings, DAY)
    given = tables(settings, "'mart'")
    (build,) = ask(settings, "select max(cutoff) as cutoff from ops.build")
    extra = content_export([("18000000000000077", "03/10/2026 10:23", "99000")])
    folder = Path(settings.inbox) / "instagram" / "anna.bager"
    (folder / "Mar-01-2026_Mar-31-2026_1000000000000003.csv").write_text(extra)
    run_night(settings, DAY)
    assert tables(settings, "'mart'") != given

    cutoff = build["cutoff"]
    assert isinstance(cutoff, datetime)
    run_backfill(settings, DAY, DAY, knowledge="loaded", cutoff=cutoff.replace(tzinfo=UTC))

    assert tables(settings, "'mart'") == given


def test_late_data_makes_a_partition_stale_and_a_stale_backfill_rebuilds_it(settings):
    run_night(settings, DAY)
    extra = content_export([("18000000000000050", "03/20/2026 10:23", "4000")])
    folder = Path(settings.inbox) / "instagram" / "anna.bager"
    (folder / "Mar-20-2026_Mar-31-2026_1000000000000004.csv").write_text(extra)
    run_night(settings, DAY + timedelta(days=1))
    stale = "select distinct as_of from ops.stale_partition"
    assert ask(settings, stale) == [{"as_of": DAY}]

    report = run_backfill(settings, only_stale=True)

    assert report.days == (DAY,)
    assert ask(settings, stale) == []


def test_a_backfill_builds_every_day_of_an_inclusive_range(settings):
    run_night(settings, DAY)
    start = DAY - timedelta(days=3)

    run_backfill(settings, start, DAY - timedelta(days=1))

    days = ask(settings, "select distinct as_of from mart.tier order by 1")
    assert [row["as_of"] for row in days] == [start + timedelta(days=n) for n in range(4)]


def test_reported_knows_nothing_that_was_observed_later(settings):
    run_night(settings, DAY)

    run_backfill(settings, date(2026, 3, 10), date(2026, 3, 10), knowledge="reported")

    assert ask(settings, "select * from mart.tier where as_of = '2026-03-10'") == []
    run_backfill(settings, date(2026, 3, 10), date(2026, 3, 10), knowledge="latest")
    (row,) = ask(settings, "select followers_method from mart.tier where as_of = '2026-03-10'")
    assert row["followers_method"] == "roster"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"start": DAY}, "start and end"),
        ({"start": DAY, "end": DAY - timedelta(days=1)}, "end: 2026-03-30 lies before"),
        ({"start": DAY, "end": DAY, "knowledge": "loaded"}, "cutoff"),
    ],
)
def test_a_backfill_says_which_field_is_wrong_before_it_works(settings, arguments, message):
    with pytest.raises(ValueError, match=message):
        run_backfill(settings, **arguments)
    assert not settings.home.exists()


def test_a_night_beside_another_writer_is_refused_and_touches_nothing(settings):
    with Home(settings.home).lock(), pytest.raises(StoreError, match="being written"):
        run_night(settings, DAY)


def test_a_warehouse_somebody_wrote_into_is_built_anew(settings):
    run_night(settings, DAY)
    given = tables(settings)
    warehouse = Home(settings.home).warehouse
    warehouse.chmod(0o644)
    with warehouse.open("ab") as file:
        file.write(b"scribble")

    report = run_night(settings, DAY)

    assert report.published.how.startswith("rebuilt")
    assert tables(settings) == given


def test_an_edited_scale_of_tiers_holds_from_the_next_night(settings):
    run_night(settings, DAY)
    reference = settings.home / "reference"
    reference.mkdir()
    (reference / "tiers.toml").write_text(
        '[danish]\ntiers = ["small", "large"]\nfollowers_up_to = [5000]\n'
        'source = "ours"\nread_on = 2026-01-01\n'
    )

    run_night(settings, DAY)

    assert ask(settings, "select tier from mart.tier_latest") == [{"tier": "large"}]
    assert pl.Series([row["tier"] for row in ask(settings, "from ref.tier")]).is_in(["small"]).any()


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


def test_a_move_between_tiers_is_told_in_the_summary_of_its_night(settings):
    run_night(settings, DAY)
    roster = Path(settings.inbox) / "roster.csv"
    roster.write_text(roster.read_text() + "instagram,anna.bager,anna,Anna,15000,2026-04-01\n")

    report = run_night(settings, DAY + timedelta(days=1))

    (change,) = report.tier_changes
    assert "macro to micro since 2026-04-01" in change


def test_month_ends_and_backfills_outlive_retention(settings):
    keep_two = settings.model_copy(update={"daily_partitions": 2})
    run_night(keep_two, date(2026, 3, 10))
    run_backfill(keep_two, date(2026, 3, 5), date(2026, 3, 5))
    for day in (DAY, date(2026, 4, 1), date(2026, 4, 2), date(2026, 4, 4)):
        run_night(keep_two, day)

    days = [
        row["as_of"] for row in ask(settings, "select distinct as_of from mart.tier order by 1")
    ]

    assert days == [date(2026, 3, 5), DAY, date(2026, 4, 2), date(2026, 4, 4)]
