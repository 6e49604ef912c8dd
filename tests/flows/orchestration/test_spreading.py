"""Where the batches of a night are read changes no table."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.runs.night import run_night
from flows.runs.steps import one_by_one
from flows.steps import reading
from flows.steps.collecting import collect
from tests.flows.conftest import DAY, content_export
from tests.flows.published import PROVENANCE, ask, tables


@pytest.fixture
def settings(settings, monkeypatch):
    """Give an inbox of three deliveries, of which each makes a batch where there are processes."""
    monkeypatch.setattr(reading, "_LEAST_FILES", 1)
    for handle in ("bo", "carla"):
        folder = Path(settings.inbox) / "instagram" / handle
        folder.mkdir()
        text = content_export(
            [(f"{handle}-{n}", "03/20/2026 10:23", f"{n}00") for n in range(1, 4)]
        )
        text = text.replace("anna.bager", handle).replace("17841400000000001", handle)
        (folder / "Mar-01-2026_Mar-30-2026_3.csv").write_text(text)
    return settings


@pytest.mark.parametrize("task_runner", ["processes", "dask"])
def test_batches_read_beside_each_other_give_the_same_tables(settings, prefect, task_runner):
    from flows.nightly import nightly

    apart = settings.model_copy(update={"home": settings.home.parent / "apart"})
    (apart.home).mkdir()
    (apart.home / "settings.toml").write_text(
        f'task_runner = "{task_runner}"\nread_processes = 2\nsettle_seconds = 0\n'
    )
    run_night(settings, DAY)
    report = nightly(as_of=DAY, home=apart.home, inbox=apart.inbox)

    assert len(report.readings) >= 2
    assert ask(apart, "select count(*) as loads from ops.load") == [{"loads": len(report.readings)}]
    layers = "'core', 'mart', 'history', 'ref'"
    assert tables(apart, layers, PROVENANCE) == tables(settings, layers, PROVENANCE)


def test_on_threads_one_batch_takes_all_that_fit(settings):
    collect(settings, datetime(2026, 4, 1, tzinfo=UTC))
    (batch,) = reading.plan_reading(settings)
    assert len(batch) == 3
    apart = settings.model_copy(update={"task_runner": "processes", "read_processes": 2})
    spread = reading.plan_reading(apart)
    assert len(spread) >= 2
    assert sorted(one for part in spread for one in part) == sorted(batch)


def test_results_stand_in_the_order_of_the_calls():
    assert one_by_one()(divmod, [("a", (7, 2)), ("b", (9, 4))]) == [(3, 1), (2, 1)]
