"""YouTube Studio, days of figures that fill no column: viewers new, casual, regular, and the like.

The cards of the Audience tab download as files of days and such figures alone; viewers of 28 days
are counted anew each day and cannot be added up. Known, archived, not loaded.
"""

from transforms.export import Export
from transforms.exports.youtube.conventions import DIMENSIONS
from transforms.exports.youtube.date import DATE, NOT_LOADED, READ
from transforms.vocabulary import read_vocabulary

EXPORT = Export(
    name="youtube_viewers",
    platform="youtube",
    title="YouTube Studio days of viewers and other figures that are not loaded",
    vocabulary=read_vocabulary("transforms.exports.youtube.date"),
    tables=(),
    columns={},
    kept="YouTube Studio figures by {key} that no column holds, such as viewers of 28 days: known, "
    "and no table is filled from them",
    key="date",
    one_of=NOT_LOADED,
    forbidden=DIMENSIONS
    | READ
    | {"content", "video_title", "published", "duration", "foreign_metric"},
    key_like=DATE,
    source="Real exports of 2024 and 2025, read 2026-11-23",
    where="YouTube Studio > Analytics > Audience > a card > Export; or Advanced mode > Date",
)
