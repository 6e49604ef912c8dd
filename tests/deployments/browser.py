"""A person's browser on the Prefect UI: the run form, a run, what it wrote."""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from shutil import which

from playwright.sync_api import Locator, Page, expect, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM") or which("chromium") or which("chromium-browser")
PATIENCE_S = 120
_TRIES = 5
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def browsing(profile: Path) -> Iterator[Page]:
    """Open Chromium with an empty profile, west of UTC, where days are easily shifted."""
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=CHROMIUM,
            args=_ARGUMENTS,
            viewport={"width": 1300, "height": 1100},
            timezone_id="America/New_York",
        )
        context.set_default_timeout(PATIENCE_S * 1000)
        expect.set_options(timeout=PATIENCE_S * 1000)
        try:
            yield context.pages[0]
        finally:
            context.close()


class RunForm:
    """The form of a custom run, filled in by the titles of its fields."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @classmethod
    def open(cls, page: Page, url: str, deployment: str) -> "RunForm":
        """Go from the first page to the form as a person does."""
        page.goto(url)
        page.get_by_role("link", name="Deployments").click()
        found = page.locator("a[href*='/deployments/deployment/']")
        found.filter(has_text=deployment).first.click()
        page.get_by_role("button", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Custom run").click()
        page.get_by_role("button", name="Submit").wait_for()
        return cls(page)

    def day(self, title: str, day: str) -> None:
        """Choose a day, written as 2025-06-30."""
        field = self.page.get_by_role("button", name=title)
        field.click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("textbox").fill(day)
        self.page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()

    def choose(self, title: str, options: Sequence[str]) -> None:
        """Choose from a list."""
        self.page.get_by_role("button", name=f"Select {title}").click()
        for option in options:
            self.page.get_by_role("option", name=option, exact=True).click()
        self.page.keyboard.press("Escape")
        expect(self.page.get_by_role("listbox")).to_be_hidden()

    def add(self, item: str) -> None:
        """Add an item to the list that is written by hand."""
        button = self.page.get_by_role("button", name="Add item")
        button.click()
        items = self.page.get_by_role("group").filter(has=button).last
        items.get_by_role("textbox").last.fill(item)

    def switch(self, title: str) -> None:
        """Turn a switch on."""
        switch = self.page.get_by_role("switch", name=title)
        switch.click()
        expect(switch).to_be_checked()

    def write(self, title: str, text: str) -> None:
        """Write into a text field."""
        self.page.get_by_role("textbox", name=title).fill(text)

    def submit(self) -> str:
        """Send the form; give the id of the run.

        It is sent again where SQLite was busy: the server then asks for it, and shows an error.
        """
        for _ in range(_TRIES):
            with self.page.expect_response(re.compile("create_flow_run")) as answer:
                self.page.get_by_role("button", name="Submit").click()
            if answer.value.status != HTTPStatus.SERVICE_UNAVAILABLE:
                break
        assert answer.value.ok, answer.value.text()
        return answer.value.json()["id"]


def see_end(page: Page, url: str, run_id: str, state: str) -> None:
    """Stay on the page of a run until it shows how the run ended."""
    page.goto(f"{url}/v2/runs/flow-run/{run_id}")
    expect(page.get_by_text(state, exact=True).first).to_be_visible()


def cancel_run(page: Page) -> None:
    """Cancel the run that is shown, by the menu of its page."""
    page.locator("main button[aria-haspopup=menu]").first.click()
    page.get_by_role("menuitem", name="Cancel").click()
    page.get_by_role("button", name="Cancel Flow Run").click()
    expect(page.get_by_role("button", name="Cancel Flow Run")).to_be_hidden()


def open_artifact(page: Page, key: str) -> Locator:
    """Open the newest artifact of a key, from the run that is shown; give the page's content."""
    page.get_by_role("tab", name="Artifacts").click()
    page.get_by_role("heading", name=key, exact=True).click()
    page.locator("a[href*='/artifacts/artifact/']").first.click()
    page.wait_for_url("**/artifacts/artifact/*")
    return page.get_by_role("main")
