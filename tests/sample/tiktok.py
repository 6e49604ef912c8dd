"""TikTok Studio's downloads: Overview, Followers and Content, without a year anywhere."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np

from tests.sample.account import FIRST_DAY
from tests.sample.simulation import Truth, moment

TOP = 10
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    ),
    "el": (
        "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου "
        "Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου"
    ),
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "vi": "Một|Hai|Ba|Tư|Năm|Sáu|Bảy|Tám|Chín|Mười|Mười Một|Mười Hai",
}
OVERVIEW = ("Date", "Video Views", "Profile Views", "Likes", "Comments", "Shares")
FOLLOWERS = ("Date", "Followers", "Difference in followers from previous day")
CONTENT = (
    "Time",
    "Video title",
    "Video link",
    "Post time",
    "Total likes",
    "Total comments",
    "Total shares",
    "Total views",
)


def label(day: date, language: str) -> str:
    """Write a day as the account's language does, without its year."""
    if language == "ja":
        return f"{day.month}月{day.day}日"
    if language == "vi":
        return f"{day.day} tháng {_MONTHS['vi'].split('|')[day.month - 1]}"
    month = _MONTHS[language.split("-")[0]].split()[day.month - 1]
    if language == "en":
        return f"{month} {day.day}"
    return f"{day.day} de {month}" if language == "es" else f"{day.day} {month}"


def table(rows: Sequence[Sequence[str]]) -> bytes:
    """Write rows as TikTok does: a mark, every field quoted, LF, no last newline."""
    lines = (",".join(f'"{value.replace(chr(34), chr(34) * 2)}"' for value in row) for row in rows)
    return ("\ufeff" + "\n".join(lines)).encode()


def video_id(truth: Truth, post: int) -> int:
    """Give an id whose upper half is the moment of upload."""
    seconds = int(truth.published_at[post].astype("datetime64[s]").astype(np.int64))
    return seconds << 32 | int(truth.post_numbers[post]) & 0xFFFFFFFF


def overview_zip(truth: Truth, start: date, export_day: date, handle: str) -> str:
    """Name the Overview zip: the only place that tells the year."""
    end = datetime.combine(export_day, datetime.min.time(), tzinfo=UTC)
    return f"Overview_{start}_{int(end.timestamp())}_{handle}.zip"


def account_days(truth: Truth) -> dict[str, np.ndarray]:
    """Give what the account earned on each day; likes, comments and shares are net."""
    earned = truth.daily
    random = np.random.default_rng([truth.seed, int(truth.post_numbers[0])])
    views = earned.views.sum(axis=1)
    taken_back = random.poisson(0.3, views.size)
    return {
        "views": views,
        "profile_views": views // 90,
        "likes": earned.likes.sum(axis=1) - taken_back,
        "comments": earned.comments.sum(axis=1) - taken_back // 2,
        "shares": earned.shares.sum(axis=1),
    }


def overview(truth: Truth, start: date, end: date) -> list[list[str]]:
    """Write the account's days, both ends inclusive."""
    columns = account_days(truth)
    return [
        list(OVERVIEW),
        *(
            [
                label(_day(day), truth.account.language),
                *(str(part[day]) for part in columns.values()),
            ]
            for day in _days(start, end)
        ),
    ]


def follower_history(
    truth: Truth, start: date, end: date, *, is_forward: bool = False
) -> list[list[str]]:
    """Write the levels; the difference looks back, or forward with 0 on the last row."""
    rows = [list(FOLLOWERS)]
    last = (end - FIRST_DAY).days
    for day in _days(start, end):
        if is_forward:
            difference = truth.levels[day + 1] - truth.levels[day] if day < last else 0
        else:
            difference = truth.net_follows[day]
        rows.append(
            [label(_day(day), truth.account.language), str(truth.levels[day]), str(difference)]
        )
    return rows


def content(truth: Truth, start: date, export_day: date, handle: str) -> list[list[str]]:
    """Write the best posts of the span, lifetime at the day of the export."""
    language = truth.account.language
    now = truth.counted(moment(export_day))
    recent = np.flatnonzero(
        (truth.published_on >= np.datetime64(start))
        & (truth.published_on < np.datetime64(export_day))
    )
    best = recent[np.argsort(-now.views[recent], kind="stable")][:TOP]
    rows = [list(CONTENT)]
    for place, post in enumerate(best):
        rows.append(
            [
                label(export_day, language),
                truth.captions[post],
                f"https://www.tiktok.com/@{handle}/video/{video_id(truth, post)}",
                label(truth.published_on[post].item(), language),
                "undefined" if place == TOP - 1 else str(now.likes[post]),
                str(now.comments[post]),
                str(now.shares[post]),
                str(now.views[post]),
            ]
        )
    return rows


def unescape_quotes(content: bytes) -> bytes:
    """Break the first title as TikTok sometimes does: its quotes stand unescaped."""
    lines = content.decode().split("\n")
    title = '","'.join(lines[1].split('","')[1:2])
    lines[1] = lines[1].replace(title, f'say "hello" {title}', 1)
    return "\n".join(lines).encode()


def _days(start: date, end: date) -> range:
    return range((start - FIRST_DAY).days, (end - FIRST_DAY).days + 1)


def _day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)
