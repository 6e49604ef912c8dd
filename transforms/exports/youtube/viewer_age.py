"""YouTube Studio, Advanced mode, Viewer age: share of views by age of the viewer.

Percentages of the views of signed-in viewers whose age is known; no file seen has a Total row.
Bands with too few viewers are left out. The period stands in the zip's name alone.
"""

from transforms.cells import not_data, segments
from transforms.export import Export
from transforms.exports.youtube.conventions import DIMENSIONS
from transforms.shapes.cells import is_age_band
from transforms.shapes.youtube import ByKey, all_are
from transforms.shares import Distribution, percentage
from transforms.vocabulary import Vocabulary, read_vocabulary

NAMES = read_vocabulary(__name__)


def declared(names: Vocabulary) -> Export:
    """Declare the export with these names."""
    return Export(
        name="youtube_viewer_age",
        platform="youtube",
        title="YouTube Studio viewer age, Table data",
        vocabulary=names,
        declared=declared,
        **Distribution(
            basis="views",
            dimension="age",
            segment=segments.age("viewer_age"),
            figure=percentage("views_share"),
            not_data=(not_data.total_row("viewer_age", names),),
        ).fields(),
        key="viewer_age",
        forbidden=DIMENSIONS - {"viewer_age"} | {"date", "content", "video_title"},
        period="figures",
        shape=ByKey(key="viewer_age", are_keys=all_are(is_age_band), figure="views_share"),
        source="Real exports of 2023 and 2024, read 2026-11-23; YouTube Help, 'Limited data in "
        "YouTube Analytics' (support.google.com/youtube/answer/9101241)",
        where="YouTube Studio > Analytics > Advanced mode > Viewer age > Export current view > "
        "CSV; keep the zip's name",
    )


EXPORT = declared(NAMES)
