"""Rows of a table by key, as arrays: whoever asks for a key touches its rows only."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import polars as pl


@dataclass(frozen=True, kw_only=True, eq=False)
class Lists:
    """A table cut by key; `spans` has each key's first row and the one past its last."""

    spans: Mapping[str, slice]
    columns: Mapping[str, np.ndarray]

    def of(self, key: str, column: str) -> np.ndarray:
        """Give a column's values in the rows of a key; none for a key without rows."""
        return self.columns[column][self.spans.get(key, slice(0, 0))]


def lists(table: pl.DataFrame, key: str) -> Lists:
    """Cut a table by its column `key`; the rows of a key stand in the order of their values."""
    ordered = table.sort(key, *table.columns)
    keys = ordered.group_by(key, maintain_order=True).len()
    bounds = [0, *keys["len"].cum_sum()]
    return Lists(
        spans={name: slice(*pair) for name, pair in zip(keys[key], pairwise(bounds), strict=True)},
        columns={name: ordered[name].to_numpy() for name in ordered.columns if name != key},
    )
