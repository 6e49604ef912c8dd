"""What the columns of a table probably are: by their headers and by what their cells look like."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import polars as pl

from schemas.contract import Column
from transforms.exports import EXPORTS
from transforms.mappings.declared import columns_of, needed
from transforms.mappings.likeness import LIKELY, WORTH_SAYING, likeness, words
from transforms.mappings.shapes import Shape
from transforms.reading.table import TextTable

_HANDLES_AT_LEAST = 0.9
_DOUBTFUL = LIKELY - 1.0
_LINKED = LIKELY
"""Likeness to the account of a link to one; a column of handles is rather it."""

_GREATEST_PERCENTAGE = 1000.0
"""Percent beyond which a column of numbers has no shares; one viral post can give hundreds."""

_NET = "_net"
"""Ends the columns less what was taken back, which a header must say."""

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
    "account_ref": ("name", "username", "handle", "account", "profile", "creator", "influencer",
                    "screen name", "channel", "user", "page", "profile name", "account name",
                    "user account name"),
    "account_name": ("name", "display name", "full name", "channel name"),
    "listed_engagement_share": ("engagement rate", "er", "eng rate", "engagement"),
    "average_views": ("avg views", "average views", "views avg"),
    "average_likes": ("avg likes", "average likes"),
    "average_comments": ("avg comments", "average comments"),
    "average_interactions": ("avg engagement", "engagement", "avg engagements"),
    "credibility_share": ("audience credibility", "credibility", "real followers",
                          "audience quality"),
    "quality_score": ("score", "quality score", "influence score"),
    "followers": ("followers", "subscribers", "fans", "subs", "audience"),
    "gross_follows": ("followers gained", "audience gained", "new followers"),
    "net_follows": ("net followers", "net audience growth", "net follower growth"),
    "posts": ("posts", "uploads", "media", "videos", "tweets"),
    "list_position": ("rank", "no", "#", "position"),
    "category": ("category", "niche", "topic"),
    "post_id": ("post id", "video id", "media id", "tweet id", "id"),
    "url": ("link", "permalink", "url", "post url", "post link", "video url"),
    "caption": ("caption", "post", "text", "message", "post text", "description", "post caption"),
    "published_at": ("publish time", "published", "posted", "created", "date", "post date",
                     "date published", "created at", "published at", "publish date"),
    "observed_on": ("as of", "retrieved", "export date", "snapshot date"),
    "platform": ("platform", "network", "channel", "social network", "social media"),
}  # fmt: skip
"""What people call columns that no platform's export has."""

_SUMS = ("engagement", "engagements", "interactions")
_MEANT_ELSEWHERE = {
    "audience_country": ("country",),
    "engagements_net": _SUMS,
    "reactions_comments_shares": _SUMS,
}
"""Names that an export of ours has for a column, and the next report for another thing."""


@dataclass(frozen=True)
class Guess:
    """What one header probably is; `column` is null where nothing is like it."""

    header: str
    column: str | None
    likeness: float
    shape: Shape
    examples: tuple[str, ...]

    @property
    def is_name(self) -> bool:
        """Say whether it is the account by its shown name, for want of a handle."""
        return self.column == "account_ref" and self.shape.handle_share < _HANDLES_AT_LEAST

    @property
    def is_taken(self) -> bool:
        """Say whether the draft maps it."""
        return self.column is not None and self.likeness >= LIKELY


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
        if is_free and -less >= WORTH_SAYING:
            taken[place] = (column, -less)
    found = _by_shown_name(taken) if "listing" in kinds else taken
    return [
        Guess(
            header=" ".join(name.split()),
            column=column,
            likeness=likeness,
            shape=shapes[place],
            examples=_examples(table, place),
        )
        for place, name in names.items()
        for column, likeness in (found.get(place) or (None, 0.0),)
    ]


