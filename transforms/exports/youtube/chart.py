"""YouTube Studio, Advanced mode: Chart data of videos that show a metric no table has.

Known, archived, not loaded; the other charts are `content_days` and `breakdown_days`.
"""

from transforms.export import Export
from transforms.exports.youtube.conventions import DIMENSIONS
from transforms.vocabulary import read_vocabulary

NAMES = read_vocabulary(__name__)

EXPORT = Export(
    name="youtube_chart",
    platform="youtube",
    title="YouTube Studio content report, Chart data of a metric that is not loaded",
    vocabulary=NAMES,
    tables=(),
    columns={},
    kept="YouTube Studio chart data of videos, of a figure that no column holds: known, and no "
    "table is filled from it",
    key="date",
    grain=frozenset({"content", "video_title"}),
    one_of=frozenset({"video_title"}),
    forbidden=DIMENSIONS,
    extra="figures",
    source="Real exports of 2020 to 2026, read 2026-11-23",
    where="YouTube Studio > Analytics > Advanced mode > Export current view > CSV",
)
