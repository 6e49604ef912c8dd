"""A backfill on plain functions: what past days know, and which of them are built again."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from flows.runs.backfill import DRY_RUN, run_backfill
from flows.runs.night import run_night
from flows.runs.request import BackfillRequest
from flows.settings import Settings
from tests.flows.conftest import DAY, content_export
from tests.flows.published import ask, tables
from warehouse.home import Home

MARTS = ("tier", "tier_creator", "engagement_trend", "engagement_trend_creator")


def backfill(settings: Settings, start: date | None = None, end: date | None = None, **asked):
    return run_backfill(settings, BackfillRequest(start=start, end=end, **asked))


def test_loaded_at_the_cutoff_of_a_night_gives_what_that_night_gave(night):
    given = tables(night, "'mart'")
    (build,) = ask(night, "select max(cutoff) as cutoff from ops.build")
    extra = content_export([("18000000000000077", "03/10/2026 10:23", "99000")])
    folder = Path(night.inbox) / "instagram" / "anna.bager"
    (folder / "Mar-01-2026_Mar-31-2026_1000000000000003.csv").write_text(extra)
    run_night(night, DAY)
    assert tables(night, "'mart'") != given

    cutoff = build["cutoff"]
    assert isinstance(cutoff, datetime)
    backfill(night, DAY, DAY, knowledge="loaded", cutoff=cutoff.replace(tzinfo=UTC))

    assert tables(night, "'mart'") == given


def test_late_data_makes_a_partition_stale_and_a_stale_backfill_rebuilds_it(night):
    extra = content_export([("18000000000000050", "03/20/2026 10:23", "4000")])
    folder = Path(night.inbox) / "instagram" / "anna.bager"
    (folder / "Mar-20-2026_Mar-31-2026_1000000000000004.csv").write_text(extra)
    run_night(night, DAY + timedelta(days=1))
    stale = "select distinct as_of from ops.stale_partition"
    assert ask(night, stale) == [{"as_of": DAY}]

    report = backfill(night, only_stale=True)

    assert report.days == (DAY,)
    assert ask(night, stale) == []


def test_a_backfill_builds_every_day_of_an_inclusive_range(night):
    start = DAY - timedelta(days=3)

    backfill(night, start, DAY - timedelta(days=1))

    days = ask(night, "select distinct as_of from mart.tier order by 1")
    assert [row["as_of"] for row in days] == [start + timedelta(days=n) for n in range(4)]


def test_reported_knows_nothing_that_was_observed_later(night):
    backfill(night, date(2026, 3, 10), date(2026, 3, 10), knowledge="reported")

    assert ask(night, "select * from mart.tier where as_of = '2026-03-10'") == []
    backfill(night, date(2026, 3, 10), date(2026, 3, 10), knowledge="latest")
    (row,) = ask(night, "select followers_method from mart.tier where as_of = '2026-03-10'")
    assert row["followers_method"] == "roster"


def test_month_ends_and_backfills_outlive_retention(settings):
    keep_two = settings.model_copy(update={"daily_partitions": 2})
    run_night(keep_two, date(2026, 3, 10))
    backfill(keep_two, date(2026, 3, 5), date(2026, 3, 5))
    for day in (DAY, date(2026, 4, 1), date(2026, 4, 2), date(2026, 4, 4)):
        run_night(keep_two, day)

    days = [
        row["as_of"] for row in ask(settings, "select distinct as_of from mart.tier order by 1")
    ]

    assert days == [date(2026, 3, 5), DAY, date(2026, 4, 2), date(2026, 4, 4)]


def bring(settings: Settings, handle: str, name: str, rows: list[tuple[str, str, str]]) -> None:
    folder = Path(settings.inbox) / "instagram" / handle
    folder.mkdir(parents=True, exist_ok=True)
    text = content_export(rows).replace("anna.bager", handle).replace("17841400000000001", handle)
    (folder / name).write_text(text)


def everything_in(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".lock"  # which tells who wrote last
    }


def test_a_dry_run_tells_what_the_real_run_then_does_and_keeps_nothing(night):
    rows = [("18000000000000050", "03/20/2026 10:23", "400000")]
    bring(night, "anna.bager", "Mar-20-2026_Mar-31-2026_1000000000000004.csv", rows)
    run_night(night, DAY + timedelta(days=1))
    before = everything_in(night.home)
    request = {"start": DAY - timedelta(days=1), "end": DAY, "reason": "a late export"}

    dry = backfill(night, **request, dry_run=True)

    assert everything_in(night.home) == before
    assert dry.published.how == DRY_RUN
    real = backfill(night, **request)
    assert [one.difference for one in dry.marts] == [one.difference for one in real.marts]
    assert dry.deliveries == real.deliveries
    assert len(real.deliveries) == 2
    changed = {(one.table, one.as_of) for one in real.marts if not one.difference.is_none}
    assert ("engagement_trend", DAY) in changed
    reasons = ask(night, f"select distinct reason from ops.build where as_of = '{DAY}'")
    assert reasons == [{"reason": "a late export"}]


def test_a_backfill_of_a_creator_builds_the_days_that_reach_them(night):
    bring(night, "bo", "Mar-25-2026_Mar-31-2026_17.csv", [("19", "03/28/2026 10:23", "700")])
    run_night(night, DAY)

    report = backfill(night, DAY - timedelta(days=6), DAY - timedelta(days=1), creators=["@Bo"])

    assert report.days == tuple(date(2026, 3, day) for day in (28, 29, 30))
    added = [one.difference for one in report.marts if one.table == "tier"]
    assert [one.added - one.of_others for one in added] == [1, 1, 1]


def test_a_delivery_is_not_new_again_because_retention_took_a_mart_of_the_day(night):
    bring(night, "bo", "Mar-25-2026_Mar-31-2026_17.csv", [("19", "03/28/2026 10:23", "700")])
    run_night(night, DAY + timedelta(days=1))
    assert not (Home(night.home).marts / "fit_component" / f"as_of={DAY}").exists()

    report = backfill(night, DAY, DAY, dry_run=True)
    assert len(report.deliveries) == 1


def test_stale_days_of_a_creator_are_those_their_own_deliveries_made_stale(night):
    bring(night, "bo", "Mar-25-2026_Mar-31-2026_17.csv", [("19", "03/28/2026 10:23", "700")])
    run_night(night, DAY + timedelta(days=1))

    assert backfill(night, only_stale=True, creators=["anna.bager"]).days == ()
    assert backfill(night, only_stale=True, creators=["bo"]).days == (DAY,)
    assert backfill(night, only_stale=True).days == ()


def test_a_creator_nobody_knows_is_an_error_before_any_day_is_built(night):
    before = everything_in(night.home)
    with pytest.raises(
        ValueError, match=r"Creators \(creators\): no account is known of 'anna\.bagger'"
    ):
        backfill(night, DAY, DAY, creators=["anna.bagger"])
    assert everything_in(night.home) == before


def test_a_day_that_has_not_passed_is_an_error_that_names_its_field(settings):
    with pytest.raises(ValueError, match=r"Last day \(end\): 2999-01-01 has not passed"):
        backfill(settings, DAY, date(2999, 1, 1))


def test_progress_is_told_before_the_first_day_and_after_each(night):
    heard = []
    run_backfill(
        night,
        BackfillRequest(start=DAY - timedelta(days=1), end=DAY),
        told=lambda days, last: heard.append((len(days), last)),
    )
    assert heard == [(2, None), (2, DAY - timedelta(days=1)), (2, DAY)]
