"""The flows on a real Prefect server: runs, names, artifacts."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.flows.conftest import DAY

pytestmark = pytest.mark.usefixtures("prefect")


async def _artifact(key: str):
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey

    async with get_client() as client:
        return await client.read_artifacts(
            artifact_filter=ArtifactFilter(key=ArtifactFilterKey(any_=[key]))
        )


def _newest(key: str) -> str:
    """Give the page of the last run; other tests leave some of the same key."""
    import asyncio

    found = asyncio.run(_artifact(key))
    return str(max(found, key=lambda artifact: artifact.created).data)


async def _runs() -> dict[str, list[str]]:
    from prefect.client.orchestration import get_client

    async with get_client() as client:
        flows = await client.read_flow_runs()
        tasks = await client.read_task_runs()
    return {"flows": [run.name for run in flows], "tasks": [run.name for run in tasks]}


def test_a_nightly_run_is_named_for_its_day_and_leaves_its_pages(settings):
    import asyncio

    from flows.nightly import nightly

    report = nightly(as_of=DAY, home=settings.home, inbox=settings.inbox)

    runs = asyncio.run(_runs())
    assert f"night of {DAY}" in runs["flows"]
    assert {"collect", "read batch 1", "core", f"mart tier {DAY}", "publish"} <= set(runs["tasks"])
    assert "| records quarantined | 1 |" in _newest("night")
    assert report.files["loaded"] == 1
    assert "| instagram/anna.bager/invoice.csv | unrecognised |" in _newest("data-quality")
    assert "| anna.bager, instagram | Anna Bager (anna) |" in _newest("freshness")


def test_a_night_of_a_day_to_come_is_refused_before_any_work(settings):
    from flows.nightly import nightly

    to_come = datetime.now(UTC).date() + timedelta(days=2)
    state = nightly(as_of=to_come, home=settings.home, inbox=settings.inbox, return_state=True)

    assert (state.name, state.is_failed()) == ("Refused", True)
    assert f"Day (as_of): {to_come} has not passed" in state.message
    assert not settings.home.exists()


def test_a_backfill_with_wrong_days_fails_at_once_and_names_the_field(settings):
    from flows.backfill import backfill
    from flows.runs.request import RequestError

    asked = {"start": DAY, "end": DAY - timedelta(days=1)}
    state = backfill(asked, home=settings.home, return_state=True)

    said = "Last day (end): 2026-03-30 lies before the first day, 2026-03-31"
    assert state.is_failed()
    assert state.message.startswith(f"Nothing was done. {said}")
    assert not settings.home.exists()
    with pytest.raises(RequestError, match=re.escape(said)):
        backfill(asked, home=settings.home)


def test_a_backfill_leaves_its_own_summary(settings):
    import asyncio

    from flows.backfill import backfill
    from flows.marts import MARTS
    from flows.runs.night import run_night
    from flows.runs.request import BackfillRequest

    run_night(settings, DAY)
    before = DAY - timedelta(days=1)
    request = BackfillRequest(start=before, end=before, reason="the roster was wrong")
    report = backfill(request, home=settings.home)

    assert [mart.as_of for mart in report.marts] == [before] * len(MARTS)
    (summary,) = asyncio.run(_artifact("backfill"))
    assert "| Reason | the roster was wrong |" in str(summary.data)
    (progress,) = asyncio.run(_artifact("backfill-progress"))
    assert (progress.data, progress.description) == (100.0, f"1 of 1 days, up to {before}")


@pytest.mark.parametrize(
    ("scheduled", "day"),
    [
        (datetime(2026, 3, 29, 2, 15, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 10, 25, 3, 15, tzinfo=UTC), date(2026, 10, 24)),
        (datetime(2026, 7, 1, 2, 15, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 6, 30, 22, 30, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 6, 30, 21, 30, tzinfo=UTC), date(2026, 6, 29)),
    ],
)
def test_the_day_is_the_local_day_before_the_scheduled_moment(settings, scheduled, day):
    assert settings.last_whole_day(scheduled) == day
