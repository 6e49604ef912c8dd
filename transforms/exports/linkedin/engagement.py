"""LinkedIn member, analytics export, sheet ENGAGEMENT: impressions and engagements per day.

Engagements are reactions, comments and reposts given on the day less those taken back: a day can
be negative. Since 2026 every cell is text. Days are written in the order of the member's language.
"""

import polars as pl

from transforms.cells import parse
from transforms.cells.days import DAY, day_of
from transforms.export import Export
from transforms.exports.linkedin.conventions import MEMBER_EXPORT, MEMBER_SOURCE, dated
from transforms.vocabulary import read_vocabulary

EXPORT = Export(
    name="linkedin_engagement",
    platform="linkedin",
    title="LinkedIn member analytics, ENGAGEMENT, daily",
    vocabulary=read_vocabulary(__name__),
    tables=("account_day",),
    columns={
        "day": day_of("date"),
        "impressions": parse.count("impressions"),
        "engagements_net": parse.signed_count("engagements"),
    },
    key="date",
    extra="figures",
    derive=dated,
    days_inside=pl.col(DAY),
    days_covered=pl.col(DAY),
    source=MEMBER_SOURCE,
    where=MEMBER_EXPORT,
)
