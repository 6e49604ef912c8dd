"""What YouTube Studio cuts an account's figures by, and how its segments are read.

The dimension stands in the header, the segment under it in the language of the interface: known
words get one name in every language, ids and codes stay, all else stands as the file has it. A
traffic source that was looked into has search terms, sites and videos for segments.
"""

from collections.abc import Collection

import polars as pl

from transforms.cells import segments
from transforms.cells.parse import Parsed
from transforms.export import BOTH, told_column
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

OF_ANY_PLATFORM = frozenset(
    {
        "date", "geography", "cities", "city_name", OTHER, "views", "impressions", "likes",
        "comments", "shares", "unique_viewers",
    }
)  # fmt: skip
"""Canonical columns whose headers reports of other platforms have too."""

NONE = "none"
"""Where Studio leaves the segment blank: views without subtitles, for one."""

_AS_WRITTEN = ("playlist", "subtitles", "audio_track", "video_info_language")
"""Dimensions of names that people give, and of codes: no interface translates them."""

_DETAIL = r"^\s*[A-Z]+(?:_[A-Z]+)*\."
"""Of a source looked into: `YT_SEARCH.running shoes`, `EXT_URL.example.com`, `YT_RELATED.<id>`."""

_BY_CELLS = "_dimension"
"""Derived column: the dimension of the table."""

_INVISIBLE = "[\u00ad\u200b-\u200f\u2060\ufeff]"
_HYPHENS = "[\u2010-\u2015\u2212]"


def of_other(names: Vocabulary) -> dict[str, Parsed]:
    """Read dimension, segment and its name where the header of `OTHER` tells the dimension.

    Parameters
    ----------
    names
        Holds the words of the segments.
    """
    shown, told = (*SHOWN, OTHER), (OTHER, told_column(OTHER))
    return {
        "dimension": _told(told, _other_dimension()),
        "segment": _told(told, _other_segment(names)),
        "segment_name": _told(shown, pl.coalesce(*map(_bare, shown))),
    }


def of_any(names: Vocabulary) -> dict[str, Parsed]:
    """Read dimension, segment and its name, whichever dimension it is, told by `with_dimension`.

    Parameters
    ----------
    names
        Holds the words of the segments, of genders and of subscription too.
    """
    read = (one.value for one in checks(names))
    as_they_stand = map(_bare, KEYS)
    segment = pl.coalesce(_other_segment(names), *read, *as_they_stand, pl.lit(NONE))
    shown, told = (*SHOWN, *KEYS), (*KEYS, told_column(OTHER))
    return {
        "dimension": _told(told, pl.coalesce(_other_dimension(), _BY_CELLS)),
        "segment": _told(told, segment),
        "segment_name": _told(shown, pl.coalesce(*map(_bare, shown))),
    }


def with_dimension(data: pl.DataFrame) -> pl.DataFrame:
    """Add by which dimension the table is cut, where the column that has cells tells it."""
    told = (dimension for column, dimension in _BY_COLUMN.items() if data[column].count())
    return data.with_columns(pl.lit(next(told, None), pl.String).alias(_BY_CELLS))


def checks(names: Vocabulary) -> tuple[Parsed, ...]:
    """Read what is canonical in an audience too; any other cell breaks a rule.

    Countries are those that `transforms.cells.segments.with_countries` finds in `geography`.
    """
    return (
        segments.country("geography"),
        segments.age("viewer_age"),
        segments.worded("viewer_gender", names, ("female", "male", "other")),
        segments.worded("subscription_status", names, ("subscribed", "not_subscribed")),
    )


def second_dimension(data: pl.DataFrame) -> str | None:
    """Say by what else the figures of a table are cut, or nothing."""
    told = data.get_column(told_column(OTHER)).first()
    found = str(told).split(BOTH) if told else []
    found += [dimension for column, dimension in _BY_COLUMN.items() if data[column].count()]
    found += ["video"] if data["content"].count() or data["video_title"].count() else []
    return found[1] if len(found) > 1 else None


def told_twice(data: pl.DataFrame, names: Vocabulary, figures: Collection[str]) -> str | None:
    """Say which segment of a table has two figures, as the file shows it, or nothing."""
    cells = (pl.col(name).str.strip_chars() for name in sorted(figures))
    key = pl.struct(_other_dimension(), _other_segment(names).alias("segment"))
    told = data.select(_bare(OTHER).fill_null("").alias("shown"), *cells, key=key)
    kept = told.unique(["key", *sorted(figures)], keep="first", maintain_order=True)
    twice = kept.filter(pl.col("key").is_duplicated())
    return None if twice.is_empty() else str(twice.item(0, "shown"))


def _other_dimension() -> pl.Expr:
    told = pl.col(told_column(OTHER))
    return pl.when(_is_detail()).then(pl.format("{}_detail", told)).otherwise(told)


def _is_detail() -> pl.Expr:
    told = pl.col(told_column(OTHER))
    return (told == "traffic_source") & pl.col(OTHER).str.contains(_DETAIL).fill_null(value=False)


def _other_segment(names: Vocabulary) -> pl.Expr:
    words = {word: segment for segment in _SEGMENTS for word in names.words(segment)}
    told = pl.col(told_column(OTHER))
    known = _as_compared(OTHER).replace_strict(words, default=None, return_dtype=pl.String)
    is_translated = ~(told.is_in(_AS_WRITTEN) | _is_detail())
    none = pl.when(told.is_not_null()).then(pl.lit(NONE))
    return pl.coalesce(pl.when(is_translated).then(known), _bare(OTHER), none)


def _as_compared(column: str) -> pl.Expr:
    text = pl.col(column).str.replace_all(_INVISIBLE, "").str.replace_all(_HYPHENS, "-")
    return text.str.replace_all(r"[\s\p{Z}]+", " ").str.strip_chars().str.to_lowercase()


def _bare(column: str) -> pl.Expr:
    """Give the text without soft hyphens and outer spaces, null where none is left."""
    text = pl.col(column).str.replace_all("\u00ad", "", literal=True).str.strip_chars()
    return pl.when(text != "").then(text)


def _told(columns: tuple[str, ...], value: pl.Expr) -> Parsed:
    return Parsed(columns, value, pl.lit(value=False), "text")
