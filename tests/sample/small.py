"""An inbox of many small files: creators on four platforms, each with a half year of downloads.

Every file has ten to a hundred rows or so. Some creators hand over zips, the others what was in
them; Meta's exports are never zips.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

from tests.sample import meta, meta_overview, tiktok, youtube
from tests.sample.account import FIRST_DAY, LAST_DAY, Account, grows
from tests.sample.archive import pack
from tests.sample.files import entry_time
from tests.sample.meta_overview import Span
from tests.sample.simulation import Truth, simulate

FORTNIGHT, MONTH = timedelta(days=14), timedelta(days=30)
CAST = (
    ("tiktok", "en", 1.5), ("youtube", "en", 0.3), ("tiktok", "el", 1.5), ("instagram", "en", 0.7),
    ("tiktok", "ru", 1.5), ("youtube", "sv", 0.3), ("tiktok", "vi", 1.5), ("facebook", "en", 0.7),
    ("tiktok", "ja", 1.5), ("youtube", "de", 0.3), ("tiktok", "es", 1.5), ("instagram", "pt", 0.7),
    ("youtube", "pt", 0.3),
)  # fmt: skip
"""Platform, language and posts a day of creators, who follow each other in this order."""


@dataclass(frozen=True)
class Download:
    """What one press of a download button gave.

    Attributes
    ----------
    label
        Name of the zip without its extension, or of the folder that it was unpacked to.
    """

    label: str
    day: date
    is_zip: bool
    members: dict[str, bytes]


def write(folder: Path, files: int, seed: int = 0) -> int:
    """Write at least so many files and members of zips; the last download is written whole.

    Parameters
    ----------
    folder
        Becomes the inbox; made if it is not there.

    Returns
    -------
    int
        How many were written.
    """
    written = 0
    for number in count():
        truth = simulate(_account(number), seed)
        for download in _DOWNLOADS[truth.account.platform](truth, number):
            if written >= files:
                return written
            _place(folder, truth, download)
            written += len(download.members)
    raise AssertionError("creators never end")


def _account(number: int) -> Account:
    platform, language, posts_per_day = CAST[number % len(CAST)]
    return Account(
        platform=platform,
        handle=f"creator{number:04}",
        name=f"Creator {number}",
        creator_id=f"creator-{number}",
        language=language,
        country="DK",
        followers=grows(2_000 + 137 * number, 5 + number % 9),
        posts_per_day=posts_per_day,
    )


def _tiktok(truth: Truth, number: int) -> Iterator[Download]:
    handle = truth.account.handle
    for start, end in _periods(FORTNIGHT):
        day = end + timedelta(days=1)
        sections = {
            "Overview.csv": tiktok.overview(truth, start, end),
            "FollowerHistory.csv": tiktok.follower_history(truth, start, end),
            "Content.csv": tiktok.content(truth, start, day, handle),
        }
        yield Download(
            label=tiktok.overview_zip(truth, start, day, handle).removesuffix(".zip"),
            day=day,
            is_zip=number % 4 == 0,
            members={name: tiktok.table(rows) for name, rows in sections.items()},
        )


def _youtube(truth: Truth, number: int) -> Iterator[Download]:
    for report, length in enumerate((FORTNIGHT, MONTH)):
        write_report = youtube.date_report if report else youtube.content_report
        for start, end in _periods(length):
            yield Download(
                label=youtube.zip_name(truth, report, start, end).removesuffix(".zip"),
                day=end + timedelta(days=2),
                is_zip=number % 4 == 1,
                members=write_report(truth, start, end),
            )


def _meta(truth: Truth, _: int) -> Iterator[Download]:
    posts = meta.instagram if truth.account.platform == "instagram" else meta.facebook
    for start, end in _periods(MONTH):
        content = {meta.file_name(truth, start, end): meta.table(posts(truth, start, end))}
        daily = meta_overview.files(truth, Span(start, end))
        yield Download(label=str(end), day=end, is_zip=False, members=content | daily)


_DOWNLOADS = {"tiktok": _tiktok, "youtube": _youtube, "instagram": _meta, "facebook": _meta}


def _periods(length: timedelta) -> Iterator[tuple[date, date]]:
    """Cut the half year into whole periods; both ends inclusive."""
    start = FIRST_DAY
    while (end := start + length - timedelta(days=1)) <= LAST_DAY:
        yield start, end
        start = end + timedelta(days=1)


def _place(folder: Path, truth: Truth, download: Download) -> None:
    within = folder / truth.account.platform / truth.account.handle / download.label
    if download.is_zip:
        content = pack(download.members, entry_time(download.day))
        _write(within.with_name(f"{within.name}.zip"), content, download.day)
        return
    for name, content in download.members.items():
        _write(within / name, content, download.day)


def _write(path: Path, content: bytes, day: date) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    stamp = datetime(day.year, day.month, day.day, meta.EXPORT_HOUR, tzinfo=UTC).timestamp()
    os.utime(path, (stamp, stamp))
