"""YouTube Studio, Advanced mode, Subscription status: views of subscribers and of others.

Studio counts a view as a subscriber's when the viewer was subscribed while watching. The period
stands in the zip's name alone.
"""

from transforms.cells import not_data, segments
from transforms.export import Export
from transforms.exports.youtube.conventions import DIMENSIONS
from transforms.shares import Distribution, count
from transforms.vocabulary import Vocabulary, read_vocabulary

NAMES = read_vocabulary(__name__)


def declared(names: Vocabulary) -> Export:
    """Declare the export with these names."""
    return Export(
        name="youtube_subscription_status",
        platform="youtube",
        title="YouTube Studio subscription status, Table data",
        vocabulary=names,
        declared=declared,
        **Distribution(
            basis="views",
            dimension="subscription",
            segment=segments.worded("subscription_status", names, ("subscribed", "not_subscribed")),
            figure=count("views"),
            not_data=(not_data.total_row("subscription_status", names),),
        ).fields(),
        key="subscription_status",
        forbidden=DIMENSIONS - {"subscription_status"} | {"date", "content", "video_title"},
        period="figures",
        source="Real exports of 2024, read 2026-11-23; YouTube Help, 'Limited data in YouTube "
        "Analytics' (support.google.com/youtube/answer/9101241)",
        where="YouTube Studio > Analytics > Advanced mode > Subscription status > Export current "
        "view > CSV; keep the zip's name",
    )


EXPORT = declared(NAMES)
