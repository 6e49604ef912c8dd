"""An inbox as large as asked for: an agency's Business Suite exports, and TikTok days.

One Meta export holds all accounts of the agency's portfolio that it was taken for. Every post
is listed by each export of the 90 days after its publication: ten times.
"""

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from tests.sample import meta, tiktok
from tests.sample.account import MATURATION_HALF_LIFE_HOURS

FIRST_EXPORT, EXPORTS, EXPORT_EVERY = date(2025, 1, 10), 20, timedelta(days=9)
AS_OF = date(2025, 6, 30)
LOOKBACK_DAYS = 90
POSTS_PER_DAY = 0.5
OBSERVATIONS_PER_ACCOUNT = LOOKBACK_DAYS * POSTS_PER_DAY * EXPORTS
ROWS_PER_FILE = 10_000
OBSERVATIONS_PER_TIKTOK_ACCOUNT = 25_000
TIKTOK_FIRST_DAY, TIKTOK_DAYS, TIKTOK_EXPORT_DAY = date(2025, 1, 1), 181, date(2025, 7, 1)
_METRICS = {"views": 1.0, "reach": 0.76, "likes": 0.038, "shares": 0.004, "follows": 0.0004}
_METRICS |= {"comments": 0.003, "saves": 0.003}
_ENGAGEMENTS = ("likes", "shares", "comments", "saves")
_WORDS = (
    "morning oats in the slow kitchen", "a walk by the harbour", "bread again and again",
    "the bicycle that never rests", "plums, light and winter coffee", "what I learned this week",
    "three small steps for a calm day", "the window in the evening",
)  # fmt: skip


@dataclass(frozen=True)
class BulkReport:
    """What was written."""

    observations: int
    accounts: int
    account_days: int
    files: int
    size_bytes: int


def export_days() -> list[date]:
    """List the days on which exports were taken; the last is close before the as-of day."""
    return [FIRST_EXPORT + EXPORT_EVERY * number for number in range(EXPORTS)]


