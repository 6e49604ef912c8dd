"""YouTube Studio, Advanced mode, Date: `Table data.csv`, and the `Totals.csv` of every report.

One row per day of the channel. Subscribers are gained less lost, except where the card that counts
them was downloaded. A report is cut at 500 rows like any other, which takes whole days out of it. A
file cut by a dimension besides the day (chart data, device, city) is another report, however alike
the header.
"""

import polars as pl

from transforms.cells import not_data, parse
from transforms.cells.days import DAY, day_of, with_days
from transforms.cells.money import revenue
from transforms.cells.parse import Parsed
from transforms.export import FILLED, Clues, Export
from transforms.exports.youtube import granularity, subscribers
from transforms.exports.youtube.conventions import CAP, DIMENSIONS, FRACTIONS, with_decimal_points
from transforms.shapes.youtube import ByKey, are_days
from transforms.vocabulary import read_vocabulary

NAMES = read_vocabulary(__name__)

DATE = r"^\s*\d+[-/.](?:\d+|[A-Za-z]{3})[-/.]\d+"

FIGURES: dict[str, Parsed] = {
    "views": parse.count("views"),
    "engaged_views": parse.count("engaged_views"),
    "impressions": parse.count("impressions"),
    "impressions_ctr_share": parse.percent_share("impressions_ctr"),
    "unique_viewers": parse.count("unique_viewers"),
    "likes_net": parse.signed_count("likes"),
    "comments_net": parse.signed_count("comments"),
    "shares_net": parse.signed_count("shares"),
    "gross_follows": parse.count("subscribers_gained"),
    "lost_follows": parse.count("subscribers_lost"),
    "net_follows": subscribers.net_follows(),
    "followers": subscribers.followers(),
    "watch_time_s": parse.hours_as_s("watch_time"),
    "average_view_duration_s": parse.duration_hms_s("average_view_duration"),
    "average_viewed_share": parse.percent_share("average_viewed"),
    **revenue("revenue"),
}

READ = frozenset(column for parsed in FIGURES.values() for column in parsed.columns)

NOT_LOADED = frozenset(
    {
        "dislikes", "premium_views", "regular_viewers", "casual_viewers", "new_viewers",
        "returning_viewers", "average_views_per_viewer", "stayed_to_watch", "shown_in_feed",
        "viewers_28_days", "not_loaded",
    }
)  # fmt: skip


def _days(data: pl.DataFrame, clues: Clues) -> pl.DataFrame:
    return subscribers.with_meaning(with_days(data, clues.whole, "date"), DAY)


EXPORT = Export(
    name="youtube_date",
    platform="youtube",
    title="YouTube Studio date report, Table data or Totals",
    vocabulary=NAMES,
    tables=("account_day",),
    columns={"day": day_of("date"), **FIGURES},
    key="date",
    optional=READ,
    one_of=READ,
    forbidden=DIMENSIONS | {"content", "video_title", "published", "duration", "foreign_metric"},
    common=frozenset({"date", "views", "impressions", "likes", "comments", "shares"}),
    extra="figures",
    key_like=DATE,
    not_data=(not_data.total_row("date", NAMES), not_data.footer("date", DATE, CAP)),
    cap=CAP,
    shape=ByKey(key="date", are_keys=are_days, figure="views"),
    repair=with_decimal_points,
    settled_by=frozenset({*FRACTIONS, "date", "subscribers", FILLED}),
    derive=_days,
    refusal=subscribers.unclear,
    refuses="a file of days and subscribers alone that never fall and hardly change: how many "
    "there are, or how many came less how many left",
    keeping=granularity.by_week_or_month,
    keeps="days that lie as the first days of weeks or months do",
    days_inside=pl.col(DAY),
    days_covered=pl.col(DAY),
    source="Real exports of 2020 to 2026, read 2026-11-23; YouTube Help, 'Limited data in YouTube "
    "Analytics' (support.google.com/youtube/answer/9101241)",
    where="YouTube Studio > Analytics > Advanced mode > Date > Export current view > CSV; "
    "keep the zip's name",
)
