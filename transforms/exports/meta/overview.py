"""Meta Business Suite, Insights overview: one figure per day, a file or a block per metric.

The title above the header says which figure it is, and mostly which network; `Primary` is what
the header calls it in every language, and in files of 2023 the title once more. Follows are gross:
those who left are not taken off. Instagram leaves days without a follow out.

A day is the date as written. In files of one South African Page and its Instagram account both
write T01:00:00 until 9 March 2025 and T00:00:00 after it, so the hour tells the clock of the
United States and neither the network nor another day (files of 2023 to 2026, read 2026-11-23).
"""

from collections.abc import Callable
from datetime import date

import polars as pl

from transforms.cells import parse
from transforms.cells.days import DAY, day_of, with_days
from transforms.cells.parse import Parsed
from transforms.export import Clues, Export
from transforms.headers import normalise_header
from transforms.layout import Layout, LayoutError
from transforms.reading.table import TextTable
from transforms.shapes.cells import is_number
from transforms.vocabulary import Vocabulary, read_vocabulary

METRICS = {
    "reach": "reach",
    "views": "views",
    "viewers": "unique_viewers",
    "follows": "gross_follows",
    "visits": "profile_views",
    "interactions": "interactions",
    "link_clicks": "link_clicks",
}
"""What a title is about, to the column of the contract."""

YOUNG = ("views", "viewers", "interactions", "link_clicks")
"""Figures that Meta began to count years after the others."""

SHORTEST_GAP_DAYS = 28
LEAST_SHARE_ABOVE_ZERO = 0.9

_UNMEASURED = "_unmeasured"


def _lay_out(table: TextTable, about: str, names: Vocabulary) -> Layout:
    if not table.header:
        return Layout(table, ())
    if _is_by_format(table):
        raise LayoutError(
            f"under {table.title!r} stand totals by content format, {table.header[0]!r} the first, "
            "and no days: known, and no table is filled from them"
        )
    figure = _called(about, names)
    columns = [about if normalise_header(name) in figure else "date" for name in table.header]
    if sorted(columns) != sorted((about, "date")):
        raise LayoutError(
            f"under {table.title!r} a day and 'Primary' are expected, not {list(table.header)}: "
            "download the file again"
        )
    return Layout(table, tuple(columns))


def _called(about: str, names: Vocabulary) -> set[str]:
    """Give what a header can call a figure: `Primary`, in files of 2023 the title once more."""
    known = (*names.headers["primary"], *names.titles[about])
    return {normalise_header(name.spelled) for name in known}


def _is_by_format(table: TextTable) -> bool:
    """Tell one record of figures under names that are none: `Top content formats`."""
    if table.rows.height != 1 or any(map(is_number, table.header)):
        return False
    record = table.rows.row(0, named=True)
    cells = [record[str(place)] for place, name in enumerate(table.header) if name]
    return bool(cells) and all(cell is not None and is_number(cell) for cell in cells)


def _with_days(data: pl.DataFrame, clues: Clues) -> pl.DataFrame:
    """Add the day of each record, and whether it is before the figure was measured."""
    dated = with_days(data, clues.whole, "date")
    whole = dated if clues.whole is data else with_days(clues.whole, clues.whole, "date")
    began = {about: first for about in YOUNG if (first := _measured_from(whole, about))}
    before = pl.any_horizontal(
        pl.lit(value=False),
        *(pl.col(about).is_not_null() & (pl.col(DAY) < first) for about, first in began.items()),
    )
    return dated.with_columns(before.fill_null(value=False).alias(_UNMEASURED))


def _measured_from(whole: pl.DataFrame, about: str) -> date | None:
    """Give the first day on which a figure was measured, null where every day may be.

    Zeros at the beginning are not measured where they last four weeks or longer, at least as
    many days follow them as that, and nine in ten of those are above zero.

    Notes
    -----
    In a file of 2024-09-14 to 2025-09-14 views and content interactions are 0 for 167 days, on
    which reach is not, and then 0 on none and 8 of 199 days; link clicks are 0 for 159 days and
    then on 186 of 207, which is how they are. An account that slept as long and then was seen
    every day reads the same: its zeros are taken for not reported, and no sum misses them.
    """
    if whole.get_column(about).count() < 2 * SHORTEST_GAP_DAYS:
        return None
    figure = parse.count(about).value
    days = whole.select(DAY, figure=figure).drop_nulls().group_by(DAY).agg(pl.col("figure").max())
    above = days.filter(pl.col("figure") > 0).get_column(DAY)
    first = above.min()
    if not isinstance(first, date):
        return None
    before, after = days.select(
        (pl.col(DAY) < first).sum().alias("before"), (pl.col(DAY) >= first).sum().alias("after")
    ).row(0)
    is_late = min(before, after) >= SHORTEST_GAP_DAYS
    return first if is_late and len(above) >= LEAST_SHARE_ABOVE_ZERO * after else None


def _metric(about: str) -> Parsed:
    parsed = parse.count(about)
    if about not in YOUNG:
        return parsed
    return parsed.with_value(pl.when(~pl.col(_UNMEASURED)).then(parsed.value))


def _refusal(names: Vocabulary) -> Callable[[pl.DataFrame], str | None]:
    """Refuse a file of which something took out the blank line before another title."""
    called = set().union(*(_called(about, names) for about in METRICS))

    def refuse(data: pl.DataFrame) -> str | None:
        if called.isdisjoint(_words(data)):
            return None
        return (
            "a second header stands among its days: the blank line that parts two tables is gone. "
            "Download the file again"
        )

    return refuse


def _words(data: pl.DataFrame) -> set[str]:
    columns = (data.get_column(name) for name in ("date", *METRICS))
    filled = (cells for cells in columns if cells.null_count() < cells.len())
    return {normalise_header(cell) for cells in filled for cell in cells.to_list() if cell}


def _remarks(data: pl.DataFrame) -> tuple[str, ...]:
    early = data.filter(_UNMEASURED)
    if early.is_empty():
        return ()
    first, last, days = early.select(
        first=pl.col(DAY).min(), last=pl.col(DAY).max(), days=pl.len()
    ).row(0)
    return (
        f"0 on each of its first {days} days, {first} to {last}, and on hardly any later: taken "
        "for not measured yet",
    )


def _export(platform: str, network: str) -> Export:
    names = read_vocabulary(f"{__package__}.{platform}_insights")
    return Export(
        name=f"{platform}_overview",
        platform=platform,
        title=f"Meta Business Suite insights overview, {network}, daily",
        vocabulary=names,
        tables=("account_day",),
        columns={
            "day": day_of("date"),
            **{column: _metric(about) for about, column in METRICS.items()},
        },
        key="date",
        optional=frozenset(METRICS),
        titles=frozenset(METRICS),
        layout=_lay_out,
        derive=_with_days,
        refusal=_refusal(names),
        refuses="a second header among the days: the blank line between two tables is gone",
        remarks=_remarks,
        days_inside=pl.col(DAY),
        days_covered=pl.col(DAY),
        source="Real exports of 2023 to 2026, read 2026-11-23; column mappings of public "
        "importers, read that day",
        where=f"Meta Business Suite > Insights > Overview, {network} > Export, CSV",
    )


EXPORTS = (_export("facebook", "Facebook"), _export("instagram", "Instagram"))
