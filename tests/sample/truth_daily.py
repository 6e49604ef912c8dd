"""What core.account_day and core.account_hour must say where daily files tell it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tests.sample import inbox_audience, meta_overview
from tests.sample.account import LAST_DAY
from tests.sample.inbox_audience import DAILY
from tests.sample.simulation import Truth
from tests.sample.tiktok_audience import DAYS_OF_HOURS, EXPORT_HOUR
from tests.sample.youtube_audience import period_views

COLUMNS = {
    "reach": "reach",
    "views": "views",
    "follows": "gross_follows",
    "visits": "profile_views",
    "interactions": "interactions",
    "link_clicks": "link_clicks",
}
"""Metric of Meta's daily files to column of core.account_day."""

_PAGE = ("reach", "follows", "visits")
_TWIN = ("reach", "visits")
_VIEWERS_FROM = date(2025, 4, 1)


@dataclass(frozen=True, kw_only=True)
class DailyTruth:
    """What one column of one account sums to over some days, both ends inclusive."""

    platform: str
    handle: str
    column: str
    first: date
    last: date
    total: int


@dataclass(frozen=True, kw_only=True)
class HourTruth:
    """How many hours of how many days one account's followers are told for, up to a day."""

    platform: str
    handle: str
    last: date
    hours: int


def daily(truths: Mapping[tuple[str, str], Truth]) -> Iterator[DailyTruth]:
    """Tell the sums of the daily files: Meta's, and TikTok's viewers."""
    for handle in inbox_audience.DAILY_ACCOUNTS:
        yield from _meta(truths["instagram", handle], tuple(COLUMNS))
    yield from _meta(truths["facebook", "rising.page"], _PAGE)
    yield from _meta(truths["instagram", "rising.page"], _TWIN)
    for handle in inbox_audience.VIEWERS_ZIPS:
        viewers = period_views(truths["tiktok", handle], _VIEWERS_FROM, LAST_DAY) * 7 // 10
        yield DailyTruth(
            platform="tiktok",
            handle=handle,
            column="unique_viewers",
            first=_VIEWERS_FROM,
            last=LAST_DAY,
            total=int(viewers.sum()),
        )


def hourly(truths: Mapping[tuple[str, str], Truth]) -> Iterator[HourTruth]:
    """Tell how many hours the last FollowerActivity lists, without those to come."""
    for (platform, handle), truth in truths.items():
        if platform == "tiktok" and truth.account.audience_export == "full":
            yield HourTruth(
                platform=platform,
                handle=handle,
                last=LAST_DAY + timedelta(days=1),
                hours=24 * (DAYS_OF_HOURS - 1) + EXPORT_HOUR,
            )


def _meta(truth: Truth, metrics: tuple[str, ...]) -> Iterator[DailyTruth]:
    values = meta_overview.account_days(truth)
    for metric in metrics:
        yield DailyTruth(
            platform=truth.account.platform,
            handle=truth.account.handle,
            column=COLUMNS[metric],
            first=DAILY.start,
            last=DAILY.end,
            total=int(values[metric][list(DAILY.days)].sum()),
        )