def _by_shown_name(taken: dict[int, tuple[str, float]]) -> dict[int, tuple[str, float]]:
    """Take the shown name for the account where a list has nothing better."""
    sure = {column for column, like in taken.values() if like >= LIKELY}
    if "account_ref" in sure or "account_name" not in sure:
        return taken
    return {
        place: ("account_ref" if column == "account_name" else column, like)
        for place, (column, like) in taken.items()
        if column != "account_ref"
    }


def has_post_ids(guesses: Iterable[Guess]) -> bool:
    """Say whether a column tells posts apart: its header says so, and its cells are ids."""
    return any(guess.column == "post_id" and guess.is_taken for guess in guesses)


def _likeness(header: str, found: Shape, column: Column) -> float:
    """Measure how like a header is to a column, 0 where its cells cannot be that."""
    if found.kind != "empty" and not _can_be(found, column):
        return 0.0
    if column.name == "platform" and found.kind == "network":
        return 100.0
    if column.name == "account_ref" and found.is_profile:
        return _LINKED
    like = max(likeness(header, known) for known in _known_names(column.name))
    if found.kind == "empty":
        return like if like >= LIKELY else 0.0
    if found.kind == "day" and column.name in _DAYS:
        return max(like, WORTH_SAYING)
    if column.name.endswith(_NET) and "net" not in words(header):
        return min(like, _DOUBTFUL)
    is_as_told = {
        "account_ref": found.handle_share >= _HANDLES_AT_LEAST,
        "post_id": found.is_id,
    }
    return like if is_as_told.get(column.name, True) else min(like, _DOUBTFUL)


def _can_be(found: Shape, column: Column) -> bool:
    kind = sort(column)
    if found.kind not in _SHAPES[kind]:
        return False
    if column.name == "platform" or found.kind == "network":
        return column.name == "platform" and found.kind == "network"
    if column.name == "url":
        return found.kind == "url"
    if column.dtype.is_integer() and found.kind == "number" and not found.is_whole:
        return False
    return kind != "share" or (found.most or 0.0) <= _GREATEST_PERCENTAGE


def sort(column: Column) -> str:
    """Say of what sort a column is: day, text, share, duration or number."""
    if column.dtype == pl.Date or column.name == "published_at":
        return "day"
    if column.dtype == pl.String or column.dtype == pl.Boolean:
        return "text"
    return {"1": "share", "s": "duration"}.get(column.unit or "", "number")


@cache
def _known_names(column: str) -> tuple[str, ...]:
    """Give every name that an export or a person has for a contract column.

    A link to a post tells its author, too, and is no name of an account.
    """
    names = {column.replace("_", " "), *_MEANT.get(column, ())}
    for export in EXPORTS.values():
        alike = "account_handle" if column == "account_ref" else column
        parsed = export.columns.get(column) or export.columns.get(alike)
        of_posts = {name for one in ("post_id", "url") if one != column and one in export.columns
                    for name in export.columns[one].columns}  # fmt: skip
        if parsed and len(parsed.columns) == 1 and not of_posts & set(parsed.columns):
            spelled = export.vocabulary.headers.get(parsed.columns[0], ())
            names |= {name.spelled for name in spelled}
    strange = _MEANT_ELSEWHERE.get(column, ())
    return tuple(sorted(name for name in names if name.casefold() not in strange))


def fitness(guesses: Iterable[Guess], kinds: tuple[str, ...]) -> float:
    """Measure how well headers suit tables: nothing where one they need is not there."""
    taken = {guess.column: guess.likeness for guess in guesses if guess.is_taken}
    wanted = needed(kinds) | ({"day"} if kinds == ("account_day",) else set())
    return sum(taken.values()) if wanted <= set(taken) else 0.0


def _examples(table: TextTable, place: int) -> tuple[str, ...]:
    cells = table.rows.get_column(str(place)).drop_nulls().head(3)
    return tuple(" ".join(cell.split())[:30] for cell in cells)
