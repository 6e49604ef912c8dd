"""What names and clocks tell: the day of observation, the period, the account.

Names are a file's own name, its zip's and its folders', nearest first. Every day is an
argument: nothing here reads a clock.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from schemas.columns import OBSERVED_ON_SOURCES
from schemas.files import SourceFile

EARLIEST_EXPORT = date(2005, 1, 1)
"""No platform of ours is older: a number before it is no date."""

EXACT_SOURCES = frozenset({"file", "name", "zip_entry", "sibling"})

_ISO_PERIOD = re.compile(r"(?:.*?[ _])?(\d{4}-\d{2}-\d{2})_(\d{4}-\d{2}-\d{2})(?!\d).*", re.DOTALL)
_META_PERIOD = re.compile(r"(?<![A-Za-z])([A-Z][a-z]{2}-\d{2}-\d{4})_([A-Z][a-z]{2}-\d{2}-\d{4})")
_META_NUMBER = re.compile(_META_PERIOD.pattern + r"_(\d{10,})(?!\d)")
_TIKTOK_OVERVIEW = re.compile(
    r"(?:.*[ _])?Overview_(\d{4}-\d{2}-\d{2})_(\d{10}|\d{13})(?:_(.+))?", re.DOTALL
)
_TIKTOK_SECTION = re.compile(r"(?:Followers|Content|Viewers)_(.+)")
_LINKEDIN_PERIOD = re.compile(
    r"(?:Content|AggregateAnalytics)_(?:.+_)?(\d{4}-\d{2}-\d{2})_(\d{4}-\d{2}-\d{2})(?!\d)"
)
_LINKEDIN_PAGE = re.compile(r"(.+)_(?:content|followers|visitors)_\d{13}")
_X_CONTENT = re.compile(
    r"account_analytics_content_(\d{4}-\d{2}-\d{2})_(\d{4}-\d{2}-\d{2})(?!\d).*"
)
_X_TWEETS = re.compile(
    r"(?:daily_)?tweet_activity_metrics_([A-Za-z0-9_]{1,20})_(\d{8})_(\d{8})_[a-z]{2}(?:[-_]\w+)?"
)
_FULL_DATE = re.compile(r"(?<!\d)(\d{4})([-_.]?)(\d{2})\2(\d{2})(?!\d)")
_EPOCH = re.compile(r"(?<![0-9A-Za-z])(\d{10}|\d{13})(?!\d)")
_MONTH = re.compile(
    r"(?<![a-z])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ _.-]*(20\d\d)(?!\d)",
    re.IGNORECASE,
)
_ISO_MONTH = re.compile(r"(?<![\d])(?<!\d[-_.])(20\d\d)[-_.](0[1-9]|1[0-2])(?![-_.]?\d)")
_EXTENSION = re.compile(r"\.(?:csv|tsv|txt|xlsx|xls|json|zip)$", re.IGNORECASE)
_COPY = re.compile(r" ?\((\d+)\)$")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1
    )
}


@dataclass(frozen=True)
class Period:
    """First and last day, both inclusive."""

    start: date
    end: date


@dataclass(frozen=True)
class Observation:
    """The day the platform said it, and what told so."""

    day: date
    source: str

    @property
    def is_exact(self) -> bool:
        """Tell an observed day from an estimate."""
        return self.source in EXACT_SOURCES

    @property
    def rank(self) -> int:
        """Give the strength of the evidence: 0 arrival to 6 a day in the file."""
        return OBSERVED_ON_SOURCES.index(self.source)


def stem(name: str) -> str:
    """Strip the extension and the suffix a browser gives a second download: `Totals (1).csv`."""
    return _COPY.sub("", _EXTENSION.sub("", name))


def copy_number(name: str) -> str:
    """Give the number a browser added to the name, or nothing."""
    found = _COPY.search(_EXTENSION.sub("", name))
    return found.group(1) if found else ""


def period_in_names(names: Sequence[str], platform: str | None) -> Period | None:
    """Read the period from the nearest name that holds one.

    Notes
    -----
    YouTube Studio: `<Report> <start>_<end> <channel>`, the end exclusive. Meta Business Suite:
    `Mon-DD-YYYY_Mon-DD-YYYY_<id>`, the end inclusive, months in English. X:
    `account_analytics_content_<start>_<end>`, the end inclusive, and until 2023
    `tweet_activity_metrics_<handle>_<start>_<end>_<language>`, exclusive: the files of a month
    end on the first of the next and hold no tweet of that day. Seen on real files.
    LinkedIn, of a member: `Content_<from>_<to>_<name>` or, since 2026,
    `AggregateAnalytics_<name>_<from>_<to>`, the end inclusive (public programs that read them).
    """
    for name in names:
        if found := _period(stem(name), platform):
            return found
    return None


def _period(name: str, platform: str | None) -> Period | None:
    if platform == "youtube" and (found := _ISO_PERIOD.fullmatch(name)):
        start, end = (_iso(text) for text in found.groups())
        if start and end and start < end:
            return Period(start, end - timedelta(days=1))
    if platform in ("facebook", "instagram") and (found := _META_PERIOD.search(name)):
        start, end = (_english(text) for text in found.groups())
        if start and end and start <= end:
            return Period(start, end)
    if platform == "linkedin" and (found := _LINKEDIN_PERIOD.match(name)):
        start, end = (_iso(text) for text in found.groups())
        if start and end and start <= end:
            return Period(start, end)
    return _period_at_x(name) if platform == "x" else None


def _period_at_x(name: str) -> Period | None:
    if found := _X_CONTENT.fullmatch(name):
        start, end = (_iso(text) for text in found.groups())
        return Period(start, end) if start and end and start <= end else None
    if found := _X_TWEETS.fullmatch(name):
        start, end = (_compact(text) for text in found.groups()[1:])
        return Period(start, end - timedelta(days=1)) if start and end and start < end else None
    return None


def month_in_names(names: Sequence[str]) -> Period | None:
    """Read the month from the nearest name that holds exactly one: `DEC 2022`, `2022-12`."""
    for name in names:
        months = {(int(year), _MONTHS[month.title()]) for month, year in _MONTH.findall(name)}
        months |= {(int(year), int(month)) for year, month in _ISO_MONTH.findall(name)}
        if len(months) == 1:
            year, month = months.pop()
            return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    return None


def export_number(names: Sequence[str], platform: str | None) -> str | None:
    """Read the number Meta gives every export: `Mar-18-2025_Apr-14-2025_553302954456165`."""
    if platform not in ("facebook", "instagram"):
        return None
    found = (_META_NUMBER.search(stem(name)) for name in names)
    return next((match.group(3) for match in found if match), None)


def handle_in_names(names: Sequence[str], platform: str | None) -> str | None:
    """Read the handle a platform puts into its names, in lower case without @.

    Notes
    -----
    TikTok names its zips for it, Twitter Analytics its files. Seen on real files.
    """
    if platform == "x":
        tweets = (_X_TWEETS.fullmatch(stem(name)) for name in names)
        return next((found.group(1).lower() for found in tweets if found), None)
    return _tiktok_handle(names) if platform == "tiktok" else None


def _tiktok_handle(names: Sequence[str]) -> str | None:
    for name in names:
        bare = stem(name)
        if overview := _TIKTOK_OVERVIEW.fullmatch(bare):
            handle = overview.group(3)
        elif name.lower().endswith(".zip") or bare == name:
            section = _TIKTOK_SECTION.fullmatch(bare)
            handle = section.group(1) if section else None
        else:
            handle = None
        if handle:
            return handle.lower().lstrip("@")
    return None


def page_in_names(names: Sequence[str]) -> str | None:
    """Read the page LinkedIn puts into the name of its exports, in lower case.

    Notes
    -----
    `<page>_content_<epoch ms>.xlsx` (a real file of 2025, read 2026-11-23).
    """
    found = (_LINKEDIN_PAGE.fullmatch(stem(name)) for name in names)
    return next((match.group(1).lower() for match in found if match), None)


def first_day_in_names(names: Sequence[str]) -> date | None:
    """Read the first day TikTok puts into the name of an Overview zip."""
    for name in names:
        if found := _TIKTOK_OVERVIEW.fullmatch(stem(name)):
            return _iso(found.group(1))
    return None


def day_in_names(names: Sequence[str], arrived_on: date) -> date | None:
    """Read the day of export from the nearest name that holds exactly one.

    A full date or an epoch in seconds or milliseconds, between 2005 and arrival. Two days in
    one name are a span, not an export day; in TikTok's names only the epoch is.
    """
    for name in names:
        days = set(_days(stem(name), arrived_on))
        if len(days) == 1:
            return days.pop()
    return None


def _days(name: str, arrived_on: date) -> Iterator[date]:
    if overview := _TIKTOK_OVERVIEW.fullmatch(name):
        found = [_epoch(overview.group(2))]
    elif _TIKTOK_SECTION.fullmatch(name):
        return
    else:
        found = [
            _day(int(year), int(month), int(day))
            for year, _, month, day in _FULL_DATE.findall(name)
        ] + [_epoch(text) for text in _EPOCH.findall(name)]
    yield from (day for day in found if day and EARLIEST_EXPORT <= day <= arrived_on)


def own_observations(
    file: SourceFile, said_in_file: date | None, period: Period | None
) -> Iterator[Observation]:
    """List what tells the day of observation of one file, strongest first, siblings aside.

    Parameters
    ----------
    said_in_file
        Day of export that the file's own cells say.
    period
        Period its name says; weaker than a sibling's word, stronger than a modification time.
    """
    if said_in_file:
        yield Observation(said_in_file, "file")
    if day := day_in_names(file.names, file.arrived_on):
        yield Observation(day, "name")
    if file.entry_on and file.entry_on.year > 1980:
        yield Observation(file.entry_on, "zip_entry")
    if period:
        yield Observation(period.end, "period_end")
    if file.modified_on:
        yield Observation(file.modified_on, "mtime")


def choose_observation(
    candidates: Iterable[Observation], newest_inside: date | None, arrived_on: date
) -> Observation:
    """Take the strongest candidate that is possible, else the day of arrival.

    A candidate before the newest day inside the file is impossible and not used; one after
    arrival is cut to arrival.
    """
    possible = [
        candidate
        for candidate in candidates
        if newest_inside is None or candidate.day >= min(newest_inside, arrived_on)
    ]
    best = max(possible, key=lambda candidate: candidate.rank, default=None)
    if best is None:
        return Observation(arrived_on, "arrival")
    return Observation(min(best.day, arrived_on), best.source)


def _iso(text: str) -> date | None:
    return _day(*(int(part) for part in text.split("-")))


def _compact(text: str) -> date | None:
    return _day(int(text[:4]), int(text[4:6]), int(text[6:]))


def _english(text: str) -> date | None:
    month, day, year = text.split("-")
    return _day(int(year), _MONTHS.get(month, 0), int(day))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _epoch(text: str) -> date | None:
    seconds = int(text) / (1000 if len(text) == 13 else 1)
    return datetime.fromtimestamp(seconds, UTC).date()
