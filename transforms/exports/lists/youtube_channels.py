"""Lists of YouTube channels with what they have in all: subscribers, videos, views.

Social Blade's table has a grade beside them; other lists have the same figures without one. They
name a channel as it is shown, which is neither its id nor its handle and can be another's handle:
the account is `name:` and the name, and joins nothing. A name that two channels of a list have
tells none of them.
"""

import polars as pl

from transforms.cells import parse
from transforms.cells.compact_numbers import compact, with_compact
from transforms.cells.parse import Parsed
from transforms.cells.shown_names import shown_name, with_shared_names
from transforms.cells.written_numbers import is_rounded, number
from transforms.export import Clues, Export
from transforms.vocabulary import read_vocabulary

NAMES = read_vocabulary(__name__)

_ORDINAL = r"^(\s*[\d,]+)(?:st|nd|rd|th)\s*$"
_COMPACT = ("followers", "posts", "views")
_FIGURES = {
    "list_position": number("list_position", is_whole=True),
    "followers": compact("followers", is_whole=True),
    "is_rounded": Parsed(("followers",), is_rounded("followers"), pl.lit(value=False), ""),
    "posts": compact("posts", is_whole=True),
    "views": compact("views", is_whole=True),
    "category": parse.text("category"),
}


def _with_plain_positions(text: pl.DataFrame) -> pl.DataFrame:
    """Write `1` for `1st`."""
    return text.with_columns(pl.col("list_position").str.replace(_ORDINAL, "${1}"))


def _derive(data: pl.DataFrame, clues: Clues) -> pl.DataFrame:
    data = with_compact(data, clues.whole, _COMPACT)
    return with_shared_names(data, clues.whole, "channel_name", "followers")


def _list(name: str, title: str, source: str, needed: frozenset[str], foreign: frozenset[str],
          seen: str) -> Export:  # fmt: skip
    reads = {column for parsed in _FIGURES.values() for column in parsed.columns}
    return Export(
        name=name,
        platform="youtube",
        title=title,
        vocabulary=NAMES,
        tables=("listing",),
        columns={
            "source": parse.literal(source, pl.String),
            "account_ref": shown_name("channel_name"),
            "account_name": parse.text("channel_name"),
            **_FIGURES,
        },
        key="channel_name",
        also_required=needed,
        optional=frozenset(reads) - needed,
        forbidden=foreign,
        repair=_with_plain_positions,
        repairs="records",
        derive=_derive,
        settled_by=frozenset({"channel_name", *_COMPACT}),
        source=seen,
        where="no platform has it: keep the list's own name, with the day or the month it is of",
    )


EXPORTS = (
    _list(
        "list_social_blade",
        "Social Blade, list of YouTube channels",
        "social_blade",
        frozenset({"followers", "views", "grade"}),
        frozenset(),
        "Public files of the 5,000 greatest of 2018 and the 25 greatest of 2019, read 2026-11-23; "
        "the headers of the site's table from programs that read it, read that day",
    ),
    _list(
        "list_youtube_channels",
        "List of YouTube channels by subscribers",
        "youtube_channels",
        frozenset({"followers", "views", "posts"}),
        frozenset({"grade"}),
        "Two public data sets of 2022 and 2023 that many repositories hold, read 2026-11-23",
    ),
)
