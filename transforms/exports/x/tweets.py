"""Twitter Analytics, tweet activity by tweet: what analytics.twitter.com gave until 2023.

An account's tweets and replies of a month or so, with figures earned without payment; what was
bought stands apart and is not read. Text keeps its line breaks. Counts are written `1938.0`, a
figure without promotion `-`. A file has no shares or bookmarks, which the site did not count.
"""

import polars as pl

from transforms.cells import parse
from transforms.export import Export
from transforms.exports.x import conventions as x
from transforms.vocabulary import read_vocabulary

NAMES = read_vocabulary(__name__)

FIGURES = {
    "impressions": parse.count("impressions"),
    "likes": parse.count("likes"),
    "comments": parse.count("replies"),
    "reposts": parse.count("retweets"),
    "follows": parse.count("follows"),
    "link_clicks": parse.count("url_clicks"),
}


def _remarks(data: pl.DataFrame) -> tuple[str, ...]:
    bought = parse.count("promoted_impressions").value
    posts, impressions = data.select(posts=bought.count(), impressions=bought.sum()).row(0)
    if not posts:
        return ()
    return (f"{posts} posts were promoted: their {impressions} promoted impressions are not read",)


EXPORT = Export(
    name="x_tweets",
    platform="x",
    title="Twitter Analytics, activity by tweet",
    vocabulary=NAMES,
    tables=("post", "post_lifetime"),
    columns={**x.post("post_id", "link"), "caption": x.caption("text"), **FIGURES},
    key="link",
    key_like=x.LINK,
    least_key_share=x.MOSTLY,
    also_required=frozenset({"post_id", "link", "impressions", "retweets"}),
    optional=frozenset({"likes", "replies", "follows", "url_clicks", "text"}),
    not_data=(x.ghost("post_id", "link"),),
    catalogue="complete",
    cross_checks=(x.within_engagements("retweets"),),
    remarks=_remarks,
    days_inside=x.newest_day("post_id", "link"),
    source="Four real exports of 2016 to 2022, and the head of one of 2015 that says favorites, "
    "read 2026-11-23; Portuguese and Japanese names from public programs that read such files",
    where="analytics.twitter.com > Tweets > Export data > By Tweet, gone since 2023",
)
