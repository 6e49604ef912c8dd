"""Contracts of the ops layer: what the product did, and what it could not do."""

import pandera.polars as pa
import polars as pl

from schemas import columns
from schemas.columns import described


class Delivery(pa.DataFrameModel):
    """What arrived together: one zip, or the loose files of one folder in one night."""

    delivery_id: str = described("Identifies the delivery.")
    arrived_at: pl.Datetime("us", "UTC") = described("When it was first seen.", unit="UTC")
    source: str = described("Inbox it came from, without credentials.")
    path: str = described("Zip or folder within the inbox.")
    files: int = described("Files in it, zip members counted one by one.", unit="file", ge=0)
    size_bytes: int = described("Bytes of its files.", unit="byte", ge=0)

    class Config:
        strict = True
        unique = ["delivery_id"]


class File(pa.DataFrameModel):
    """What reading one table of one file came to."""

    load_id: str = columns.load_id()
    loaded_at: pl.Datetime("us", "UTC") = columns.loaded_at()
    delivery_id: str = described("Delivery it came in.")
    file_id: str = described("File or zip member; key together with sheet and load.")
    path: str = described("Where it lay within the inbox; for a member, its zip.")
    member: str = described("Path within the zip.", nullable=True)
    sheet: str = described("Sheet of a workbook.", nullable=True)
    sha256: str = columns.sha256()
    size_bytes: int = described("Size of the file.", unit="byte", ge=0)
    platform: str = columns.platform(nullable=True)
    handle: str = described("Handle the inbox path gives.", nullable=True)
    account_ref: str = columns.account_ref(nullable=True)
    export: str = described("Export it was recognised as.", nullable=True)
    language: str = described("Language of its headers.", nullable=True)
    status: str = described(
        "What became of it.",
        isin=("loaded", "repeated", "unrecognised", "refused", "empty", "kept"),
    )
    reason: str = described("Why it was not loaded, or not all of it.", nullable=True)
    rows_in: int = described("Records after the header.", unit="record", ge=0)
    loaded: int = described("Records loaded.", unit="record", ge=0)
    quarantined: int = described("Records in quarantine.", unit="record", ge=0)
    not_data: int = described("Totals, footers, ghost and blank records.", unit="record", ge=0)
    period_start: pl.Date = columns.period_start()
    period_end: pl.Date = columns.period_end()
    observed_on: pl.Date = columns.observed_on(nullable=True)
    observed_on_source: str = columns.observed_on_source(nullable=True)
    observed_on_is_exact: bool = columns.observed_on_is_exact(nullable=True)
    nearest_export: str = described(
        "For an unrecognised file, the export most like it.", nullable=True
    )
    missing_headers: pl.List(pl.String) = described(
        "Headers the nearest export needs and it lacks."
    )
    unknown_headers: pl.List(pl.String) = described("Headers no declaration names.")
    notes: pl.List(pl.String) = described("What was noticed: disagreements, repairs, caps.")

    class Config:
        strict = True
        unique = ["load_id", "file_id", "sheet"]

    @pa.dataframe_check
    def rows_in_is_loaded_plus_quarantined_plus_not_data(cls, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(
            pl.col("rows_in") == pl.col("loaded") + pl.col("quarantined") + pl.col("not_data")
        )


class Quarantine(pa.DataFrameModel):
    """A record that broke a rule: one row per record and rule."""

    load_id: str = columns.load_id()
    loaded_at: pl.Datetime("us", "UTC") = columns.loaded_at()
    file_id: str = columns.file_id()
    path: str = described("Where the file lay within the inbox; for a member, its zip.")
    member: str = described("Path within the zip.", nullable=True)
    sheet: str = described("Sheet of a workbook.", nullable=True)
    row_number: pl.UInt32 = columns.row_number()
    column: str = described("Header the rule speaks of, as the file writes it.", nullable=True)
    rule: str = described("What the record broke.")
    value: str = described("What stood there.", nullable=True)
    record: str = described("The whole record as a JSON object, header to text.")

    class Config:
        strict = True
        metadata = {"grain": ["load_id", "file_id", "sheet", "row_number", "column", "rule"]}


class Load(pa.DataFrameModel):
    """A batch of files read in one run."""

    load_id: str = columns.load_id()
    loaded_at: pl.Datetime("us", "UTC") = columns.loaded_at()
    run: str = described("Run that read it.")
    program_version: str = described("Version of creator-metrics that read it.")
    files: int = described("Tables of files in it.", unit="file", ge=0)
    rows_in: int = described("Records in its files.", unit="record", ge=0)
    loaded: int = described("Records loaded.", unit="record", ge=0)
    quarantined: int = described("Records in quarantine.", unit="record", ge=0)

    class Config:
        strict = True
        unique = ["load_id"]


class Build(pa.DataFrameModel):
    """How one partition of a mart was built."""

    table: str = described("Mart, without its schema.")
    as_of: pl.Date = columns.as_of()
    knowledge: str = described(
        "What could be known: latest, reported or loaded.", isin=("latest", "reported", "loaded")
    )
    cutoff: pl.Datetime("us", "UTC") = described("Loads up to here were used.", unit="UTC")
    built_at: pl.Datetime("us", "UTC") = described("When it was built.", unit="UTC")
    run: str = described("Run that built it.")
    program_version: str = described("Version of creator-metrics that built it.")
    inputs_hash: str = described("Equal hashes, equal tables.")
    reference_versions: str = described("Reference versions used, as JSON: kind to hash.")
    is_backfill: bool = described("Whether a person asked for the day; retention leaves it.")
    rows: int = described("Rows in the partition.", unit="row", ge=0)

    class Config:
        strict = True
        unique = ["table", "as_of"]


class StalePartition(pa.DataFrameModel):
    """A partition that later loads or reference versions would change."""

    table: str = described("Mart, without its schema.")
    as_of: pl.Date = columns.as_of()
    reason: str = described("What arrived since it was built.")

    class Config:
        strict = True
        unique = ["table", "as_of"]


OPS: dict[str, type[pa.DataFrameModel]] = {
    "delivery": Delivery,
    "file": File,
    "quarantine": Quarantine,
    "load": Load,
    "build": Build,
    "stale_partition": StalePartition,
}
"""Table name within the layer to contract."""
