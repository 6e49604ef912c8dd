"""TikTok, LIVE analytics of 2022, daily: what an account's LIVE videos were given on a day.

Likes and shares of a LIVE are none of the account's videos, so they are not those of the Overview,
and no table holds them. Recognised, so that no other daily report takes the file for its own.
"""

from transforms.export import Export
from transforms.vocabulary import read_vocabulary

NAMES = read_vocabulary(__name__)

EXPORT = Export(
    name="tiktok_live",
    platform="tiktok",
    title="TikTok LIVE interactions, daily",
    vocabulary=NAMES,
    tables=(),
    columns={},
    kept="what LIVE videos were given per day, which are none of the account's own videos: known, "
    "and no table is filled from it",
    key="date",
    also_required=frozenset({"commenters"}),
    one_of=frozenset({"new_followers", "likes", "shares"}),
    source="Real export of 2022, read 2026-11-23",
    where="TikTok > Analytics > LIVE > Interaction > Download data",
)
