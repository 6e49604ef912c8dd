"""TikTok, `Last 60 days.csv`: daily figures of an account as the site gave them in 2021.

Views, followers and profile views in one file, days in ISO form. `Difference in followers from
previous day` is recognised and not loaded, as in the follower history of today.
"""

import polars as pl

from transforms.cells import parse
from transforms.cells.days import DAY, day_of
from transforms.export import Export
from transforms.exports.tiktok.conventions import written_days
from transforms.vocabulary import read_vocabulary

NAMES = read_vocabulary(__name__)


EXPORT = Export(
    name="tiktok_last_days",
    platform="tiktok",
    title="TikTok analytics of 2021, daily",
    vocabulary=NAMES,
    tables=("account_day",),
    columns={
        "day": day_of("date"),
        "views": parse.count("views"),
        "followers": parse.count("followers"),
        "profile_views": parse.count("profile_views"),
    },
    key="date",
    also_required=frozenset({"difference"}),
    extra="figures",
    derive=written_days,
    settled_by=frozenset({"date"}),
    days_inside=pl.col(DAY),
    days_covered=pl.col(DAY),
    source="Real export of 2021, read 2026-11-23",
    where="no longer offered: TikTok Studio > Analytics > Overview and Followers hold the same",
)
