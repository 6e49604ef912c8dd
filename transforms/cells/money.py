"""Money whose currency stands in the header."""

import polars as pl

from transforms.cells import parse
from transforms.cells.parse import Parsed
from transforms.export import told_column


def revenue(column: str) -> dict[str, Parsed]:
    """Give `estimated_revenue` and `currency` from `Estimated revenue (DKK)`."""
    amount = parse.decimal(column)
    code = pl.when(amount.value.is_not_null()).then(pl.col(told_column(column)))
    return {
        "estimated_revenue": amount,
        "currency": Parsed(amount.columns, code, pl.lit(value=False), ""),
    }
