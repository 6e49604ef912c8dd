"""What the exports of LinkedIn, of pages and of members, have in common."""

import polars as pl

from transforms.cells import parse
from transforms.cells.days import with_days
from transforms.cells.parse import Parsed
from transforms.cells.published import published
from transforms.export import Clues

POST_URN = r"(?i)(?:activity|share|ugcPost|groupPost(?::|%3A)\d+)(?::|%3A|-)(\d{15,20})"
"""The id within a post's link, `.../urn:li:activity:<id>` or `.../posts/..._activity-<id>-...`.

A post to a group has the group's id before its own: `urn:li:groupPost:<group>-<id>`.
"""

MEMBER_SOURCE = (
    "Public programs that read such files, and a survey of a Portuguese one, read 2026-11-23; no "
    "real file was at hand"
)
PAGE_SOURCE = (
    "Schemas and public programs that read such files, read 2026-11-23; no real file was at hand"
)
MEMBER_EXPORT = (
    "LinkedIn profile > Show all analytics > Post impressions > Export; keep the file's name"
)

_RULE = "a link to a post, with the digits of its id"
_FIRST_MS, _LAST_MS = 1_262_304_000_000, 4_102_444_800_000


def dated(data: pl.DataFrame, clues: Clues) -> pl.DataFrame:
    """Add the day of each record: pages write MM/DD/YYYY, members' days follow their language."""
    return with_days(data, clues.whole, "date")


def post_columns(link: str) -> dict[str, Parsed]:
    """Read what a post is out of its link: its id, the link, and when it was published."""
    return {
        "post_id": parse.identifier_within(link, POST_URN, _RULE),
        "url": parse.text(link),
        **published("post_id", moment_from_id(link)),
    }


def moment_from_id(link: str) -> Parsed:
    """Read the moment of publication out of a post's id.

    Notes
    -----
    The id's upper bits are epoch milliseconds, `id >> 22`: the UTC day of all 98 rows of a real
    page export is the one in `Created date` (a file of 2025, read 2026-11-23).
    """
    ms = pl.col(link).str.extract(POST_URN, 1).cast(pl.Int64, strict=False) // 2**22
    known = pl.when(ms.is_between(_FIRST_MS, _LAST_MS)).then(ms)
    moment = (known * 1000).cast(pl.Datetime("us", "UTC"))
    failed = ~parse.is_not_reported(link) & moment.is_null()
    return Parsed((link,), moment, failed, _RULE)
