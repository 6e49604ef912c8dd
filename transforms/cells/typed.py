"""Columns of text made typed ones.

Reading a cell in every way it can be written takes regular expressions whose cost a small table
pays over and over. Nearly all cells read as they stand; only a column of which some do not is
read in full.
"""

from collections.abc import Iterable, Sequence, Set
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
        What the cells of the first of them give that read as they stand; null where none can be
        told apart.
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
    return TypedColumn(
        name=name,
        columns=frozenset(parsed.columns),
        plain=None if parsed.plain is None else parsed.plain.cast(dtype).alias(name),
        value=parsed.value.cast(dtype).alias(name),
        blank=blank,
        repeats=parsed.repeats and len(parsed.columns) == 1,
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
    made = select(text, "row_number", *(_at_once(column, blank, text) for column in asked))
    read = null_counts(made)
    left = [
        column
        for column in asked
        if _is_left(column, [stand[name] for name in column.columns - blank], read[column.name])
    ]
    return _with_rest(made, text, left) if left else made


def select(frame: pl.DataFrame, *values: str | pl.Expr) -> pl.DataFrame:
    """Select at once; where the rows are many, what several values ask for is made once."""
    if frame.height < _WORTH_PLANNING:
        return frame.select_seq(*values)
    return frame.lazy().select(*values).collect()


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
    cells = text.get_column(source).unique().to_frame()
    read = cells.select(column.value).to_series()
    return pl.col(source).replace_strict(cells.to_series(), read).alias(column.name)


def _with_rest(made: pl.DataFrame, text: pl.DataFrame, left: list[TypedColumn]) -> pl.DataFrame:
    """Read in full only the records where one of the columns gave nothing."""
    names = [column.name for column in left]
    is_left = made.select(pl.any_horizontal(pl.col(names).is_null())).to_series()
    sources = sorted(set().union(*(column.columns for column in left)))
    rest = text.select(sources).filter(is_left)
    read = select(rest, *(column.value for column in left))
    place = (is_left.cum_sum().cast(pl.Int64) - 1).clip(lower_bound=0)
    return made.with_columns(
        column.gather(place).zip_with(is_left, made.get_column(column.name))
        for column in read.iter_columns()
    )


def _is_left(column: TypedColumn, stand: Sequence[int], read: int) -> bool:
    """Tell whether a cell may stand there that did not read as it stands.

    `stand` has the null cells of each column that is not blank, `read` those of what was made. A
    value of one column is null at least where its cell is; of several, another may tell it.
    """
    if column.plain is None or not stand:
        return False
    return read > (stand[0] if len(stand) == 1 else 0)
