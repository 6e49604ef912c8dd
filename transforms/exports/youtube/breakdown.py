"""YouTube Studio, Advanced mode: Table data cut by traffic source, device type and the like.

One row per segment, or per search term, site or video of a traffic source that was looked into;
what Studio leaves blank is `none`. It withholds small segments and counts them in the
Total row alone; the list ends at 500 with a footer. The period stands in the zip's name alone.
"""

from datetime import date

import polars as pl

from transforms.cells import not_data
from transforms.export import Export
from transforms.exports.youtube import segments
from transforms.exports.youtube.conventions import CAP, DIMENSIONS, with_decimal_points
from transforms.exports.youtube.figures import OF_CHANNEL, columns_of
from transforms.vocabulary import Vocabulary, read_vocabulary

NAMES = read_vocabulary(__name__)

READ = columns_of(OF_CHANNEL)

_ANOTHER = ("content", "video_title", *sorted(DIMENSIONS - {segments.OTHER}))


def _cut_twice(data: pl.DataFrame, _: tuple[date, date] | None) -> str | None:
    """Say by what else the figures are cut, or nothing."""
    counts = data.select(pl.col(_ANOTHER).count()).row(0, named=True)
    others = [column.replace("_", " ") for column, count in counts.items() if count]
    if not others:
        return None
    return (
        f"YouTube Studio figures by two dimensions at once, the second being {others[0]}: known, "
        "and no table is filled from them; export one dimension at a time"
    )


def _told_twice(data: pl.DataFrame) -> str | None:
    """Say which segment has two figures, or nothing: of two playlists of one name, say."""
    told = data.drop_nulls(segments.OTHER).select(segments.OTHER, *sorted(READ))
    twice = told.unique(maintain_order=True).filter(pl.col(segments.OTHER).is_duplicated())
    if twice.is_empty():
        return None
    return (
        f"{twice.item(0, segments.OTHER)!r} stands in it twice with two figures, and nothing "
        "tells which is which: rename one of the two in YouTube Studio, or export them apart"
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
        extra="figures",
        not_data=(
            not_data.total_row(segments.OTHER, names),
            not_data.footer(segments.OTHER, r"^\b$", CAP),
        ),
        cap=CAP,
        period="figures",
        repair=with_decimal_points,
        refusal=_told_twice,
        refuses="a segment that stands in it twice with two figures, as two playlists of one name "
        "do",
        keeping=_cut_twice,
        keeps="reports cut by two dimensions at once",
        source="Real exports of 2024, read 2026-11-23; YouTube Help, 'Limited data in YouTube "
        "Analytics' (support.google.com/youtube/answer/9101241)",
        where="YouTube Studio > Analytics > Advanced mode > a dimension > Export current view > "
        "CSV; keep the zip's name",
    )


EXPORT = declared(NAMES)
