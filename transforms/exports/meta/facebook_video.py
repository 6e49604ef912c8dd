"""Meta Business Suite, content export of Facebook pages, level Video: one row per video.

Each row holds seconds viewed, the audience retention at 41 intervals, and views by country and by
age and gender. A video has an id of its own here, `Video asset ID`, which is not that of the post
it is part of, and no link: filled into the tables of posts, each would count twice. The export of
level Post has the same videos under the ids of their posts, with seconds viewed too.
"""

from transforms.export import Export
from transforms.vocabulary import read_vocabulary

NAMES = read_vocabulary(__name__)

EXPORT = Export(
    name="facebook_video",
    platform="facebook",
    title="Meta Business Suite content export, Facebook, level Video",
    vocabulary=NAMES,
    tables=(),
    columns={},
    kept="figures of videos under {key}, which is not the id of their posts, so that they would "
    "count twice: known, and no table is filled from it. Export the content at level Post",
    key="video_asset_id",
    also_required=frozenset({"page_id", "published"}),
    source="Real export of 2025, read 2026-11-23",
    where="Meta Business Suite > Insights > Content > Export data, level Video",
)
