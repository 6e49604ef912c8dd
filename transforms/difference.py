"""What building a mart again changed: rows added, removed and changed, by key."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

_BEFORE, _AFTER = "_before ", "_after "


@dataclass(frozen=True)
class Difference:
    """Rows of a mart that differ between two buildings of one partition.

    Attributes
    ----------
    before, after
        Rows of each.
    added, removed
        Rows whose key only the later, or only the earlier one has.
    changed
        Rows of the same key with another value in any column.
    of_others
        How many of the added, removed and changed rows are not of the chosen accounts.
    """

    before: int
    after: int
    added: int
    removed: int
    changed: int
    of_others: int = 0

    @property
    def is_none(self) -> bool:
        """Say whether the two hold the same rows."""
        return not (self.added or self.removed or self.changed)


def difference(
    before: pl.DataFrame, after: pl.DataFrame, key: Sequence[str], chosen: pl.Expr | None = None
) -> Difference:
    """Compare two buildings of one partition, whatever the order of their rows and columns.

    Two floats are the same when they are equal, two nulls and two NaN too. A column that only
    one of them has differs in every row in which it is not null.

    Parameters
    ----------
    key
        Columns that identify a row; null equals null.
    chosen
        Condition over the columns of the key: rows of the accounts that were asked for. Null:
        all rows.
    """
    columns = sorted({*before.columns, *after.columns} - set(key))
    joined = _side(before, key, columns, after.schema, _BEFORE).join(
        _side(after, key, columns, before.schema, _AFTER),
        on=list(key),
        how="full",
        coalesce=True,
        nulls_equal=True,
    )
    is_added, is_removed = pl.col(_BEFORE).is_null(), pl.col(_AFTER).is_null()
    told = joined.select(
        added=is_added,
        removed=is_removed,
        differs=pl.any_horizontal(
            is_added,
            is_removed,
            *(pl.col(_BEFORE + name).ne_missing(pl.col(_AFTER + name)) for name in columns),
        ),
        is_chosen=pl.lit(value=True) if chosen is None else chosen,
    )
    added, removed, differing = (int(told[name].sum()) for name in ("added", "removed", "differs"))
    return Difference(
        before=before.height,
        after=after.height,
        added=added,
        removed=removed,
        changed=differing - added - removed,
        of_others=told.filter("differs", ~pl.col("is_chosen").fill_null(value=False)).height,
    )


def _side(
    rows: pl.DataFrame,
    key: Sequence[str],
    columns: Sequence[str],
    other: pl.Schema,
    side: str,
) -> pl.DataFrame:
    """Name the columns after their side; those it lacks are null."""
    return rows.select(
        *key,
        pl.lit(value=True).alias(side),
        *(
            (pl.col(name) if name in rows.columns else pl.lit(None, other[name])).alias(side + name)
            for name in columns
        ),
    )
