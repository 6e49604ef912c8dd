"""Ids whose digits a spreadsheet replaced by zeros, which no single id shows.

A spreadsheet keeps 15 digits of a number and writes the rest as zeros: `17900000000000123`
becomes `17900000000000100`, an id like any other. Only that all of a file's ids end so tells.
"""

import re

import polars as pl

from transforms.deliveries.survey import Surveyed

_KEPT_DIGITS = 15
_FEWEST_ZEROS = 2
"""So many zeros that had to be there by chance: one file in a hundred of a single post."""

_LONG = rf"^\d{{{_KEPT_DIGITS + 1},}}$"
_ROUNDED = rf"^\d{{{_KEPT_DIGITS}}}0+$"


def lost_digits(entry: Surveyed, data: pl.DataFrame) -> str | None:
    """Say that every long id among the keys or the posts' ids ends in zeros, or nothing."""
    export = entry.export
    post = export.columns.get("post_id")
    read = dict.fromkeys((export.key, *(post.columns[:1] if post else ())))
    for column in read:
        if column in data.columns and (example := _rounded(data.get_column(column))):
            (place, *_) = entry.recognition.positions[column]
            return (
                f"every id in {entry.table.header[place]!r} ends in zeros after {_KEPT_DIGITS} "
                f"digits, e.g. {example}: a spreadsheet has replaced the others; download it again "
                "and do not save it from there"
            )
    return None


def _rounded(ids: pl.Series) -> str | None:
    """Give one of the ids where all of them have lost their last digits."""
    first = ids.drop_nulls().head(1) if ids.null_count() else ids.head(1)
    is_rounded = first.len() == 1 and re.search(_LONG, first[0]) and first[0].endswith("0")
    if not is_rounded or not ids.str.ends_with("0").all():
        return None
    distinct = ids.drop_nulls().str.strip_chars().unique().sort()
    long = distinct.filter(distinct.str.contains(_LONG))
    zeros = (long.str.len_chars() - _KEPT_DIGITS).sum()
    if zeros < _FEWEST_ZEROS or not long.str.contains(_ROUNDED).all():
        return None
    return str(long[0])
