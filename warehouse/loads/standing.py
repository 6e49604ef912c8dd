"""What stands of a load: its files as they lie, or without the rows that were taken back."""

from collections.abc import Collection
from pathlib import Path

import polars as pl

from warehouse.home import make_folder
from warehouse.loads.load import COMPRESSION, COMPRESSION_LEVEL, Load, stands
from warehouse.loads.parts import ROW_GROUP_ROWS


def standing_files(load: Load, table: str, withdrawn: Collection[str], scratch: Path) -> list[Path]:
    """Give the Parquet files of a table without the rows of withdrawn files.

    Parameters
    ----------
    withdrawn
        File ids.
    scratch
        Folder that receives a copy of each file that loses rows; equal rows, equal bytes.

    Returns
    -------
    list of Path
        None where nothing stands.
    """
    files = load.files(table)
    if load.file_ids.isdisjoint(withdrawn):
        return files
    folder = scratch / load.load_id
    make_folder(folder)
    return [left for file in files if (left := _without(file, withdrawn, folder)) is not None]


def _without(file: Path, withdrawn: Collection[str], folder: Path) -> Path | None:
    target = folder / file.name
    rows = pl.scan_parquet(file, glob=False, hive_partitioning=False).filter(stands(withdrawn))
    rows.sink_parquet(
        target,
        compression=COMPRESSION,
        compression_level=COMPRESSION_LEVEL,
        row_group_size=ROW_GROUP_ROWS,
    )
    is_empty = pl.scan_parquet(target, glob=False).select(pl.len()).collect().item() == 0
    return None if is_empty else target


def rows_by_file(loads: Collection[Load], tables: Collection[str]) -> pl.DataFrame:
    """Count the rows that each file brought.

    Returns
    -------
    polars.DataFrame
        file_id, table, rows: grain (file_id, table).
    """
    counts = [
        pl.scan_parquet(files, glob=False, hive_partitioning=False)
        .group_by("file_id")
        .agg(rows=pl.len().cast(pl.Int64))
        .select("file_id", table=pl.lit(table), rows="rows")
        for table in tables
        if (files := [file for load in loads for file in load.files(table)])
    ]
    schema = {"file_id": pl.String, "table": pl.String, "rows": pl.Int64}
    return pl.concat(counts).collect() if counts else pl.DataFrame(schema=schema)
