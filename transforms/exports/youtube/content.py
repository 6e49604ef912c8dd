"""YouTube Studio, Advanced mode, Content: `Table data.csv`, one row per video, of a period.

The period stands in the zip's name alone. The list ends at 500 videos, with a footer; the Total
row counts what the list leaves out, deleted videos and channel-level subscribers. Ids that start
with `-` have a space before them. Likes, dislikes, comments and shares are less those taken back,
and negative where more were taken back within the period than given (a real file of 2026, read
2026-11-23). The publish day is English whatever the language, and blank where Studio does not know
it. Columns and their order are the user's choice.
"""

import polars as pl

from transforms.cells import not_data, parse
from transforms.cells.days import DAY, day_of, with_days
from transforms.cells.money import revenue
from transforms.cells.parse import Parsed
from transforms.cells.published import published
from transforms.export import Clues, Export
from transforms.exports.youtube.conventions import CAP, DIMENSIONS, FRACTIONS, with_decimal_points
from transforms.exports.youtube.figures import columns_of
from transforms.shapes.cells import is_anything, is_english_day, is_video_id
from transforms.shapes.youtube import ByKey, all_are
from transforms.vocabulary import Vocabulary, read_vocabulary

NAMES = read_vocabulary(__name__)

VIDEO_ID = r"^[A-Za-z0-9_-]+$"

POST_ID = parse.identifier_within(
    "content", r'^(?:=")?([A-Za-z0-9_-]{11,})"?$', "a video id of 11 characters"
)
CAPTION = parse.text("video_title")

FIGURES: dict[str, Parsed] = {
    "duration_s": parse.seconds("duration"),
    "views": parse.count("views"),
    "engaged_views": parse.count("engaged_views"),
    "impressions": parse.count("impressions"),
    "impressions_ctr_share": parse.percent_share("impressions_ctr"),
    "unique_viewers": parse.count("unique_viewers"),
    "likes": parse.signed_count("likes"),
    "dislikes": parse.signed_count("dislikes"),
    "comments": parse.signed_count("comments"),
    "shares": parse.signed_count("shares"),
    "follows": parse.count("subscribers_gained"),
    "net_follows": parse.signed_count("subscribers"),
    "watch_time_s": parse.hours_as_s("watch_time"),
    "average_view_duration_s": parse.duration_hms_s("average_view_duration"),
    "average_viewed_share": parse.percent_share("average_viewed"),
    **revenue("revenue"),
}


def _publish_days(data: pl.DataFrame, clues: Clues) -> pl.DataFrame:
    return with_days(data, clues.whole, "published")


def declared(names: Vocabulary) -> Export:
    """Declare the export with these names."""
    return Export(
        name="youtube_content",
        platform="youtube",
        title="YouTube Studio content report, Table data",
        vocabulary=names,
        declared=declared,
        tables=("post", "post_period"),
        columns={
            "post_id": POST_ID,
            "caption": CAPTION,
            **published("file_day", day_of("published")),
            **FIGURES,
        },
        key="content",
        optional=columns_of(FIGURES) | {"published"},
        one_of=columns_of(FIGURES) - {"duration"},
        forbidden=DIMENSIONS | {"date"},
        extra="figures",
        not_data=(not_data.total_row("content", names), not_data.footer("content", VIDEO_ID, CAP)),
        catalogue="complete",
        cap=CAP,
        shape=ByKey(
            key="content",
            are_keys=all_are(is_video_id),
            figure="views",
            beside={"video_title": is_anything, "published": is_english_day},
        ),
        repair=with_decimal_points,
        settled_by=frozenset({*FRACTIONS, "published"}),
        channel_level=frozenset({"follows", "net_follows"}),
        period="figures",
        derive=_publish_days,
        days_inside=pl.col(DAY),
        source="Real exports of 2020 to 2026, read 2026-11-23; YouTube Help, 'Limited data in "
        "YouTube Analytics' (support.google.com/youtube/answer/9101241)",
        where="YouTube Studio > Analytics > Advanced mode > Content > Export current view > CSV; "
        "keep the zip's name",
    )


EXPORT = declared(NAMES)
