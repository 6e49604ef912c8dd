"""YouTube Studio, Advanced mode: `Chart data.csv` of segments by day, one row per segment and day.

What the chart above a report by country, traffic source and the like shows: the metric it was set
to, of the few segments that were selected, on every day of the period. It has no Total row and
never adds up to the channel. Where nothing was watched on a day, Studio fills a mean or a rate
with 0, as in the chart of videos.
"""

from datetime import date
from functools import partial

import polars as pl

from transforms.cells.days import DAY, day_of, with_days
from transforms.cells.segments import with_countries
from transforms.export import Clues, Export
from transforms.exports.youtube import granularity, segments
from transforms.exports.youtube.breakdown import cut_twice
from transforms.exports.youtube.conventions import with_decimal_points
from transforms.exports.youtube.figures import OF_CHANNEL, charted, columns_of
from transforms.vocabulary import Vocabulary, read_vocabulary

NAMES = read_vocabulary(__name__)

FIGURES = charted(OF_CHANNEL)
CHARTED = columns_of(FIGURES)

_SEGMENT = "_segment"


def _keeping(data: pl.DataFrame, period: tuple[date, date] | None, names: Vocabulary) -> str | None:
    if reason := cut_twice(data):
        return reason
    if not any(data.select(pl.col(sorted(CHARTED)).count()).row(0)):
        return f"{granularity.KEPT} no column holds its figures"
    segment = segments.of_any(names)["segment"].value
    cut = _with_countries(data).with_columns(segment.alias(_SEGMENT))
    return granularity.not_by_day(cut, period, sorted(CHARTED), _SEGMENT)


def _with_countries(data: pl.DataFrame) -> pl.DataFrame:
    return with_countries(data, column="geography")


def _derived(data: pl.DataFrame, clues: Clues) -> pl.DataFrame:
    return with_days(segments.with_dimension(_with_countries(data)), clues.whole, "date")


def declared(names: Vocabulary) -> Export:
    """Declare the export with these names."""
    return Export(
        name="youtube_breakdown_days",
        platform="youtube",
        title="YouTube Studio report by country, traffic source and the like, Chart data by day",
        vocabulary=names,
        declared=declared,
        tables=("account_breakdown_day",),
        columns={
            **segments.of_any(names),
            "day": day_of("date"),
            **FIGURES,
        },
        key="date",
        grain=frozenset(segments.KEYS),
        optional=CHARTED | set(segments.KEYS) | set(segments.SHOWN),
        one_of=frozenset(segments.KEYS),
        forbidden=frozenset({"content", "video_title"}),
        common=segments.OF_ANY_PLATFORM,
        checks=segments.checks(names),
        extra="figures",
        repair=with_decimal_points,
        derive=_derived,
        keeping=partial(_keeping, names=names),
        keeps="charts that are not certainly by day: by week or month, with days left out, of one "
        "or two days that no zip's name confirms, or saved from a spreadsheet so that nothing "
        "tells which number is the month; charts of a figure that no column holds",
        days_inside=pl.col(DAY),
        source="Real exports of 2024 to 2026, read 2026-11-24",
        where="YouTube Studio > Analytics > Advanced mode > a dimension > chart set to Daily > "
        "Export current view > CSV; keep the zip's name",
    )


EXPORT = declared(NAMES)
