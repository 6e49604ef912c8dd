"""Few texts over many accounts: a number per account, looked up once."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

Bools = np.ndarray[tuple[int], np.dtype[np.bool_]]
Flags = np.ndarray[tuple[int], np.dtype[np.uint8]]


def looked_up(places: np.ndarray[Any, Any], texts: Sequence[str | None]) -> pl.Series:
    """Give each account the text at its place in `texts`."""
    return pl.Series(texts, dtype=pl.String).gather(pl.Series(places).cast(pl.UInt32))


def flag(names: Sequence[str], name: str) -> int:
    """Give the bit that stands for a name."""
    return 1 << names.index(name)


def flag_names(flags: Flags, names: Sequence[str]) -> pl.Series:
    """Spell the names whose bits are set, joined by `+`; null where none is."""
    sets = range(1 << len(names))
    texts = ["+".join(name for i, name in enumerate(names) if bits >> i & 1) for bits in sets]
    return looked_up(flags, [text or None for text in texts])


def percent(share: float, decimals: int = 0) -> str:
    """Write a share as a percentage: `48 %`; `under 1 %` for what would round to nothing."""
    smallest = 10.0**-decimals
    if 0 < 100 * share < smallest / 2:
        return f"under {smallest:.{decimals}f} %"
    return f"{100 * share:.{decimals}f} %"
