"""YouTube Studio, Advanced mode, Content: `Chart data.csv` by day, one row per video and day.

What the chart above the report shows: the metric it was set to, of the few videos that were
selected, on every day of the period, also before they were published. It has no Total row, no
footer, and never adds up to the channel. Where nothing was shown or watched on a day, Studio fills
a mean or a rate with 0, where the Table data are blank (real files of 2026, read 2026-11-23).
"""

from datetime import date

import polars as pl

from transforms.cells.days import DAY, day_of, with_days
from transforms.cells.published import published
from transforms.export import Clues, Export
from transforms.exports.youtube import content, granularity
from transforms.exports.youtube.conventions import DIMENSIONS, with_decimal_points
from transforms.exports.youtube.figures import charted, columns_of
from transforms.shapes.cells import is_anything, is_day, is_english_day, is_video_id
from transforms.shapes.youtube import ByKey, all_are
from transforms.vocabulary import read_vocabulary

NAMES = read_vocabulary(__name__)

PUBLISHED_DAY = "_published_day"
VIDEO_ID = r'^\s*(?:=")?[A-Za-z0-9_-]{11}"?\s*$'
MOST_RECORDS = 100_000
"""A chart of some ten videos over all days of YouTube has fewer."""

FIGURES = charted(content.FIGURES)
CHARTED = columns_of(FIGURES) - {"duration"}


def _keeping(data: pl.DataFrame, period: tuple[date, date] | None) -> str | None:
    return granularity.not_by_day(data, period, sorted(CHARTED))


def _with_days(data: pl.DataFrame, clues: Clues) -> pl.DataFrame:
    dated = with_days(data, clues.whole, "published", PUBLISHED_DAY)
    return with_days(dated, data, "date")


EXPORT = Export(
    name="youtube_content_days",
    platform="youtube",
    title="YouTube Studio content report, Chart data by day",
    vocabulary=NAMES,
    tables=("post", "post_day"),
    columns={
        "post_id": content.POST_ID,
        "day": day_of("date"),
        "caption": content.CAPTION,
        **published("file_day", day_of("published", PUBLISHED_DAY)),
        **FIGURES,
    },
    key="content",
    grain=frozenset({"date"}),
    key_like=VIDEO_ID,
    least_key_share=0.5,
    also_required=frozenset({"video_title"}),
    optional=CHARTED | {"published", "duration"},
    one_of=CHARTED,
    forbidden=DIMENSIONS,
    extra="figures",
    catalogue="top",
    shape=ByKey(
        key="date",
        are_keys=all_are(is_day),
        figure="views",
        beside={"content": is_video_id, "video_title": is_anything, "published": is_english_day},
        most_records=MOST_RECORDS,
    ),
    repair=with_decimal_points,
    derive=_with_days,
    keeping=_keeping,
    keeps="charts of videos that are not certainly by day: by week or month, with days left out, "
    "of one or two days that no zip's name confirms, or saved from a spreadsheet so that nothing "
    "tells which number is the month",
    days_inside=pl.col(DAY),
    days_covered=pl.col(DAY),
    source="Real exports of 2020 to 2026, read 2026-11-23",
    where="YouTube Studio > Analytics > Advanced mode > Content > chart set to Daily > Export "
    "current view > CSV; keep the zip's name",
)
