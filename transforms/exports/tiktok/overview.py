"""TikTok Studio, Overview, daily figures of an account (the form of 2024 and later).

A day has no year; only the zip's name holds one. Likes, comments and shares are net: a day on
which more were taken back than given is negative. `undefined` means not reported. The Business
Suite's daily export has the same metrics and more, in another schema: it is not this one.
"""

import polars as pl

from transforms.cells import parse
from transforms.cells.days import DAY, day_of
from transforms.export import Export
from transforms.exports.tiktok.conventions import yearless_days
from transforms.vocabulary import read_vocabulary

NAMES = read_vocabulary(__name__)


EXPORT = Export(
    name="tiktok_overview",
    platform="tiktok",
    title="TikTok Studio overview, daily",
    vocabulary=NAMES,
    tables=("account_day",),
    columns={
        "day": day_of("date"),
        "views": parse.count("views"),
        "profile_views": parse.count("profile_views"),
        "likes_net": parse.signed_count("likes"),
        "comments_net": parse.signed_count("comments"),
        "shares_net": parse.signed_count("shares"),
    },
    key="date",
    forbidden=frozenset({"business_suite"}),
    extra="figures",
    derive=yearless_days,
    settled_by=frozenset({"date"}),
    yearless=True,
    days_inside=pl.col(DAY),
    days_covered=pl.col(DAY),
    source="Real exports of 2022 and 2026, read 2026-11-23; TikTok Creator Academy, 'Introduction "
    "to analytics' (tiktok.com/creator-academy/en/article/tool-analytics-intro)",
    where="TikTok Studio > Analytics > Overview > Download data; keep the zip's name",
)
