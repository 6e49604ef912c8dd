"""X account analytics, content: an account's posts and replies, figures since publication.

Never the reposts of others; replies only where they were asked for. Text is cut at about 280
characters and holds no line breaks. Rows whose link ends in `undefined` are no posts. X gives
at most 1,000 rows.
"""

from transforms.cells import parse
from transforms.export import Export
from transforms.exports.x import conventions as x
from transforms.vocabulary import read_vocabulary

NAMES = read_vocabulary(__name__)

FIGURES = {
    "impressions": parse.count("impressions"),
    "likes": parse.count("likes"),
    "comments": parse.count("replies"),
    "shares": parse.count("shares"),
    "reposts": parse.count("reposts"),
    "saves": parse.count("bookmarks"),
    "follows": parse.count("new_follows"),
    "link_clicks": parse.count("url_clicks"),
}

EXPORT = Export(
    name="x_content",
    platform="x",
    title="X account analytics, content",
    vocabulary=NAMES,
    tables=("post", "post_lifetime"),
    columns={**x.post("post_id", "link"), "caption": x.caption("text"), **FIGURES},
    key="link",
    key_like=x.LINK,
    least_key_share=x.MOSTLY,
    also_required=frozenset({"post_id", "link", "impressions"}),
    optional=frozenset(column for figure in FIGURES.values() for column in figure.columns)
    - {"impressions"}
    | {"text"},
    not_data=(x.ghost("post_id", "link"),),
    catalogue="complete",
    cross_checks=(x.within_engagements("reposts"),),
    cap=1000,
    days_inside=x.newest_day("post_id", "link"),
    source="Real export of February 2025 and the web client's own code, read 2026-11-23; "
    "Portuguese and Japanese names from public programs and profiles of such files",
    where="X > Premium > Analytics > Content > Download, with replies",
)
