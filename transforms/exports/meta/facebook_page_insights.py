"""Facebook Page Insights, page level, daily: what a Page's owner could download until about 2021.

Under the header stands a record that describes each figure, and is no data. Of some hundred figures
per day, week and four weeks the day's reach and impressions are read. Likes of a Page are not its
followers, and fill no column.
"""

import polars as pl

from transforms.cells import parse
from transforms.cells.days import DAY, day_of, with_days
from transforms.export import Clues, Export, NotData
from transforms.vocabulary import read_vocabulary

NAMES = read_vocabulary(__name__)

FIGURES = {"reach": parse.count("reach"), "impressions": parse.count("impressions")}


def _with_days(data: pl.DataFrame, clues: Clues) -> pl.DataFrame:
    return with_days(data, clues.whole, "date")


EXPORT = Export(
    name="facebook_page_insights",
    platform="facebook",
    title="Facebook Page Insights, page level, daily",
    vocabulary=NAMES,
    tables=("account_day",),
    columns={"day": day_of("date"), **FIGURES},
    key="date",
    optional=frozenset(FIGURES),
    one_of=frozenset(FIGURES),
    not_data=(
        NotData(
            reason="description",
            rows=pl.col("date").is_null()
            & pl.any_horizontal(
                pl.col(name).str.contains(r"^\s*\p{L}").fill_null(value=False) for name in FIGURES
            ),
        ),
    ),
    derive=_with_days,
    days_inside=pl.col(DAY),
    days_covered=pl.col(DAY),
    source="Public programs that read such files, read 2026-11-23: no file was seen",
    where="no longer offered: Facebook Page > Insights > Export Data > Page data",
)
