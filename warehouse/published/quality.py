"""What the published file holds that a person should look at, the newest first."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from warehouse.published.query import ask

MOST = 50
"""Rows of each list; a page that is longer is not read."""


@dataclass(frozen=True, kw_only=True)
class Quality:
    """What was left out, and what does not add up; each the newest `MOST` rows.

    `of_all` in each says how many rows there are in all.

    Attributes
    ----------
    quarantined
        Records in quarantine. Grain (file_id, sheet, column, rule), each with its first record.
    unexplained
        Sums of a file that differ from its records, for no reason known.
    drift
        Headers that changed. Grain (export, kind, header, canonical, suggestion).
    left
        Files whose last reading was refused, or that no export recognised.
    """

    quarantined: pl.DataFrame
    unexplained: pl.DataFrame
    drift: pl.DataFrame
    left: pl.DataFrame


def quality(path: Path, most: int = MOST) -> Quality:
    """Ask a published file what is wrong with what arrived.

    Raises
    ------
    warehouse.published.query.QueryError
        When there is no such file, or it cannot be opened.
    """
    shown = {"most": most}
    return Quality(
        quarantined=ask(path, "quarantine_groups", shown),
        unexplained=ask(path, "sums_unexplained", shown),
        drift=ask(path, "headers_changed", shown),
        left=ask(path, "files_left", shown),
    )
