"""TikTok Studio, Followers, `FollowerHistory.csv`: followers of an account per day.

`Difference in followers from previous day` is kept as evidence only: in some exports it is this
day less the day before, in others the next day less this one with 0 on the last row (both seen
on real files of one account), so a sum of it is off by a day. The latter marks an export whose
days are labelled one too early, see transforms/core/day_labels.py. It follows from the level.
A file of an account with too few followers has a header and no rows.
"""

import polars as pl

from transforms.cells import parse
from transforms.cells.days import DAY, day_of
from transforms.export import Export
from transforms.exports.tiktok.conventions import yearless_days
from transforms.vocabulary import read_vocabulary

NAMES = read_vocabulary(__name__)


EXPORT = Export(
    name="tiktok_follower_history",
    platform="tiktok",
    title="TikTok Studio follower history, daily",
    vocabulary=NAMES,
    tables=("account_day",),
    columns={
        "day": day_of("date"),
        "followers": parse.count("followers"),
        "followers_difference": parse.signed_count("difference"),
    },
    key="date",
    forbidden=frozenset({"legacy_overview"}),
    extra="figures",
    derive=yearless_days,
    settled_by=frozenset({"date"}),
    yearless=True,
    days_inside=pl.col(DAY),
    days_covered=pl.col(DAY),
    source="Real exports of 2022 and 2026, read 2026-11-23; TikTok Creator Academy, 'Introduction "
    "to analytics' (tiktok.com/creator-academy/en/article/tool-analytics-intro)",
    where="TikTok Studio > Analytics > Followers > Download data; keep the zip's name",
)
