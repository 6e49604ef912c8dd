"""Google Takeout, YouTube: `videos.csv`, every video of a channel, without a figure.

It has the second of publication, which Studio's reports lack, and lists private and unlisted videos
too. The time of publication is blank for a video that was never public. The channel's id is not
read: Studio's reports have none, and the place of the files tells whose both are.
"""

import polars as pl

from transforms.cells import parse
from transforms.cells.parse import Parsed
from transforms.cells.published import published
from transforms.export import Export
from transforms.vocabulary import read_vocabulary

_MS = 1000
_PUBLISHED = parse.moment("published", "%Y-%m-%dT%H:%M:%S%.f%#z", None)


def _duration() -> Parsed:
    return parse.count("duration").mapped(lambda value: value.cast(pl.Float64) / _MS)


EXPORT = Export(
    name="youtube_takeout_videos",
    platform="youtube",
    title="Google Takeout, YouTube, videos of a channel",
    vocabulary=read_vocabulary(__name__),
    tables=("post",),
    columns={
        "post_id": parse.identifier_within(
            "video_id", r"^\s*([A-Za-z0-9_-]{11})\s*$", "a video id of 11 characters"
        ),
        "caption": parse.text("title"),
        "duration_s": _duration(),
        **published("file_datetime", _PUBLISHED),
    },
    key="video_id",
    also_required=frozenset({"channel_id"}),
    optional=frozenset({"published"}),
    catalogue="complete",
    days_inside=_PUBLISHED.value.dt.date(),
    source="Public programs that read such files, read 2026-11-23: no file was seen",
    where="takeout.google.com > YouTube and YouTube Music > video metadata; keep the zip's name",
)
