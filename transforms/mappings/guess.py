"""What the columns of a table probably are: by their headers and by what their cells look like."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import polars as pl
from rapidfuzz import fuzz

from schemas.contract import Column
from transforms.exports import EXPORTS
from transforms.headers import normalise_header
from transforms.mappings.declared import columns_of, needed
from transforms.mappings.shapes import Shape
from transforms.reading.table import TextTable

_HANDLES_AT_LEAST = 0.9
SURE, _LIKELY, _WORTH_SAYING = 90.0, 75.0, 55.0
_FOLLOWING = ("account_handle", "exported_by")
"""Columns that follow from account_ref."""

_DAYS = ("day", "observed_on", "published_at")

_SHAPES = {
    "day": ("day",),
    "number": ("number", "suffixed"),
    "share": ("number", "percent"),
    "duration": ("number", "clock"),
    "text": ("text", "handle", "url", "number", "network"),
}
_MEANT = {
    "account_ref": ("name", "username", "handle", "account", "profile", "creator", "influencer"),
    "account_name": ("name", "display name", "full name"),
    "listed_engagement_share": ("engagement rate", "er", "eng rate"),
    "average_views": ("avg views", "average views", "views avg"),
    "average_likes": ("avg likes", "average likes"),
    "average_comments": ("avg comments", "average comments"),
    "average_interactions": ("avg engagement", "engagement"),
    "credibility_share": ("audience credibility", "credibility", "real followers"),
    "quality_score": ("score", "quality score", "influence score"),
    "followers": ("followers", "subscribers", "fans"),
    "posts": ("posts", "uploads", "media", "total posts"),
    "list_position": ("rank", "no", "#"),
    "post_id": ("post id", "video id", "media id", "id"),
    "url": ("link", "permalink", "url", "post url"),
    "published_at": ("publish time", "published", "posted", "created"),
    "observed_on": ("as of", "retrieved", "export date", "snapshot date"),
    "platform": ("platform", "network", "channel"),
}
"""What people call columns that no platform's export has."""


@dataclass(frozen=True)
class Guess:
    """What one header probably is; `column` is null where nothing is like it."""

    header: str
    column: str | None
    likeness: float
    shape: Shape
    examples: tuple[str, ...]

    @property
    def is_taken(self) -> bool:
        """Say whether the draft maps it."""
        return self.column is not None and self.likeness >= _LIKELY


def guess(table: TextTable, shapes: Sequence[Shape], kinds: tuple[str, ...]) -> list[Guess]:
    """Give each header the column most like it; each column once, the likest first."""
    schema = columns_of(kinds)
    schema = {name: column for name, column in schema.items() if name not in _FOLLOWING}
    wanted = needed(kinds)
    names = {place: name for place, name in enumerate(table.header) if name.strip()}
    pairs = sorted(
        (
            (-_likeness(name, shapes[place], column), column.name not in wanted, place, column.name)
            for place, name in names.items()
            for column in schema.values()
        ),
    )
    taken: dict[int, tuple[str, float]] = {}
    for less, _, place, column in pairs:
        spoken_for = {found for found, _ in taken.values()}
        is_repeated = names[place] in {names[other] for other in taken if other != place}
        is_free = place not in taken and column not in spoken_for and not is_repeated
        if is_free and -less >= _WORTH_SAYING:
            taken[place] = (column, -less)
    return [
        Guess(
            header=" ".join(name.split()),
            column=column,
            likeness=likeness,
            shape=shapes[place],
            examples=_examples(table, place),
        )
        for place, name in names.items()
        for column, likeness in (taken.get(place) or (None, 0.0),)
    ]


def _likeness(header: str, found: Shape, column: Column) -> float:
    """Measure how like a header is to a column, 0 where its cells cannot be that."""
    if found.kind != "empty" and found.kind not in _SHAPES[sort(column)]:
        return 0.0
    if column.dtype.is_integer() and found.kind == "number" and not found.is_whole:
        return 0.0
    name = normalise_header(header)
    likeness = max(fuzz.token_sort_ratio(name, known) for known in _known_names(column.name))
    if column.name == "platform" and found.kind == "network":
        return 100.0
    if found.kind == "day" and column.name in _DAYS:
        return max(likeness, _WORTH_SAYING)
    if column.name == "account_ref":
        return likeness * min(1.0, found.handle_share / _HANDLES_AT_LEAST)
    return likeness


def sort(column: Column) -> str:
    """Say of what sort a column is: day, text, share, duration or number."""
    if column.dtype == pl.Date or column.name == "published_at":
        return "day"
    if column.dtype == pl.String or column.dtype == pl.Boolean:
        return "text"
    return {"1": "share", "s": "duration"}.get(column.unit or "", "number")


@cache
def _known_names(column: str) -> tuple[str, ...]:
    """Give every name that an export or a person has for a contract column."""
    names = {column.replace("_", " "), *_MEANT.get(column, ())}
    for export in EXPORTS.values():
        alike = "account_handle" if column == "account_ref" else column
        parsed = export.columns.get(column) or export.columns.get(alike)
        if parsed and len(parsed.columns) == 1:
            spelled = export.vocabulary.headers.get(parsed.columns[0], ())
            names |= {normalise_header(name.spelled) for name in spelled}
    return tuple(sorted(names))


def fitness(guesses: Iterable[Guess], kinds: tuple[str, ...]) -> float:
    """Measure how well headers suit tables: nothing where one they need is not there."""
    taken = {guess.column: guess.likeness for guess in guesses if guess.is_taken}
    wanted = needed(kinds) | ({"day"} if kinds == ("account_day",) else set())
    return sum(taken.values()) if wanted <= set(taken) else 0.0


def _examples(table: TextTable, place: int) -> tuple[str, ...]:
    cells = table.rows.get_column(str(place)).drop_nulls().head(3)
    return tuple(" ".join(cell.split())[:30] for cell in cells)
