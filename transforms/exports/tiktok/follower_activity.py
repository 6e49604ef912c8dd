"""TikTok Studio, Followers, `FollowerActivity.csv`: followers active per hour of the last days.

Hours are 0 to 23, before 2023 1 to 24 with days in ISO form. On the newest day the hours that
had not come yet are 0: they are not reported. Days have no year, nor does the zip's name.
"""

import polars as pl

from transforms.cells import parse
from transforms.cells.days import DAY, day_of
from transforms.cells.hours import HOUR, hour_of, with_hours
from transforms.cells.label_days import with_label_days
from transforms.export import Clues, Export
from transforms.vocabulary import read_vocabulary

NAMES = read_vocabulary(__name__)

_IS_AHEAD = "_is_ahead"
_ACTIVE = parse.count("active_followers")


def _days_and_hours(data: pl.DataFrame, clues: Clues) -> pl.DataFrame:
    whole, own = (
        with_hours(with_label_days(records, clues, "date"), clues.whole, "hour")
        for records in (clues.whole, data)
    )
    newest = pl.lit(whole.get_column(DAY).max(), pl.Date)
    active = pl.col(HOUR).filter((pl.col(DAY) == newest) & (_ACTIVE.value > 0))
    reached = whole.select(active.max().fill_null(-1)).item()
    is_ahead = (pl.col(DAY) == newest) & (pl.col(HOUR) > reached)
    return own.with_columns(is_ahead.alias(_IS_AHEAD))


EXPORT = Export(
    name="tiktok_follower_activity",
    platform="tiktok",
    title="TikTok Studio follower activity, hourly",
    vocabulary=NAMES,
    tables=("account_hour",),
    columns={
        "day": day_of("date"),
        "hour": hour_of("hour"),
        "active_followers": _ACTIVE.with_value(pl.when(~pl.col(_IS_AHEAD)).then(_ACTIVE.value)),
    },
    key="date",
    derive=_days_and_hours,
    yearless=True,
    days_inside=pl.col(DAY),
    days_covered=pl.col(DAY),
    source="Real exports of 2021 and 2026, read 2026-11-23",
    where="TikTok Studio > Analytics > Followers > Download data; keep the zip's name",
)
