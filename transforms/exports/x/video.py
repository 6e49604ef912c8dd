"""X account analytics, video: an account's video figures by day, and the videos themselves.

One file holds both under titles of their own; without a video to list, X writes the days alone
and no title. Views are of videos: X calls impressions of posts views elsewhere. A day's missing
figure is written as 0. The list counts a video's views over every post that carries it and
often names none of them, so that it fills no table.
"""

from dataclasses import replace

import polars as pl

from transforms.cells import parse
from transforms.cells.days import DAY, day_of, with_days
from transforms.export import Clues, Export
from transforms.exports.x import conventions as x
from transforms.layout import Layout, LayoutError
from transforms.reading.table import TextTable
from transforms.vocabulary import Vocabulary, read_vocabulary

NAMES = read_vocabulary(__name__)

FIGURES = {
    "views": parse.count("views"),
    "watch_time_s": x.milliseconds_as_s("watch_time"),
    "average_view_duration_s": x.milliseconds_as_s("average_watch_time"),
}
NEEDED = ("date", "views", "watch_time")

_SOURCE = "The web client's own code and public programs that read such files, read 2026-11-23"
_WHERE = "X > Premium > Analytics > Video > Download"


def _days(data: pl.DataFrame, clues: Clues) -> pl.DataFrame:
    return with_days(data, clues.whole, "date")


def _lay_out_days(table: TextTable, _: str, names: Vocabulary) -> Layout:
    matches = [names.match(header) for header in table.header]
    columns = tuple(
        match.column if match else f"unknown_{place}" for place, match in enumerate(matches, 1)
    )
    if lacking := [names.spell(column, "en") for column in NEEDED if column not in columns]:
        raise LayoutError(
            f"under {table.title!r} {', '.join(map(repr, lacking))} is missing: the headers are "
            f"{list(table.header)}. Add their names to the export's, or download the file again"
        )
    return Layout(table, columns)


def _lay_out_list(table: TextTable, about: str, _: Vocabulary) -> Layout:
    if not table.header:
        raise LayoutError(f"nothing stands under {table.title!r}")
    return Layout(table, (about, *(f"column_{i}" for i in range(2, len(table.header) + 1))))


_DAYS = Export(
    name="x_video_untitled",
    platform="x",
    title="X account analytics, video, daily",
    vocabulary=NAMES,
    tables=("account_day",),
    columns={"day": day_of("date"), **FIGURES},
    key="date",
    also_required=frozenset(NEEDED),
    optional=frozenset({"average_watch_time"}),
    derive=_days,
    days_inside=pl.col(DAY),
    days_covered=pl.col(DAY),
    source=_SOURCE,
    where=_WHERE,
)

EXPORTS = (
    _DAYS,
    replace(_DAYS, name="x_video", titles=frozenset({"video_overview"}), layout=_lay_out_days),
    Export(
        name="x_video_list",
        platform="x",
        title="X account analytics, videos of an account",
        vocabulary=NAMES,
        tables=(),
        columns={},
        kept="videos with their views over all posts that carry them, {key} the first column: "
        "known, and no table is filled from it",
        key="your_videos",
        titles=frozenset({"your_videos"}),
        layout=_lay_out_list,
        source=_SOURCE,
        where=_WHERE,
    ),
)
