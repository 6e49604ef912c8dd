"""YouTube Studio, Advanced mode, Date: `Table data.csv`, and the `Totals.csv` of every report.

One row per day of the channel. Subscribers are gained less lost, except where the card that counts
them was downloaded. A report is cut at 500 rows like any other, which takes whole days out of it. A
file cut by a dimension besides the day (chart data, device, city) is another report, however alike
the header.
"""

import polars as pl

from transforms.cells import not_data
from transforms.cells.days import DAY, day_of, with_days
from transforms.cells.parse import Parsed
from transforms.export import FILLED, Clues, Export
from transforms.exports.youtube import granularity, subscribers
from transforms.exports.youtube.conventions import CAP, DIMENSIONS, FRACTIONS, with_decimal_points
from transforms.exports.youtube.figures import OF_CHANNEL, columns_of
from transforms.shapes.youtube import ByKey, are_days
from transforms.vocabulary import Vocabulary, read_vocabulary

NAMES = read_vocabulary(__name__)

DATE = r"^\s*(?:\d+[-/.](?:\d+|[A-Za-z]{3})[-/.]\d+|\d{4}-\d{2}\s*$)"
"""A day, or the month that stands there where the report is by month."""

FIGURES: dict[str, Parsed] = {
    **OF_CHANNEL,
    "net_follows": subscribers.net_follows(),
    "followers": subscribers.followers(),
}

READ = columns_of(FIGURES)

NOT_LOADED = frozenset(
    {
        "dislikes", "premium_views", "regular_viewers", "casual_viewers", "new_viewers",
        "returning_viewers", "average_views_per_viewer", "stayed_to_watch", "shown_in_feed",
        "viewers_28_days", "not_loaded",
    }
)  # fmt: skip


def _days(data: pl.DataFrame, clues: Clues) -> pl.DataFrame:
    return subscribers.with_meaning(with_days(data, clues.whole, "date"), DAY)


def declared(names: Vocabulary) -> Export:
    """Declare the export with these names."""
    return Export(
        name="youtube_date",
        platform="youtube",
        title="YouTube Studio date report, Table data or Totals",
        vocabulary=names,
        declared=declared,
        tables=("account_day",),
        columns={"day": day_of("date"), **FIGURES},
        key="date",
        optional=READ,
        one_of=READ,
        forbidden=DIMENSIONS
        | {"content", "video_title", "published", "duration", "foreign_metric"},
        common=frozenset({"date", "views", "impressions", "likes", "comments", "shares"}),
        extra="figures",
        key_like=DATE,
        not_data=(not_data.total_row("date", names), not_data.footer("date", DATE, CAP)),
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
        source="Real exports of 2020 to 2026, read 2026-11-23; YouTube Help, 'Limited data in "
        "YouTube Analytics' (support.google.com/youtube/answer/9101241)",
        where="YouTube Studio > Analytics > Advanced mode > Date > Export current view > CSV; "
        "keep the zip's name",
    )


EXPORT = declared(NAMES)
