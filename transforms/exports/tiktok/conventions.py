"""What TikTok's daily exports have in common: where their days stand."""

import polars as pl

from transforms.cells.days import with_days
from transforms.cells.label_days import with_label_days
from transforms.export import Clues


def yearless_days(data: pl.DataFrame, clues: Clues) -> pl.DataFrame:
    """Add the day of each label of `date`, which holds no year: the Studio's since 2024."""
    return with_label_days(data, clues, "date")


def written_days(data: pl.DataFrame, clues: Clues) -> pl.DataFrame:
    """Add the day of each `date`, which holds its year: 2021's and the Business Suite's."""
    return with_days(data, clues.whole, "date")
