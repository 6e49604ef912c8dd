"""YouTube Studio, Advanced mode: Table data cut by traffic source, device type and the like.

One row per segment, or per search term, site or video of a traffic source that was looked into;
what Studio leaves blank is `none`. It withholds small segments and counts them in the
Total row alone; the list ends at 500 with a footer. The period stands in the zip's name alone.
"""

from datetime import date
from functools import partial

import polars as pl

from transforms.cells import not_data
from transforms.export import Export
from transforms.exports.youtube import segments
from transforms.exports.youtube.conventions import CAP, with_decimal_points
from transforms.exports.youtube.figures import OF_CHANNEL, columns_of
from transforms.vocabulary import Vocabulary, read_vocabulary

NAMES = read_vocabulary(__name__)

READ = columns_of(OF_CHANNEL)

_WITHOUT_DIGITS = r"^\D*$"
"""A record of one such cell is a segment without figures, and no footer, which names the cap."""


def cut_twice(data: pl.DataFrame, _: tuple[date, date] | None = None) -> str | None:
    """Say by what else the figures are cut, or nothing."""
    second = segments.second_dimension(data)
    if second is None:
        return None
    return (
        f"YouTube Studio figures by two dimensions at once, the second being "
        f"{second.replace('_', ' ')}: known, and no table is filled from them; export one "
        "dimension at a time"
    )


def _told_twice(data: pl.DataFrame, names: Vocabulary) -> str | None:
    """Say which segment has two figures, or nothing: of two playlists of one name, say."""
    twice = segments.told_twice(data, names, READ)
    if twice is None:
        return None
    return (
        f"{twice!r} stands in it twice with two figures, and nothing tells which is which: rename "
        "one of the two in YouTube Studio, or export them apart"
    )


def declared(names: Vocabulary) -> Export:
    """Declare the export with these names."""
    return Export(
        name="youtube_breakdown",
        platform="youtube",
        title="YouTube Studio report by traffic source, device type and the like, Table data",
        vocabulary=names,
        declared=declared,
        tables=("account_breakdown",),
        columns={
            **segments.of_other(names),
            **OF_CHANNEL,
        },
        key=segments.OTHER,
        optional=READ | set(segments.SHOWN) | {"source_type"},
        one_of=READ,
        forbidden=frozenset({"date"}),
        common=segments.OF_ANY_PLATFORM & (READ | {segments.OTHER}),
        extra="figures",
        not_data=(
            not_data.total_row(segments.OTHER, names),
            not_data.footer(segments.OTHER, _WITHOUT_DIGITS, CAP),
        ),
        cap=CAP,
        period="figures",
        repair=with_decimal_points,
        refusal=partial(_told_twice, names=names),
        refuses="a segment that stands in it twice with two figures, as two playlists of one name "
        "do",
        keeping=cut_twice,
        keeps="reports cut by two dimensions at once",
        source="Real exports of 2024, read 2026-11-23; YouTube Help, 'Limited data in YouTube "
        "Analytics' (support.google.com/youtube/answer/9101241)",
        where="YouTube Studio > Analytics > Advanced mode > a dimension > Export current view > "
        "CSV; keep the zip's name",
    )


EXPORT = declared(NAMES)
