"""Meta Business Suite, content export of Facebook pages, one row per post, since publication.

The caption stands in `Title` or in `Description`. `Views` can occur twice; in the set of video
metrics it is 0 for photos that were seen: there 0 means not available. Rows can be shorter than
the header, and a row that Meta could not compute has its id only in a message.
"""

import polars as pl

from transforms.cells import parse
from transforms.cells.money import revenue
from transforms.cells.parse import Parsed
from transforms.cells.published import published
from transforms.export import CrossCheck, Export
from transforms.exports.meta import content as meta
from transforms.vocabulary import Vocabulary, read_vocabulary

NAMES = read_vocabulary(__name__)

_SEEN_BUT_NOT_VIEWED = (parse.count("views").value == 0) & (parse.count("reach").value > 0)


def _views() -> Parsed:
    views = parse.count("views")
    told = pl.when(~_SEEN_BUT_NOT_VIEWED.fill_null(value=False)).then(views.value)
    return Parsed(("views", "reach"), told, views.failed, views.rule)


def _caption() -> Parsed:
    title, description = parse.text("title"), parse.text("description")
    value = pl.coalesce(title.value, description.value)
    return Parsed(("title", "description"), value, pl.lit(value=False), title.rule)


COLUMNS: dict[str, Parsed] = {
    "post_id": meta.post_id(),
    "account_ref": parse.identifier("page_id"),
    "account_name": parse.text("page_name"),
    **published("file_datetime", meta.PUBLISHED),
    "caption": _caption(),
    "url": parse.text("permalink"),
    "duration_s": parse.seconds("duration"),
    "views": _views(),
    "impressions": parse.count("impressions"),
    "reach": parse.count("reach"),
    "reactions": parse.count("reactions"),
    "comments": parse.count("comments"),
    "shares": parse.count("shares"),
    "reactions_comments_shares": parse.count("reactions_comments_shares"),
    "clicks": parse.count("clicks"),
    "link_clicks": parse.count("link_clicks"),
    "watch_time_s": parse.seconds("seconds_viewed"),
    "average_view_duration_s": parse.seconds("average_seconds_viewed"),
    **revenue("earnings"),
}

FIGURES = frozenset(
    {
        "views", "impressions", "reach", "reactions", "comments", "shares",
        "reactions_comments_shares", "clicks", "link_clicks", "seconds_viewed",
        "average_seconds_viewed", "earnings",
    }
)  # fmt: skip

_OWN_SUM = CrossCheck(
    name="reactions + comments + shares = their sum",
    metric="reactions_comments_shares",
    said=parse.count("reactions_comments_shares").value,
    found=parse.count("reactions").value
    + parse.count("comments").value
    + parse.count("shares").value,
)


def declared(names: Vocabulary) -> Export:
    """Declare the export with these names."""
    return Export(
        name="facebook_content",
        platform="facebook",
        title="Meta Business Suite content export, Facebook",
        vocabulary=names,
        declared=declared,
        tables=("post", "post_lifetime"),
        columns={**COLUMNS, "format": meta.format_of(names)},
        key="post_id",
        also_required=frozenset({"page_id", "post_id", "post_type", "published"}),
        optional=FIGURES
        | {"page_name", "title", "description", "duration", "permalink", "data_comment", "date"},
        one_of=FIGURES,
        cross_checks=(meta.REACH_WITHIN_VIEWS, _OWN_SUM),
        catalogue="complete",
        refusal=meta.refusal(names),
        refuses=meta.REFUSED,
        settled_by=meta.REFUSED_BY,
        checks=(meta.not_lifetime(names), meta.of_a_post()),
        repair=meta.as_downloaded,
        contradictions={"views": _SEEN_BUT_NOT_VIEWED},
        days_inside=meta.PUBLISHED_DAY,
        source="Two real exports of 2025, read 2026-11-23; Meta Business Help Centre, 'Export "
        "insights from Meta Business Suite' (not reachable on that day)",
        where="Meta Business Suite > Insights > Content > Export data, level Post, Lifetime",
    )


EXPORT = declared(NAMES)
