"""TikTok Studio, Viewers, `Viewers.csv` or `Viewers.xlsx`: people who watched, per day.

`Total Viewers` is `undefined` where TikTok has no figure, and then writes 0 for new and
returning viewers: neither is reported. Days have no year, nor does the zip's name.
"""

import polars as pl

from transforms.cells import parse
from transforms.cells.days import DAY, day_of
from transforms.cells.parse import Parsed
from transforms.export import Export
from transforms.exports.tiktok.conventions import yearless_days
from transforms.vocabulary import read_vocabulary

NAMES = read_vocabulary(__name__)


def _part(column: str) -> Parsed:
    count = parse.count(column)
    return count.with_value(pl.when(~parse.is_not_reported("total")).then(count.value))


EXPORT = Export(
    name="tiktok_viewers",
    platform="tiktok",
    title="TikTok Studio viewers, daily",
    vocabulary=NAMES,
    tables=("account_day",),
    columns={
        "day": day_of("date"),
        "unique_viewers": parse.count("total"),
        "new_viewers": _part("new"),
        "returning_viewers": _part("returning"),
    },
    key="date",
    extra="figures",
    derive=yearless_days,
    settled_by=frozenset({"date"}),
    yearless=True,
    days_inside=pl.col(DAY),
    days_covered=pl.col(DAY),
    source="Real exports of 2026, read 2026-11-23",
    where="TikTok Studio > Analytics > Viewers > Download data; keep the zip's name",
)
