"""Instagram, Download your information: insights of posts, reels, stories and live videos.

A record is a post with its figures since publication. It has neither an id nor a link: what names
it is the account and the second of upload, which downloads of other days repeat. The core tells
which post of the content export that is. A label that is missing is not reported.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from transforms.cells import parse
from transforms.cells.parse import Parsed
from transforms.cells.published import published
from transforms.cells.upload_ids import STORY
from transforms.export import CrossCheck, Export
from transforms.exports.meta import information
from transforms.layout import Layout, LayoutError
from transforms.reading.table import TextTable
from transforms.vocabulary import Vocabulary

_TOLD_BY: Mapping[str, Sequence[str]] = {
    "uploaded": ("uploaded", "media_created"),
    "caption": ("caption", "media_title", "entry_title"),
    "impressions": ("impressions",),
    "accounts_reached": ("accounts_reached",),
    "follows": ("follows",),
    "views": ("views_on_instagram", "views", "plays_on_instagram", "plays"),
    **{
        figure: (f"{figure}_on_instagram", figure)
        for figure in ("likes", "comments", "shares", "saves")
    },
    "trial": ("trial",),
}
"""What a record says, and the labels that say it, the one that is meant first: a reel that was
recommended on Facebook has figures of both networks."""

_DESCRIBES = frozenset({"uploaded", "caption", "trial"})
_FIGURES = frozenset(_TOLD_BY) - _DESCRIBES
_MOST_NAMED = 5

_FORMATS = {"posts": None, "reels": "reel", "stories": "story", "live": "live"}
"""Root to the format of its posts; those of `posts` are of several, and nothing says which."""

_STORY_ID = parse.identifier("uploaded").mapped(lambda second: pl.lit(STORY) + second)
_PUBLISHED = parse.moment_from_epoch("uploaded")
_ALONE = Parsed(
    ("uploaded",),
    pl.lit(None, pl.String),
    pl.struct(pl.exclude("row_number")).n_unique().over("uploaded") > 1,
    "the only post of its second: nothing tells two of them apart",
)
_REACH_WITHIN_IMPRESSIONS = CrossCheck(
    name="reach <= impressions",
    metric="reach",
    said=parse.count("impressions").value,
    found=parse.count("accounts_reached").value,
    is_bound=True,
)


def _lay_out(table: TextTable, _: str, vocabulary: Vocabulary) -> Layout:
    """Name the columns; of several labels that say the same, the first has what they say."""
    if not table.header:
        raise LayoutError(f"{table.title!r} holds no entry")
    places: dict[str, list[int]] = {}
    for place, label in enumerate(table.header):
        if match := vocabulary.match(label):
            places.setdefault(match.column, []).append(place)
    columns = [f"label_{place + 1}" for place in range(len(table.header))]
    rows = table.rows
    for name, labels in _TOLD_BY.items():
        if name in _FIGURES:
            for label in labels:
                _refuse_two(table, places.get(label, ()))
        if said := [place for label in labels for place in places.get(label, ())]:
            columns[said[0]] = name
            rows = rows.with_columns(pl.coalesce(map(str, said)).alias(str(said[0])))
    if _FIGURES.isdisjoint(columns):
        named = ", ".join(repr(label) for label in table.header[:_MOST_NAMED])
        raise LayoutError(
            f"no figure of {table.title!r} is known by its label ({named}, ...): add them to "
            "[headers] of the export's names"
        )
    return Layout(replace(table, rows=rows), tuple(columns))


def _refuse_two(table: TextTable, places: Sequence[int]) -> None:
    """Refuse figures that stand twice under one label, with different values in one record."""
    if len(places) < 2:
        return
    cells = table.rows.select(map(str, places))
    differing = cells.filter(pl.min_horizontal(pl.all()) != pl.max_horizontal(pl.all()))
    if not differing.is_empty():
        one, other, *_ = dict.fromkeys(cell for cell in differing.row(0) if cell is not None)
        raise information.stands_twice(table.header[places[0]], one, other)


def _remarks(data: pl.DataFrame) -> tuple[str, ...]:
    """Say how many are trial reels, which nobody who follows is shown at first."""
    count = data.get_column("trial").count()
    return (f"trial reels among them: {count:,}",) if count else ()


def _export(root: str, format_: str | None) -> Export:
    return Export(
        name=f"instagram_information_{root}",
        platform="instagram",
        title=f"Instagram, Download your information, insights of {root}",
        vocabulary=information.NAMES,
        tables=("post", "post_lifetime"),
        columns={
            "post_id": _STORY_ID if format_ == "story" else parse.identifier("uploaded"),
            **published("file_datetime", _PUBLISHED),
            **({"format": parse.literal(format_)} if format_ else {}),
            "caption": parse.text("caption"),
            "views": parse.count("views"),
            "impressions": parse.count("impressions"),
            "reach": parse.count("accounts_reached"),
            "likes": parse.count("likes"),
            "comments": parse.count("comments"),
            "shares": parse.count("shares"),
            "saves": parse.count("saves"),
            "follows": parse.count("follows"),
        },
        key="uploaded",
        optional=_FIGURES | {"caption", "trial"},
        titles=frozenset({root}),
        layout=_lay_out,
        ids_within="account",
        checks=(_ALONE,),
        cross_checks=(_REACH_WITHIN_IMPRESSIONS,),
        catalogue="complete",
        remarks=_remarks,
        days_inside=_PUBLISHED.value.dt.date(),
        source="Public programs that read such files, read 2026-11-24: no file was seen",
        where=information.WHERE,
    )


EXPORTS = tuple(_export(root, format_) for root, format_ in _FORMATS.items())
