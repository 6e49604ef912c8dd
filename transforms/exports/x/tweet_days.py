"""Twitter Analytics, tweet activity by day: what analytics.twitter.com gave until 2023.

What an account's tweets earned on each day without payment. `follows` and `user profile clicks`
are those that came through a tweet, not all of the day's: neither is read as such.
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
    "reposts": parse.count("retweets"),
    "link_clicks": parse.count("url_clicks"),
}


def _days(data: pl.DataFrame, clues: Clues) -> pl.DataFrame:
    return with_days(data, clues.whole, "date")


EXPORT = Export(
    name="x_tweet_days",
    platform="x",
    title="Twitter Analytics, activity by day",
    vocabulary=NAMES,
    tables=("account_day",),
    columns={"day": day_of("date"), **FIGURES},
    key="date",
    also_required=frozenset({"tweets_published", "impressions", "retweets"}),
    optional=frozenset({"likes", "replies", "url_clicks"}),
    derive=_days,
    cross_checks=(x.within_engagements("retweets"),),
    days_inside=pl.col(DAY),
    days_covered=pl.col(DAY),
    source="Public lessons and programs that print such files with their names, read 2026-11-23",
    where="analytics.twitter.com > Tweets > Export data > By day, gone since 2023",
)
