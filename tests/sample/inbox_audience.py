"""Where the audience exports and Meta's daily files lie in the sample inbox."""

import zipfile
from collections.abc import Iterator
from datetime import date, timedelta

from tests.sample import meta_audience, meta_overview, tiktok_audience, youtube_audience
from tests.sample.account import LAST_DAY
from tests.sample.archive import ZIP_EPOCH, pack
from tests.sample.files import EMPTY, LOADED, InboxFile, Member, entry_time
from tests.sample.meta_audience import Block
from tests.sample.meta_overview import Span
from tests.sample.simulation import Truth

DAILY = Span(date(2025, 3, 1), LAST_DAY)
DAILY_ACCOUNTS = ("target.tove", "opposite.otto")
"""Instagram accounts that download their daily files too."""

QUARTER = Span(date(2025, 3, 1), date(2025, 5, 31))
TIKTOK_MONTHS = (5, 6)
"""Months of which the Followers zip tells the audience."""

VIEWERS_ZIPS = ("steady.signe", "rising.rosa")


def meta(truth: Truth) -> Iterator[InboxFile]:
    """Yield Audience.csv and the daily files of an Instagram account, unpacked in one folder."""
    account = truth.account
    files = {}
    if account.audience_export != "none":
        files[meta_audience.FILE_NAME[account.language]] = meta_audience.audience(truth)
    if account.handle in DAILY_ACCOUNTS:
        files |= meta_overview.files(truth, DAILY)
    yield from _loose(truth, files)


def page(page: Truth, twin: Truth) -> Iterator[InboxFile]:
    """Yield a page's daily files: Reach of both networks in one, Visits of each in its own."""

    def block(truth: Truth, metric: str) -> Block:
        return meta_overview.block(truth, metric, DAILY)

    blocks = {
        "Reach.csv": [block(page, "reach"), block(twin, "reach")],
        "Follows.csv": [block(page, "follows")],
        "Visits.csv": [block(page, "visits")],
        "Visits (1).csv": [block(twin, "visits")],
    }
    files = {name: meta_audience.stacked(stack) for name, stack in blocks.items()}
    yield from _loose(page, files)


def _loose(truth: Truth, files: dict[str, bytes]) -> Iterator[InboxFile]:
    account = truth.account
    for name, content in files.items():
        yield InboxFile(
            path=f"{account.platform}/{account.handle}/{LAST_DAY}/{name}",
            content=content,
            exported_on=LAST_DAY,
        )


def youtube(truth: Truth) -> Iterator[InboxFile]:
    """Yield the audience reports of a channel's quarter; of a young one what there is.

    The young channel's entries carry no time, as some downloads' do.
    """
    account = truth.account
    reports = youtube_audience.REPORTS.get(account.language, {})
    if account.audience_export == "none":
        return
    is_young = account.post_days[0] > QUARTER.end
    start, end = (account.post_days[0], LAST_DAY) if is_young else (QUARTER.start, QUARTER.end)
    exported_on = end + timedelta(days=2)
    for name in reports:
        content = youtube_audience.report(truth, name, start, end)
        at = ZIP_EPOCH if is_young else entry_time(exported_on)
        yield InboxFile(
            path=f"youtube/{account.handle}/{youtube_audience.zip_name(truth, name, start, end)}",
            content=pack(content, at, zipfile.ZIP_DEFLATED),
            exported_on=exported_on,
            members=tuple(Member(member=member) for member in content),
        )


def tiktok_followers(truth: Truth, export_day: date) -> tuple[dict[str, bytes], list[Member]]:
    """Give what stands in a Followers zip beside the history, and what becomes of it."""
    account = truth.account
    told = (export_day - timedelta(days=1)).month in TIKTOK_MONTHS
    if account.audience_export == "none" or not told:
        return {}, []
    content = tiktok_audience.followers(truth, export_day)
    statuses = EMPTY if account.audience_export == "header_only" else LOADED
    return content, [Member(member=name, statuses=statuses) for name in content]


def tiktok_viewers(truth: Truth, start: date, export_day: date, path: str) -> Iterator[InboxFile]:
    """Yield a Viewers zip, of the accounts that download one."""
    if truth.account.handle in VIEWERS_ZIPS and export_day.month >= TIKTOK_MONTHS[0]:
        content = tiktok_audience.viewers(truth, start, export_day)
        yield InboxFile(
            path=path,
            content=pack({"Viewers.csv": content}, entry_time(export_day)),
            exported_on=export_day,
            members=(Member(member="Viewers.csv"),),
        )