def write(
    folder: Path, observations: int, seed: int = 0, *, files: int | None = None
) -> BulkReport:
    """Write about `observations` rows of Instagram exports, and TikTok account days beside.

    Parameters
    ----------
    folder
        Becomes the inbox; made if it is not there.
    observations
        Rows of post observations in all, met within 1 %.
    files
        Number of Instagram files; by default one per 10,000 rows.
    """
    random = np.random.default_rng([seed, observations])
    accounts = max(1, round(observations / OBSERVATIONS_PER_ACCOUNT))
    wanted = files if files is not None else observations / ROWS_PER_FILE
    groups = int(np.clip(round(wanted / EXPORTS), 1, accounts))
    rows = size = count = 0
    for group, members in enumerate(np.array_split(np.arange(accounts), groups)):
        posts = _posts(members, random)
        for day in export_days():
            listed = _observe(posts, day)
            path = folder / f"instagram/portfolio-{group:03}" / _file_name(day, group)
            path.parent.mkdir(parents=True, exist_ok=True)
            content = _spell(listed)
            path.write_bytes(content)
            _date(path, day)
            rows, size, count = rows + listed.height, size + len(content), count + 1
    tiktok_accounts = max(2, observations // OBSERVATIONS_PER_TIKTOK_ACCOUNT)
    for number in range(tiktok_accounts):
        written = _tiktok(folder, number, random)
        size, count = size + written, count + 2
    (folder / "roster.csv").write_bytes(_roster(accounts, random))
    return BulkReport(rows, accounts, tiktok_accounts * TIKTOK_DAYS, count, size)


def _file_name(day: date, group: int) -> str:
    start = day - timedelta(days=LOOKBACK_DAYS - 1)
    return f"{start:%b-%d-%Y}_{day:%b-%d-%Y}_{10**15 + group * 1_000 + day.toordinal()}.csv"


def _posts(accounts: np.ndarray, random: np.random.Generator) -> pl.DataFrame:
    """Draw all posts of some accounts, with the part of their rows that never changes.

    Each account has its own size, rate and trend, so that the marts have something to find.
    """
    first = FIRST_EXPORT - timedelta(days=LOOKBACK_DAYS)
    span = (export_days()[-1] - first).days
    per_account = round(span * POSTS_PER_DAY)
    size = accounts.size * per_account
    account = np.repeat(accounts, per_account)
    minutes = np.sort(random.integers(0, span * 1440, (accounts.size, per_account)), axis=1).ravel()
    views_of = random.lognormal(8.2, 1.0, accounts.size).repeat(per_account)
    trend_of = random.normal(0, 0.15, accounts.size).repeat(per_account)
    months = minutes / 1440 / 30
    views = views_of * random.lognormal(0, 0.5, size)
    rate = np.exp(trend_of * months) * random.lognormal(0, 0.3, size)
    number = random.integers(0, 10**15, size, dtype=np.int64)
    finals = {
        name: views * share * (rate if name in _ENGAGEMENTS else 1)
        for name, share in _METRICS.items()
    }
    stamp = pl.datetime(first.year, first.month, first.day) + pl.duration(minutes=pl.col("minutes"))
    kind = pl.col("number") % 3
    handle = pl.format("creator{}", pl.col("account").cast(pl.String).str.zfill(5))
    published = np.datetime64(first, "ms") + minutes.astype("timedelta64[m]")
    shortcode = meta.shortcodes(published, number)
    frame = pl.DataFrame(
        {"account": account, "minutes": minutes, "number": number, "shortcode": shortcode} | finals
    )
    pacific = stamp.dt.replace_time_zone("UTC").dt.convert_time_zone("America/Los_Angeles")
    return frame.select(
        *_METRICS,
        published_at=stamp,
        head=pl.format(
            '{},{},{},"Creator {}","{}",{},"{}",https://www.instagram.com/p/{}/,"{}",,Lifetime,',
            pl.format("18{}", pl.col("number").cast(pl.String).str.zfill(15)),
            pl.lit(17_841_400_000_000_000) + pl.col("account"),
            handle,
            pl.col("account"),
            _caption(),
            pl.when(kind == 0).then(pl.col("number") % 90).otherwise(0),
            pacific.dt.strftime("%m/%d/%Y %H:%M"),
            "shortcode",
            pl.lit(pl.Series(["IG reel", "IG image", "IG carousel"])).gather(kind),
        ),
    )


def _caption() -> pl.Expr:
    words = pl.lit(pl.Series(_WORDS))
    return pl.concat_str(
        words.gather(pl.col("number") % 8),
        words.gather(pl.col("number") // 8 % 8),
        words.gather(pl.col("number") // 64 % 8),
        pl.lit("\n#kitchen #madpakke 🌿"),
        separator=", ",
    )


def _observe(posts: pl.DataFrame, day: date) -> pl.DataFrame:
    """Give counters on the evening of a day, for posts of the 90 days before."""
    at = pl.datetime(day.year, day.month, day.day, meta.EXPORT_HOUR)
    age = (at - pl.col("published_at")).dt.total_minutes() / 60
    matured = 1 - 0.5 ** (age / MATURATION_HALF_LIFE_HOURS["instagram"])
    return posts.filter(age.is_between(0, LOOKBACK_DAYS * 24, closed="right")).select(
        "head", *((pl.col(name) * matured).floor().cast(pl.Int64) for name in _METRICS)
    )


def _spell(listed: pl.DataFrame) -> bytes:
    lines = listed.select(
        pl.concat_str("head", pl.concat_str(*_METRICS, separator=",")).alias("line")
    )["line"]
    header = meta.table([meta.INSTAGRAM["en"]])
    return header + ("\n".join(lines.to_list()) + "\n").encode()


def _tiktok(folder: Path, number: int, random: np.random.Generator) -> int:
    """Write one account's half year as the two downloads it comes in."""
    days = [TIKTOK_FIRST_DAY + timedelta(days=number) for number in range(TIKTOK_DAYS)]
    labels = [tiktok.label(day, "en") for day in days]
    views = random.lognormal(9, 0.3, TIKTOK_DAYS).astype(np.int64)
    followers = 15_000 + np.cumsum(random.integers(-20, 90, TIKTOK_DAYS))
    overview = pl.DataFrame(
        {
            "Date": labels,
            "Video Views": views,
            "Profile Views": views // 90,
            "Likes": views // 20,
            "Comments": views // 400,
            "Shares": views // 500,
        }
    )
    history = pl.DataFrame(
        {
            "Date": labels,
            "Followers": followers,
            "Difference in followers from previous day": np.diff(followers, prepend=followers[0]),
        }
    )
    target = folder / f"tiktok/dancer{number:05}/{TIKTOK_EXPORT_DAY}"
    target.mkdir(parents=True, exist_ok=True)
    size = 0
    for name, frame in (("Overview", overview), ("FollowerHistory", history)):
        text = frame.write_csv(quote_style="always").removesuffix("\n")
        size += (target / f"{name}.csv").write_bytes(("\ufeff" + text).encode())
        _date(target / f"{name}.csv", TIKTOK_EXPORT_DAY)
    return size


def _date(path: Path, day: date) -> None:
    """Set a file's own time to the evening of its export day."""
    stamp = datetime(day.year, day.month, day.day, meta.EXPORT_HOUR, tzinfo=UTC).timestamp()
    os.utime(path, (stamp, stamp))


def _roster(accounts: int, random: np.random.Generator) -> bytes:
    return (
        pl.DataFrame(
            {
                "platform": "instagram",
                "handle": [f"creator{number:05}" for number in range(accounts)],
                "account_id": [str(17_841_400_000_000_000 + number) for number in range(accounts)],
                "followers": random.lognormal(9.9, 1.0, accounts).astype(np.int64),
                "followers_observed_on": str(AS_OF - timedelta(days=10)),
                "valid_from": "2024-10-01",
            }
        )
        .write_csv()
        .encode()
    )
