"""Which events a night emits."""

from dataclasses import replace
from datetime import date

import pytest

from flows.orchestration import alerts
from flows.reports.run import PublishReport, ReadReport, Report
from flows.settings import Settings
from tests.flows.reports.test_freshness import ANNA

NIGHT = Report(
    run="night",
    days=(date(2026, 3, 31),),
    knowledge="latest",
    published=PublishReport(path="w.duckdb", how="updated"),
)


@pytest.fixture
def emitted(monkeypatch):
    events = []
    monkeypatch.setattr(
        alerts, "emit_event", lambda event, resource, payload: events.append((event, payload))
    )
    return events


def raised(tmp_path, report=NIGHT, accounts=(), **settings):
    alerts.raise_alerts(Settings(home=tmp_path, **settings), report, accounts)


def read(loaded, quarantined):
    rows = {"rows_in": loaded + quarantined, "loaded": loaded, "quarantined": quarantined}
    return replace(NIGHT, readings=(ReadReport(rows=rows),))


def test_quarantine_beyond_the_share_is_an_event_with_the_counts(tmp_path, emitted):
    raised(tmp_path, read(loaded=9, quarantined=1), quarantine_alert_share=0.09)
    ((event, payload),) = emitted
    assert event == "creator-metrics.quarantine.high"
    assert payload == {
        "as_of": "2026-03-31",
        "share": 0.1,
        "limit": 0.09,
        "loaded": 9,
        "quarantined": 1,
    }


@pytest.mark.parametrize("report", [read(9, 1), read(0, 0), NIGHT])
def test_quarantine_at_the_share_or_nothing_to_read_is_none(tmp_path, emitted, report):
    raised(tmp_path, report, quarantine_alert_share=0.1)
    assert emitted == []


def test_an_account_alerts_on_the_night_it_falls_silent_and_not_on_later_ones():
    silent = [replace(ANNA, stale_days=days) for days in (45, 46, 47)]
    assert alerts.newly_silent(silent, 45, days_since=1) == [silent[1]]


def test_after_nights_that_did_not_run_it_alerts_all_the_same():
    silent = replace(ANNA, stale_days=48)
    assert alerts.newly_silent([silent], 45, days_since=3) == [silent]


def test_the_first_night_tells_of_all_that_are_silent_and_of_none_never_heard(tmp_path, emitted):
    unheard = replace(ANNA, stale_days=None)
    raised(tmp_path, accounts=[unheard, *[replace(ANNA, stale_days=90)] * 2])
    assert [event for event, _ in emitted] == ["creator-metrics.account.silent"] * 2
    assert emitted[0][1]["accounts"] == 2


@pytest.mark.parametrize(
    ("creator_id", "said"),
    [("anna", "anna"), ("tiktok:anna.bager", "not-in-roster")],
)
def test_an_event_names_nobody_by_handle(tmp_path, emitted, creator_id, said):
    account = replace(ANNA, account_id="anna.bager", creator_id=creator_id, stale_days=90)
    raised(tmp_path, accounts=[account])
    assert emitted[0][1]["creator"] == said
    assert "bager" not in str(emitted).lower()
