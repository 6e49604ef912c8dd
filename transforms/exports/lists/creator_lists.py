"""Lists of creators with their figures, as ranking sites publish and analysts pass them on.

One record an account, and no figure of the account's own. Numbers are written `48.5M`; a second
column of the same header can hold the same number in digits, and the first is read. One form has
the handle under a header where another has the shown name: the column that looks like handles is
taken. An account without a handle has its shown name there. Where words stand under the header of
a figure, header and values are shifted from there on: what lies left of it is read, the rest is
not.
"""

from functools import partial
from typing import Any

import polars as pl

from transforms.cells import parse
from transforms.cells.compact_numbers import compact, with_compact
from transforms.cells.parse import Parsed
from transforms.cells.segments import country, with_countries
from transforms.cells.shown_names import shown_name, with_shared_names
from transforms.cells.written_numbers import is_rounded, number
from transforms.export import Clues, Export
from transforms.vocabulary import Vocabulary, read_vocabulary

_NEVER = pl.lit(value=False)
_SHIFTED = "_shifted"
_LIKE_A_HANDLE = r"^@?[A-Za-z0-9._-]+$"
_LIKE_A_NUMBER = r"^\s*[+-]?\d"
_AVERAGES = (
    "average_views",
    "average_likes",
    "average_comments",
    "average_shares",
    "average_interactions",
    "authentic_interactions",
)
_SOURCE = (
    "Files of 2022 that a public data set took from HypeAuditor's lists, read 2026-11-23: five "
    "months, three networks, each with headers of its own"
)


def _repair(text: pl.DataFrame) -> pl.DataFrame:
    return _unshift(_with_handles_first(text))


def _with_handles_first(text: pl.DataFrame) -> pl.DataFrame:
    """Exchange two columns of names where the second is written more like handles."""
    names = ["network_name", "other_name"]
    if not set(names) <= set(text.columns):
        return text
    cells = (pl.col(name).str.strip_chars() for name in names)
    first, second = text.select(cell.str.contains(_LIKE_A_HANDLE).sum() for cell in cells).row(0)
    return text.rename(dict(zip(names, names[::-1], strict=True))) if second > first else text


def _unshift(text: pl.DataFrame) -> pl.DataFrame:
    """Drop the figures from the first on under whose header words stand."""
    figures = [name for name in text.columns if name in _AVERAGES]
    are_words = (
        text.select(
            (~pl.col(name).drop_nulls().str.contains(_LIKE_A_NUMBER)).mean() > 0.5
            for name in figures
        ).row(0)
        if figures
        else ()
    )
    first = next((place for place, words in enumerate(are_words) if words), None)
    shifted = [] if first is None else figures[first:]
    header = pl.lit(shifted[0] if shifted else None, pl.String)
    return text.with_columns(
        *(pl.lit(None, pl.String).alias(name) for name in shifted), header.alias(_SHIFTED)
    )


def _remarks(data: pl.DataFrame, names: Vocabulary) -> tuple[str, ...]:
    shifted = data.get_column(_SHIFTED).drop_nulls().unique().to_list()
    return tuple(
        f"words stand under {names.spell(column, 'en')!r}: header and values are shifted from "
        "there on, and the averages from there on are not read"
        for column in shifted
    )


def _named(names: Vocabulary) -> dict[str, Parsed]:
    handle, name = parse.handle("network_name"), shown_name("network_name")
    ref = pl.when(handle.failed).then(name.value).otherwise(handle.value)
    named = {
        "account_ref": Parsed(handle.columns, ref, handle.failed & name.failed, name.rule),
        "account_handle": Parsed(handle.columns, handle.value, _NEVER, ""),
    }
    if "other_name" in names.headers:
        return named | {"account_name": parse.text("other_name")}
    shown = pl.when(handle.failed).then(parse.text("network_name").value)
    return named | {"account_name": Parsed(handle.columns, shown, _NEVER, "")}


def _figures(*averages: str) -> dict[str, Parsed]:
    rounded = Parsed(("followers",), is_rounded("followers"), _NEVER, "")
    return {
        "list_position": number("list_position", is_whole=True),
        "followers": compact("followers", is_whole=True),
        "is_rounded": rounded,
        **{name: compact(name) for name in averages},
    }


def _derive(
    data: pl.DataFrame, clues: Clues, *, figures: tuple[str, ...], has_countries: bool = False
) -> pl.DataFrame:
    data = with_compact(data, clues.whole, figures)
    data = with_shared_names(data, clues.whole, "network_name", "followers")
    return with_countries(data, clues, column="audience_country") if has_countries else data


def _list(platform: str, *averages: str) -> Export:
    names = read_vocabulary(f"{__package__}.list_{platform}")
    has_countries = "audience_country" in names.headers
    columns = _named(names) | _figures(*averages) | {"category": parse.text("category")}
    if has_countries:
        columns["audience_country"] = country("audience_country")
    return _export(
        name=f"list_{platform}",
        platform=platform,
        title=f"List of creators, {platform}",
        vocabulary=names,
        source_name="hypeauditor",
        columns=columns,
        one_of=frozenset(averages),
        derive=partial(_derive, figures=("followers", *averages), has_countries=has_countries),
        source=_SOURCE,
    )


def _export(
    *,
    source_name: str,
    columns: dict[str, Parsed],
    vocabulary: Vocabulary,
    also_required: frozenset[str] = frozenset(),
    **declared: Any,
) -> Export:
    reads = {column for parsed in columns.values() for column in parsed.columns}
    return Export(
        **declared,
        vocabulary=vocabulary,
        also_required=also_required,
        tables=("listing",),
        columns={"source": parse.literal(source_name, pl.String), **columns},
        key="network_name",
        optional=frozenset(reads - {"network_name", "followers"}) - also_required,
        repair=_repair,
        remarks=partial(_remarks, names=vocabulary),
        where="no platform has it: keep the list's own name, with the day or the month it is of",
    )


_TOP = read_vocabulary(f"{__package__}.list_top_instagram")

EXPORTS = (
    _list(
        "instagram",
        "average_views",
        "average_likes",
        "average_comments",
        "authentic_interactions",
        "average_interactions",
    ),
    _list("tiktok", "average_views", "average_likes", "average_comments", "average_shares"),
    _list("youtube", "average_views", "average_likes", "average_comments"),
    _export(
        name="list_top_instagram",
        platform="instagram",
        title="List of the 200 greatest on Instagram",
        vocabulary=_TOP,
        source_name="top_instagram",
        columns=_named(_TOP)
        | _figures("average_likes")
        | {
            "posts": compact("posts", is_whole=True),
            "quality_score": number("quality_score"),
            "listed_engagement_share": number("listed_engagement_share", is_percent=True),
        },
        derive=partial(_derive, figures=("followers", "average_likes", "posts")),
        also_required=frozenset({"quality_score", "listed_engagement_share"}),
        source="A file that twenty public repositories hold, read 2026-11-23",
    ),
)
