"""Columns of text made typed ones.

Reading a cell in every way it can be written takes regular expressions whose cost a small table
pays over and over. Nearly all cells read as they stand; only a column of which some do not is
read in full.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

import polars as pl

from transforms.cells.parse import Parsed

_WORTH_PLANNING = 2000
"""Records from which looking for shared work costs less than it saves."""


@dataclass(frozen=True, eq=False)
class TypedColumn:
    """How one typed column is made of text.

    Attributes
    ----------
    columns
        Text columns it is made of.
    plain
        What the cells give that read as they stand; null where none can be told apart.
    value
        What all cells give.
    blank
        What it is where all of `columns` are blank.
    repeats
        As `Parsed.repeats`.
    """

    name: str
    columns: frozenset[str]
    plain: pl.Expr | None
    value: pl.Expr
    blank: pl.Expr
    repeats: bool = False


def typed_column(name: str, dtype: pl.DataType, parsed: Parsed | None) -> TypedColumn:
    """Say how a column is made, one of nulls where nothing tells it."""
    blank = pl.lit(None, dtype).alias(name)
    if parsed is None:
        return TypedColumn(name, frozenset(), None, blank, blank)
    is_of_one = len(parsed.columns) == 1
    return TypedColumn(
        name=name,
        columns=frozenset(parsed.columns),
        plain=parsed.plain.cast(dtype).alias(name)
        if parsed.plain is not None and is_of_one
        else None,
        value=parsed.value.cast(dtype).alias(name),
        blank=blank,
        repeats=parsed.repeats and is_of_one,
    )


def typed(text: pl.DataFrame, columns: Iterable[TypedColumn]) -> pl.DataFrame:
    """Make typed columns of text records.

    Parameters
    ----------
    text
        Records with their `row_number`.

    Returns
    -------
    polars.DataFrame
        `row_number` and the columns, a row a record.
    """
    asked = list(columns)
    stand = null_counts(text)
    blank = {name for name, nulls in stand.items() if nulls == text.height}
    made = _select(text, (_at_once(column, blank, text) for column in asked))
    read = null_counts(made)
    left = [column.value for column in asked if _is_left(column, stand, read)]
    return made.with_columns(_select(text, left).drop("row_number")) if left else made


def null_counts(frame: pl.DataFrame) -> dict[str, int]:
    """Count the null cells of every column, which costs nothing."""
    return dict(zip(frame.columns, frame.null_count().row(0), strict=True))


def _at_once(column: TypedColumn, blank: Set[str], text: pl.DataFrame) -> pl.Expr:
    if column.columns and blank >= column.columns:
        return column.blank
    if column.repeats and text.height >= _WORTH_PLANNING:
        return _read_once(column, text)
    return column.value if column.plain is None else column.plain


def _read_once(column: TypedColumn, text: pl.DataFrame) -> pl.Expr:
    """Look each cell up among the distinct ones, which are read."""
    (source,) = column.columns
    cells = text.select(source).unique()
    read = cells.select(column.value).to_series()
    return pl.col(source).replace_strict(cells.to_series(), read).alias(column.name)


def _is_left(column: TypedColumn, stand: Mapping[str, int], read: Mapping[str, int]) -> bool:
    """Tell whether a cell stands there that did not read as it stands."""
    if column.plain is None:
        return False
    (source,) = column.columns
    return read[column.name] > stand[source]


def _select(text: pl.DataFrame, values: Iterable[pl.Expr]) -> pl.DataFrame:
    if text.height < _WORTH_PLANNING:
        return text.select_seq("row_number", *values)
    return text.lazy().select("row_number", *values).collect()
