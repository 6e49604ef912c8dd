"""What a night's files were found to say of themselves and of each other, counted."""

from collections.abc import Collection
from pathlib import Path

import polars as pl


def findings(
    files: pl.DataFrame,
    drift: pl.DataFrame,
    reconciliations: Collection[Path],
    core: Path,
    load_ids: Collection[str],
) -> dict[str, int]:
    """Count what the files of some loads were found to say, by kind.

    Parameters
    ----------
    files, drift
        ops.file and ops.drift.
    reconciliations
        Parquet of ops.reconciliation of those loads.
    core
        Folder with restatement and day_correction of the day.
    load_ids
        Loads of the night; what earlier ones said was told then.
    """
    fresh = files.filter(pl.col("load_id").is_in(load_ids)).select("file_id").unique().lazy()
    return {
        "headers changed": drift.filter(pl.col("load_id").is_in(load_ids)).height,
        "figures restated": _count(
            pl.scan_parquet(core / "restatement.parquet").join(
                fresh, left_on="new_file_id", right_on="file_id", how="semi"
            )
        ),
        "files with days corrected": _count(
            pl.scan_parquet(core / "day_correction.parquet")
            .filter(pl.col("days_moved") != 0)
            .join(fresh, on="file_id", how="semi")
        ),
        "sums unexplained": _count(
            pl.scan_parquet(list(reconciliations)).filter(pl.col("reason") == "unexplained")
        )
        if reconciliations
        else 0,
    }


def _count(rows: pl.LazyFrame) -> int:
    return int(rows.select(pl.len()).collect().item())
