"""Expressions over canonical text columns that exports use to tell what is not data."""

import polars as pl

from transforms.export import FILLED, NotData
from transforms.vocabulary import Vocabulary


def label(column: str) -> pl.Expr:
    """Give a cell as its label compares: no soft hyphens, no outer spaces, lower case."""
    return (
        pl.col(column)
        .str.replace_all("\u00ad", "", literal=True)
        .str.strip_chars()
        .str.to_lowercase()
    )


def total_row(key: str, vocabulary: Vocabulary) -> NotData:
    """Recognise the Total row, first, last or between, in every language."""
    return NotData(reason="total", rows=label(key).is_in(vocabulary.words("total")))


def footer(key: str, looks_like_key: str, cap: int) -> NotData:
    """Recognise a footer: a record of one cell, where the key would stand, that is no key.

    The last record of the file, or one that names the cap; whatever the language.
    """
    cell = label(key)
    is_last = pl.int_range(pl.len()) == pl.len() - 1
    names_the_cap = cell.str.contains(rf"(?:^|\D){cap}(?:\D|$)")
    return NotData(
        reason="footer",
        rows=(pl.col(FILLED) == 1)
        & cell.is_not_null()
        & ~cell.str.contains(looks_like_key)
        & (is_last | names_the_cap),
    )
