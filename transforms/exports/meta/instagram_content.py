"""Meta Business Suite, content export of Instagram, one row per post, figures since publication.

A collaboration is listed by the export of every partner: the row's own account is the owner,
and reach and follows are blank on the rows of others. The metrics and their order differ from
one download to the next: stories have clicks on their links, and neither comments nor saves.
"""

from transforms.cells import parse
from transforms.cells.parse import Parsed
from transforms.cells.published import published
from transforms.export import Export
from transforms.exports.meta import content as meta
from transforms.vocabulary import Vocabulary, read_vocabulary

NAMES = read_vocabulary(__name__)

COLUMNS: dict[str, Parsed] = {
    "post_id": meta.post_id(),
    "account_ref": parse.identifier("account_id"),
    "account_handle": parse.handle("username"),
    "account_name": parse.text("account_name"),
    **published("file_datetime", meta.PUBLISHED),
    "caption": parse.text("description"),
    "url": parse.text("permalink"),
    "duration_s": parse.seconds("duration"),
    "views": parse.count("views"),
    "impressions": parse.count("impressions"),
    "reach": parse.count("reach"),
    "likes": parse.count("likes"),
    "comments": parse.count("comments"),
    "shares": parse.count("shares"),
    "saves": parse.count("saves"),
    "follows": parse.count("follows"),
    "link_clicks": parse.count("link_clicks"),
}

FIGURES = frozenset(
    {
        "views", "impressions", "reach", "likes", "comments", "shares", "saves", "follows",
        "link_clicks",
    }
)  # fmt: skip


def declared(names: Vocabulary) -> Export:
    """Declare the export with these names."""
    return Export(
        name="instagram_content",
        platform="instagram",
        title="Meta Business Suite content export, Instagram",
        vocabulary=names,
        declared=declared,
        tables=("post", "post_lifetime"),
        columns={**COLUMNS, "format": meta.format_of(names)},
        key="post_id",
        also_required=frozenset({"account_id", "post_id", "post_type", "published"}),
        optional=FIGURES
        | {
            "username",
            "account_name",
            "duration",
            "description",
            "permalink",
            "data_comment",
            "date",
        },
        one_of=FIGURES,
        cross_checks=(meta.REACH_WITHIN_VIEWS,),
        catalogue="complete",
        refusal=meta.refusal(names),
        refuses=meta.REFUSED,
        settled_by=meta.REFUSED_BY,
        checks=(meta.not_lifetime(names), meta.of_a_post()),
        repair=meta.as_downloaded,
        days_inside=meta.PUBLISHED_DAY,
        source="Real exports of 2025 and 2026, read 2026-11-23; Meta Business Help Centre, 'Export "
        "insights from Meta Business Suite' (not reachable on that day)",
        where="Meta Business Suite > Insights > Content > Export data, level Post, Lifetime",
    )


EXPORT = declared(NAMES)
