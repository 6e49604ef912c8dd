"""Where a history row came from; every history table carries these columns."""

import pandera.polars as pa
import polars as pl

from schemas import columns


class Provenance(pa.DataFrameModel):
    """The load's columns: not part of any grain, enough to trace and to rank a row."""

    observed_on_source: str = columns.observed_on_source()
    observed_on_is_exact: bool = columns.observed_on_is_exact()
    evidence_rank: pl.UInt8 = columns.evidence_rank()
    load_id: str = columns.load_id()
    file_id: str = columns.file_id()
    sha256: str = columns.sha256()
    row_number: pl.UInt32 = columns.row_number()
    loaded_at: pl.Datetime("us", "UTC") = columns.loaded_at()
