"""What YouTube Studio cuts an account's figures by, and how its segments are read.

The dimension stands in the header, the segment under it in the language of the interface: known
words get one name in every language, ids and codes stay, all else stands as the file has it. A
traffic source that was looked into has search terms, sites and videos for segments.
"""

import polars as pl

from transforms.cells import segments
from transforms.cells.not_data import label
from transforms.cells.parse import Parsed
from transforms.export import told_column
from transforms.vocabulary import Vocabulary, read_vocabulary

OTHER = "other_dimension"
"""Canonical column of all dimensions whose header alone says which of them it is."""

_BY_COLUMN = {
    "geography": "country",
    "cities": "city",
    "viewer_age": "age",
    "viewer_gender": "gender",
    "subscription_status": "subscription",
}
"""Canonical column to its dimension, named as in the audience."""

_SEGMENTS = tuple(read_vocabulary(__name__).labels)

KEYS = (OTHER, *_BY_COLUMN)
"""Canonical columns that tell one segment from another."""

SHOWN = ("source_title", "playlist_title", "city_name")
"""Canonical columns of what Studio shows where an id is the segment."""

NONE = "none"
"""Where Studio leaves the segment blank: views without subtitles, for one."""

_DETAIL = r"^\s*[A-Z]+(?:_[A-Z]+)*\."
"""Of a source looked into: `YT_SEARCH.running shoes`, `EXT_URL.example.com`, `YT_RELATED.<id>`."""


def of_other(names: Vocabulary) -> dict[str, Parsed]:
    """Read dimension, segment and its name where the header of `OTHER` tells the dimension.

    Parameters
    ----------
    names
        Holds the words of the segments.
    """
    shown = (*SHOWN, OTHER)
    return {
        "dimension": _told((OTHER,), _dimension()),
        "segment": _told((OTHER,), _segment(names)),
        "segment_name": _told(shown, pl.coalesce(*map(_bare, shown))),
    }


def of_any(names: Vocabulary) -> dict[str, Parsed]:
    """Read dimension, segment and its name, whichever dimension it is.

    Parameters
    ----------
    names
        Holds the words of the segments, of genders and of subscription too.
    """
    named = (
        pl.when(pl.col(column).is_not_null()).then(pl.lit(dimension))
        for column, dimension in _BY_COLUMN.items()
    )
    read = (
        segments.age("viewer_age"),
        segments.worded("viewer_gender", names, ("female", "male", "other")),
        segments.worded("subscription_status", names, ("subscribed", "not_subscribed")),
    )
    country = pl.col("geography").str.strip_chars().str.to_uppercase()
    segment = pl.coalesce(_segment(names), country, _bare("cities"), *(one.value for one in read))
    failed = pl.any_horizontal(one.failed for one in read)
    shown = (*SHOWN, *KEYS)
    return {
        "dimension": _told(KEYS, pl.coalesce(_dimension(), *named)),
        "segment": Parsed(KEYS, segment, failed, "; ".join(one.rule for one in read)),
        "segment_name": _told(shown, pl.coalesce(*map(_bare, shown))),
    }


def _dimension() -> pl.Expr:
    told = pl.col(told_column(OTHER))
    is_detail = (told == "traffic_source") & pl.col(OTHER).str.contains(_DETAIL)
    return pl.when(is_detail).then(pl.format("{}_detail", told)).otherwise(told)


def _segment(names: Vocabulary) -> pl.Expr:
    words = {word: segment for segment in _SEGMENTS for word in names.words(segment)}
    known = label(OTHER).replace_strict(words, default=None, return_dtype=pl.String)
    none = pl.when(pl.col(told_column(OTHER)).is_not_null()).then(pl.lit(NONE))
    return pl.coalesce(known, _bare(OTHER), none)


def _bare(column: str) -> pl.Expr:
    """Give the text without soft hyphens and needless spaces, null where none is left."""
    text = pl.col(column).str.replace_all("\u00ad", "", literal=True)
    text = text.str.replace_all(r"\s+", " ").str.strip_chars()
    return pl.when(text != "").then(text)


def _told(columns: tuple[str, ...], value: pl.Expr) -> Parsed:
    return Parsed(columns, value, pl.lit(value=False), "text")
