"""What a night leaves in the Prefect UI for people to read."""

from datetime import date

from prefect.artifacts import create_markdown_artifact

from flows.commands.status import account_status
from flows.orchestration.pages import page_of
from flows.reports.freshness import AccountStatus, freshness_markdown
from flows.reports.quality import quality_markdown
from flows.reports.run import Report
from flows.reports.text import markdown
from flows.settings import Settings
from warehouse.home import Home
from warehouse.published.quality import quality

PAGES = ("data-quality", "freshness")
"""Keys of the artifacts that tell of the whole warehouse."""


def leave_pages(settings: Settings, report: Report, day: date) -> list[AccountStatus]:
    """Write the pages of a night: itself, data quality, freshness.

    Returns
    -------
    list of AccountStatus
        The accounts as they stand after the night, the stalest first.
    """
    accounts = account_status(settings)
    pages = {key: page_of(f"artifacts/key/{key}") for key in PAGES}
    create_markdown_artifact(
        key="night",
        markdown=markdown(report, pages),
        description=f"What the night of {day} came to",
    )
    create_markdown_artifact(
        key="data-quality",
        markdown=quality_markdown(quality(Home(settings.home).warehouse)),
        description=f"What is in quarantine or does not add up, after the night of {day}",
    )
    create_markdown_artifact(
        key="freshness",
        markdown=freshness_markdown(accounts, settings.silent_days),
        description=f"When each account was last heard of, as of {day}",
    )
    return accounts
