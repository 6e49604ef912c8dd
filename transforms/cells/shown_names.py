"""Accounts that a list names only as they are shown, by neither handle nor id.

A shown name can be another account's handle: the account is `name:` and the name, and joins
nothing. A name that two accounts of a list have tells none of them.
"""

import polars as pl

from transforms.cells.parse import Parsed

NAMED = "name:"
"""Stands before a shown name where an id or a handle would stand."""

_SHARED = "_shared_name"


def with_shared_names(
    data: pl.DataFrame, whole: pl.DataFrame, column: str, figure: str
) -> pl.DataFrame:
    """Mark the names in `column` beside which several values of `figure` stand.

    Parameters
    ----------
    whole
        Records of all parts of the same export, `data` included.
    """
    name = pl.col(column).str.strip_chars()
    shared = whole.group_by(name).agg(pl.col(figure).n_unique() > 1)
    names = shared.filter(figure).get_column(column).drop_nulls()
    return data.with_columns(name.is_in(names.implode()).fill_null(value=False).alias(_SHARED))


def shown_name(column: str) -> Parsed:
    """Read an account by its shown name; `with_shared_names` must have marked it before."""
    name = pl.col(column).str.strip_chars()
    failed = pl.col(_SHARED) | (name.fill_null("") == "")
    value = pl.when(~failed).then(pl.lit(NAMED) + name)
    return Parsed((column,), value, failed, "a name that one account of the list has")
