"""X account analytics, overview: an account's figures by day of UTC, newest first.

Counts are of what happened on the day, gross: nothing taken back is taken off. X writes a
metric it has no figure for as 0; `Video views` and `Media views` are 0 in every file, so they
are not read. Reposts and shares are two counts: a share leaves through the share menu. The day
of the download is not over, and the next file tells it anew.
"""

import polars as pl

from transforms.cells import parse
from transforms.cells.days import DAY, day_of, with_days
from transforms.export import Clues, Export
from transforms.exports.x import conventions as x
from transforms.vocabulary import read_vocabulary

NAMES = read_vocabulary(__name__)

FIGURES = {
    "impressions": parse.count("impressions"),
    "likes": parse.count("likes"),
    "comments": parse.count("replies"),
    "shares": parse.count("shares"),
    "reposts": parse.count("reposts"),
    "saves": parse.count("bookmarks"),
    "gross_follows": parse.count("new_follows"),
    "lost_follows": parse.count("unfollows"),
    "net_follows": x.net_follows("new_follows", "unfollows"),
    "profile_views": parse.count("profile_visits"),
}


def _days(data: pl.DataFrame, clues: Clues) -> pl.DataFrame:
    return with_days(data, clues.whole, "date")


EXPORT = Export(
    name="x_overview",
    platform="x",
    title="X account analytics, overview, daily",
    vocabulary=NAMES,
    tables=("account_day",),
    columns={"day": day_of("date"), **FIGURES},
    key="date",
    also_required=frozenset({"impressions", "bookmarks", "unfollows"}),
    optional=frozenset({"likes", "replies", "shares", "reposts", "new_follows", "profile_visits"}),
    derive=_days,
    cross_checks=(x.within_engagements("reposts"),),
    days_inside=pl.col(DAY),
    days_covered=pl.col(DAY),
    source="Real export of 2025 and the web client's own code, read 2026-11-23; Portuguese and "
    "Japanese names from public programs and profiles of such files",
    where="X > Premium > Analytics > Overview > Download",
)
