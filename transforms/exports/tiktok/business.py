"""TikTok Business Suite: daily figures of an account, overview or audience.

Two reports of one vocabulary: the overview with its views and reactions, the audience with its
levels. Followers come as net growth, gained and lost, and as a level, which is `--` where it is
not known; `NAN` stands for a missing figure. Days are written `2025/10/31`.
"""

import polars as pl

from transforms.cells import parse
from transforms.cells.days import DAY, day_of
from transforms.export import CrossCheck, Export
from transforms.exports.tiktok.conventions import written_days
from transforms.vocabulary import read_vocabulary

NAMES = read_vocabulary(__name__)

FIGURES = {
    "views": parse.count("views"),
    "reach": parse.count("reached_audience"),
    "profile_views": parse.count("profile_views"),
    "likes_net": parse.signed_count("likes"),
    "comments_net": parse.signed_count("comments"),
    "shares_net": parse.signed_count("shares"),
    "followers": parse.count("followers"),
    "net_follows": parse.signed_count("net_growth"),
    "gross_follows": parse.count("new_followers"),
    "lost_follows": parse.count("lost_followers"),
}


EXPORT = Export(
    name="tiktok_business",
    platform="tiktok",
    title="TikTok Business Suite, daily",
    vocabulary=NAMES,
    tables=("account_day",),
    columns={"day": day_of("date"), **FIGURES},
    cross_checks=(
        CrossCheck(
            name="reach <= views",
            metric="reach",
            said=parse.count("views").value,
            found=parse.count("reached_audience").value,
            is_bound=True,
        ),
    ),
    key="date",
    optional=frozenset(column for parsed in FIGURES.values() for column in parsed.columns),
    one_of=frozenset({"reached_audience", "engaged_audience", "net_growth"}),
    extra="figures",
    derive=written_days,
    settled_by=frozenset({"date"}),
    days_inside=pl.col(DAY),
    days_covered=pl.col(DAY),
    source="Real exports of 2025, read 2026-11-23; Swedish names from a public program that reads "
    "them",
    where="TikTok Business Suite > Analytics > Overview or Audience > Export data",
)
