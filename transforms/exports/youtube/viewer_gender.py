"""YouTube Studio, Advanced mode, Viewer gender: share of views by gender of the viewer.

Percentages of the views of signed-in viewers whose gender is known; no file seen has a Total
row. A gender in the viewer's own words is `User-specified`. The period stands in the zip's name
alone.
"""

from transforms.cells import not_data, segments
from transforms.export import Export
from transforms.exports.youtube.conventions import DIMENSIONS
from transforms.shapes.youtube import ByKey, are_genders
from transforms.shares import Distribution, percentage
from transforms.vocabulary import Vocabulary, read_vocabulary

NAMES = read_vocabulary(__name__)


def declared(names: Vocabulary) -> Export:
    """Declare the export with these names."""
    return Export(
        name="youtube_viewer_gender",
        platform="youtube",
        title="YouTube Studio viewer gender, Table data",
        vocabulary=names,
        declared=declared,
        **Distribution(
            basis="views",
            dimension="gender",
            segment=segments.worded("viewer_gender", names, ("female", "male", "other")),
            figure=percentage("views_share"),
            not_data=(not_data.total_row("viewer_gender", names),),
        ).fields(),
        key="viewer_gender",
        forbidden=DIMENSIONS - {"viewer_gender"} | {"date", "content", "video_title"},
        period="figures",
        shape=ByKey(key="viewer_gender", are_keys=are_genders, figure="views_share"),
        source="Real exports of 2024, read 2026-11-23; YouTube Help, 'Limited data in YouTube "
        "Analytics' (support.google.com/youtube/answer/9101241)",
        where="YouTube Studio > Analytics > Advanced mode > Viewer gender > Export current view > "
        "CSV; keep the zip's name",
    )


EXPORT = declared(NAMES)
