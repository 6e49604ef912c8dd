"""YouTube Studio, Advanced mode, Viewer age: share of views by age of the viewer.

Percentages of the views of signed-in viewers whose age is known; no Total row. Bands with too
few viewers are left out. The period stands in the zip's name alone.
"""

from transforms.cells import segments
from transforms.export import Export
from transforms.shares import Distribution, percentage
from transforms.vocabulary import read_vocabulary
from transforms.youtube import DIMENSIONS

NAMES = read_vocabulary(__name__)

EXPORT = Export(
    name="youtube_viewer_age",
    platform="youtube",
    title="YouTube Studio viewer age, Table data",
    vocabulary=NAMES,
    **Distribution(
        basis="views",
        dimension="age",
        segment=segments.age("viewer_age"),
        figure=percentage("views_share"),
    ).fields(),
    key="viewer_age",
    forbidden=DIMENSIONS - {"viewer_age"} | {"date", "content", "video_title"},
    period="figures",
    source="Real exports of 2023 and 2024, read 2026-11-23; YouTube Help, 'Limited data in YouTube "
    "Analytics' (support.google.com/youtube/answer/9101241)",
    where="YouTube Studio > Analytics > Advanced mode > Viewer age > Export current view > CSV; "
    "keep the zip's name",
)
