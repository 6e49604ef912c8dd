"""Hours of the day, which some files count from 0 and others from 1."""

import polars as pl

from transforms.cells import parse
from transforms.cells.parse import Parsed

HOUR = "_hour"
"""Helper column: the hour a cell names, 0 to 23."""


def with_hours(frame: pl.DataFrame, whole: pl.DataFrame, column: str) -> pl.DataFrame:
    """Add the hour each cell of `column` names.

    Parameters
    ----------
    frame
        Text records.
    whole
        Records of all parts of the same export, `frame` included: an hour 24 shows that they
        are counted from 1.
    """
    hour = parse.count(column).value
    counts_from_one = whole.select((hour == 24).any()).item()
    return frame.with_columns((hour - int(counts_from_one)).alias(HOUR))


def hour_of(column: str) -> Parsed:
    """Read the hour that `with_hours` found for `column`."""
    return parse.count(column).with_value(pl.col(HOUR))
