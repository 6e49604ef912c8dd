"""YouTube Studio, Advanced mode: Chart data, what the chart above a report shows.

One figure per day of the few countries, sources or other segments that were selected, in every
zip beside the Table data; known, archived, not loaded. A chart of videos is `content_days`, except
where it shows a metric that no table has.
"""

from transforms.export import Export
from transforms.exports.youtube.conventions import DIMENSIONS
from transforms.vocabulary import read_vocabulary

NAMES = read_vocabulary(__name__)

EXPORT = Export(
    name="youtube_chart",
    platform="youtube",
    title="YouTube Studio Chart data",
    vocabulary=NAMES,
    tables=(),
    columns={},
    kept="YouTube Studio chart data, one figure per day of what was selected in the chart: known, "
    "and no table is filled from it",
    key="date",
    grain=DIMENSIONS | {"content", "video_title"},
    one_of=DIMENSIONS | {"video_title"},
    extra="figures",
    source="Real exports of 2020 to 2026, read 2026-11-23",
    where="YouTube Studio > Analytics > Advanced mode > Export current view > CSV",
)
