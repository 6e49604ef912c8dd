"""Nights that were missed while nothing ran: the newest one runs and says which days are open."""

from datetime import UTC, datetime, timedelta

from warehouse.home import Home


def test_of_three_late_nights_the_newest_runs_and_names_the_open_days(stack):
    settings = stack.settings
    now = datetime.now(UTC)
    first = settings.last_whole_day(now) - timedelta(days=30)
    stack.wait(stack.submit("nightly", {"as_of": str(first)}))

    with stack.paused():
        late = stack.schedule("nightly", now - timedelta(days=3), now)
    runs = [stack.wait(run_id) for run_id in late]

    assert [run["state_type"] for run in runs] == ["CANCELLED", "CANCELLED", "COMPLETED"]
    scheduled = [datetime.fromisoformat(run["expected_start_time"]) for run in runs]
    assert runs[2]["name"] == f"night of {settings.last_whole_day(scheduled[2])}"
    moment = scheduled[2].astimezone(settings.zone).strftime("%Y-%m-%d %H:%M")
    assert f"the night scheduled for {moment} takes its place" in runs[0]["state"]["message"]
    assert f"({runs[2]['name']})" in runs[1]["state"]["message"]
    assert not any("Traceback" in stack.whole_log(run["id"]) for run in runs)

    start, end = first + timedelta(days=1), settings.last_whole_day(scheduled[2])
    built = {path.name for path in (Home(stack.home).marts / "tier").iterdir()}
    assert {f"as_of={first}", f"as_of={end}"} <= built
    summary = stack.artifact("night", runs[2]["id"])
    assert f"creator-metrics backfill {start} {end - timedelta(days=1)}" in summary


def test_a_night_that_a_person_starts_gives_way_to_none(stack):
    now = datetime.now(UTC)
    by_hand = stack.submit("nightly", {"as_of": "2026-01-31"})
    assert stack.wait(by_hand)["state_type"] == "COMPLETED"
    assert datetime.fromisoformat(stack.run(by_hand)["expected_start_time"]) >= now
