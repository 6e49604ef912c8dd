"""YouTube Studio, Advanced mode: Table data cut by a dimension that fills no table.

Traffic source, device type, operating system, content type, subscription source and the like:
known, archived, not loaded.
"""

from transforms.cells import not_data, parse
from transforms.export import Export
from transforms.vocabulary import read_vocabulary

NAMES = read_vocabulary(__name__)

EXPORT = Export(
    name="youtube_breakdown",
    platform="youtube",
    title="YouTube Studio report by traffic source, device type and the like",
    vocabulary=NAMES,
    tables=(),
    columns={},
    compared={
        "views": parse.count("views"),
        "engaged_views": parse.count("engaged_views"),
        "impressions": parse.count("impressions"),
        "net_follows": parse.signed_count("subscribers"),
        "watch_time_s": parse.hours_as_s("watch_time"),
    },
    not_data=(not_data.total_row("other_dimension", NAMES),),
    kept="YouTube Studio figures by {key}: known, and no table is filled from them",
    key="other_dimension",
    one_of=frozenset(
        {"views", "engaged_views", "watch_time", "subscribers", "impressions", "shares", "revenue"}
    ),
    forbidden=frozenset({"date"}),
    extra="figures",
    source="Real exports of 2024, read 2026-11-23; YouTube Help, 'Limited data in YouTube "
    "Analytics' (support.google.com/youtube/answer/9101241)",
    where="YouTube Studio > Analytics > Advanced mode > a dimension > Export current view > CSV",
)
