"""What a person does in the Prefect UI to build days again, in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright")

from playwright.sync_api import Page, expect

from flows.runs.request import BackfillRequest
from tests.deployments.browser import (
    CHROMIUM,
    RunForm,
    browsing,
    cancel_run,
    open_artifact,
    see_end,
)
from tests.deployments.stack import Stack
from tests.sample import inbox as sample

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine")

SEED = 7
FIRST = (
    "roster.csv",
    "instagram/steady.signe/Apr-02-2025_Jun-30-2025_",
    "instagram/falling.freja/Apr-02-2025_Jun-30-2025_",
)
LATER = (
    "tiktok/steady.signe/Overview_2025-06-01_",
    "tiktok/steady.signe/Followers_steady.signe (5)",
)


def bring(inbox: Path, beginnings: tuple[str, ...]) -> None:
    """Lay down a part of the sample."""
    for file in sample.build(SEED):
        if file.path.startswith(beginnings):
            path = inbox / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.content)


@pytest.fixture(scope="module")
def told(stack: Stack) -> Stack:
    """Give the stack after a night on a part of the sample."""
    bring(stack.inbox, FIRST)
    assert stack.wait(stack.submit("nightly", {"as_of": "2025-06-30"}))["state_type"] == "COMPLETED"
    return stack


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browsing(tmp_path_factory.mktemp("browser")) as page:
        yield page


def test_the_form_shows_every_field_with_its_title_its_meaning_and_its_default(told, page):
    form = RunForm.open(page, told.url, "backfill")
    shown = form.page.get_by_role("main")
    for field in BackfillRequest.model_fields.values():
        expect(shown.get_by_text(f"{field.title} (Optional)", exact=True)).to_be_visible()
        expect(shown.get_by_text(str(field.description), exact=True)).to_be_visible()
    expect(shown.get_by_role("button", name="Select Knowledge")).to_have_text("latest")
    for title in ("Only stale days", "Dry run"):
        expect(shown.get_by_role("switch", name=title)).not_to_be_checked()
    for title in ("First day", "Last day"):
        expect(shown.get_by_role("button", name=title)).to_have_text("Pick a date")


def test_a_dry_run_is_filled_in_sent_and_followed_to_what_would_change(told, page):
    form = RunForm.open(page, told.url, "backfill")
    form.day("First day", "2025-06-28")
    form.day("Last day", "2025-06-29")
    form.choose("Platforms", ["instagram"])
    form.add("freja")
    form.switch("Dry run")
    form.write("Reason", "trying it out")
    run = form.submit()

    see_end(page, told.url, run, "Completed")
    assert told.run(run)["parameters"]["request"] | {
        "start": "2025-06-28",
        "end": "2025-06-29",
    } == {
        "start": "2025-06-28",
        "end": "2025-06-29",
        "only_stale": False,
        "platforms": ["instagram"],
        "creators": ["freja"],
        "knowledge": "latest",
        "dry_run": True,
        "reason": "trying it out",
    }
    expect(page.get_by_text("dry run of 2025-06-28 to 2025-06-29").first).to_be_visible()
    text = open_artifact(page, "backfill")
    expect(text).to_contain_text("Dry run of a backfill of 2025-06-28 to 2025-06-29 (2 days)")
    expect(text).to_contain_text(re.compile(r"Rows: [1-9]\d* would be added, 0 removed, 0 changed"))
    expect(text).to_contain_text("Nothing was kept.")
    tier = text.get_by_role("row").filter(has_text=re.compile("^mart.tier[^_]"))
    expect(tier.get_by_role("cell")).to_have_text(["mart.tier", "0", "44", "44", "0", "0", "42"])
    assert not (told.home / "store" / "marts" / "tier" / "as_of=2025-06-29").exists()


def test_a_last_day_before_the_first_is_told_by_its_field_and_nothing_is_done(told, page):
    before = (told.home / "warehouse.duckdb").stat().st_ino
    form = RunForm.open(page, told.url, "backfill")
    form.day("First day", "2025-06-29")
    form.day("Last day", "2025-06-20")
    run = form.submit()

    see_end(page, told.url, run, "Refused")
    said = "Last day (end): 2025-06-20 lies before the first day, 2025-06-29; exchange the two"
    page.get_by_role("tab", name="Details").click()
    expect(page.get_by_text(f"Nothing was done. {said}").first).to_be_visible()
    assert said in told.whole_log(run).splitlines()
    assert (told.home / "warehouse.duckdb").stat().st_ino == before


def test_a_night_is_started_from_its_form_as_it_stands_and_its_pages_link_to_each_other(told, page):
    form = RunForm.open(page, told.url, "nightly")
    shown = form.page.get_by_role("main")
    for title in ("Day", "Home", "Inbox"):
        expect(shown.get_by_text(f"{title} (Optional)", exact=True)).to_be_visible()
    expect(shown.get_by_text("None", exact=True)).to_have_count(0)
    form.day("Day", "2025-06-30")
    run = form.submit()

    see_end(page, told.url, run, "Completed")
    assert told.run(run)["name"] == "night of 2025-06-30"
    open_artifact(page, "night").get_by_role("link", name="data quality").click()
    page.wait_for_url("**/v2/artifacts/key/data-quality")
    expect(page.get_by_text("What is in quarantine or does not add up").first).to_be_visible()


def test_the_button_of_the_ui_cancels_a_backfill_that_is_going_on(told, page):
    before = (told.home / "warehouse.duckdb").read_bytes()
    long = {"start": "2024-01-01", "end": "2025-06-29", "reason": "to be cancelled"}
    run = told.submit("backfill", {"request": long})
    told.wait_for_log(run, "as_of=2024-01-02")

    page.goto(f"{told.url}/v2/runs/flow-run/{run}")
    cancel_run(page)
    see_end(page, told.url, run, "Cancelled")
    assert (told.home / "warehouse.duckdb").read_bytes() == before


def test_stale_days_alone_are_built_again_without_naming_a_day(told, page):
    bring(told.inbox, LATER)
    night = told.submit("nightly", {"as_of": "2025-07-01"})
    assert told.wait(night)["state_type"] == "COMPLETED"
    form = RunForm.open(page, told.url, "backfill")
    form.switch("Only stale days")
    form.write("Reason", "TikTok came late")
    run = form.submit()

    see_end(page, told.url, run, "Completed")
    text = open_artifact(page, "backfill")
    expect(text).to_contain_text("Backfill of 2025-06-30")
    expect(text).to_contain_text("Deliveries used for the first time: 2")
    expect(text).to_contain_text("TikTok came late")
