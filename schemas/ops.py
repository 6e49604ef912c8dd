"""Contracts of the ops layer: what the product did, and what it could not do."""

import pandera.polars as pa
import polars as pl

from schemas import columns
from schemas.columns import described

RECONCILIATION_REASONS = (
    "agrees",
    "capped",
    "channel_level",
    "absent_posts",
    "withheld",
    "quarantined",
    "unexplained",
)


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
        "What became of it; `withdrawn`: its counts are those of its reading, its rows stand in "
        "no table, and ops.withdrawal says since when.",
        isin=("loaded", "repeated", "unrecognised", "refused", "empty", "kept", "withdrawn"),
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
    suggestions: pl.List(pl.String) = described(
        "For each unknown header the canonical column it probably is, empty where none is like it."
    )
    headers: pl.List(pl.String) = described("Headers that are known, as the file writes them.")
    columns: pl.List(pl.String) = described("Canonical column of each of those headers.")
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


class Reconciliation(pa.DataFrameModel):
    """What a file says twice, compared: its Total row, a sum, an upper bound."""

    load_id: str = columns.load_id()
    loaded_at: pl.Datetime("us", "UTC") = columns.loaded_at()
    file_id: str = columns.file_id()
    sheet: str = described("Sheet of a workbook.", nullable=True)
    check: str = described("What was compared: `total`, or the name of the export's own check.")
    metric: str = described("Figure it is about, or `records` where it counts them.")
    said: float = described("What the file says: the Total, the whole, the bound.")
    found: float = described("What its records come to.")
    difference: float = described("Found less said.")
    records: int = described("Records compared.", unit="record", ge=0)
    records_off: int = described(
        "Records that disagree; null where only sums are compared.",
        unit="record",
        ge=0,
        nullable=True,
    )
    reason: str = described(
        "Why: `agrees`; `capped`, the platform cut the list; `channel_level`, the Total counts "
        "what belongs to no post; `absent_posts`, the Total counts deleted, private and withheld "
        "ones; `withheld`, the Total counts segments too small to be listed; `quarantined`, cells "
        "of the figure could not be read; `unexplained`.",
        isin=RECONCILIATION_REASONS,
    )

    class Config:
        strict = True
        metadata = {"grain": ["load_id", "file_id", "sheet", "check", "metric"]}


class Restatement(pa.DataFrameModel):
    """A figure that two exports give differently, or a lifetime counter that fell."""

    table: str = described("History table both stand in.")
    platform: str = columns.platform()
    account_id: str = columns.account_id(nullable=True)
    post_id: str = described("Post it is about; null for a figure of an account.", nullable=True)
    day: pl.Date = described(
        "Day the figure belongs to, or the last of its period; null for one since publication.",
        unit="day",
        nullable=True,
    )
    period_start: pl.Date = columns.period_start()
    dimension: str = described(
        "What the figure is cut by; null for one of a whole account or post.", nullable=True
    )
    segment: str = described("Part of it the figure is of; null with `dimension`.", nullable=True)
    metric: str = described("Figure.")
    kind: str = described(
        "`restated`: the newer counts; `fell`: a counter since publication is lower on a later "
        "day, and both stand.",
        isin=("restated", "fell"),
    )
    old_value: float = described("What was said first.")
    new_value: float = described("What was said then.")
    old_observed_on: pl.Date = described("Day of the first.", unit="day")
    new_observed_on: pl.Date = described("Day of the second.", unit="day")
    old_file_id: str = described("File of the first; key of ops.file.")
    new_file_id: str = described("File of the second; key of ops.file.")

    class Config:
        strict = True
        metadata = {
            "grain": [
                "table", "platform", "account_id", "post_id", "day", "period_start",
                "dimension", "segment", "metric",
                "old_observed_on", "new_observed_on", "old_file_id", "new_file_id",
            ]
        }  # fmt: skip


class DayCorrection(pa.DataFrameModel):
    """A TikTok file whose days are labelled one too early, told by the overlap with others."""

    platform: str = columns.platform()
    account_id: str = columns.account_id()
    figure: str = described("Figure by which files are compared: views, followers, unique_viewers.")
    observed_on: pl.Date = columns.observed_on()
    sha256: str = columns.sha256()
    file_id: str = columns.file_id()
    days_moved: int = described("Days its figures were moved in core; 0 where left.", unit="day")
    lag: int = described(
        "Days by which its labels are early, beside the least early file.", unit="day", ge=1
    )
    compared_with: str = described("SHA-256 of the file it was compared with.")
    days_compared: int = described("Days both files report.", unit="day", ge=0)
    days_agreeing: int = described("Days equal at that lag, zeros left out.", unit="day", ge=0)
    decided_by: str = described(
        "Why the others are right: `difference_forward` and `last_label`, what marks the shifted "
        "form; `undecided`: nothing marks it, and nothing was moved.",
    )

    class Config:
        strict = True
        unique = ["platform", "account_id", "figure", "observed_on", "sha256"]


class Drift(pa.DataFrameModel):
    """A header that is new, missing or renamed since the last delivery of that export."""

    load_id: str = columns.load_id()
    loaded_at: pl.Datetime("us", "UTC") = columns.loaded_at()
    file_id: str = columns.file_id()
    path: str = described("Where the file lay within the inbox; for a member, its zip.")
    sheet: str = described("Sheet of a workbook.", nullable=True)
    export: str = described("Export it was recognised as.")
    account_ref: str = columns.account_ref(nullable=True)
    header: str = described("Header as the file writes it; of a missing one, as the last did.")
    kind: str = described(
        "`new`: the last delivery had none of it, or there was none and no declaration names it; "
        "`missing`: the last had it; `renamed`: an unknown header that probably is a column the "
        "last had.",
        isin=("new", "missing", "renamed"),
    )
    canonical: str = described("Canonical column the header is read as.", nullable=True)
    suggestion: str = described("Canonical column an unknown header probably is.", nullable=True)
    last_file_id: str = described(
        "Last file of the export and account before; null where this is the first.", nullable=True
    )

    class Config:
        strict = True
        metadata = {"grain": ["load_id", "file_id", "sheet", "kind", "header"]}


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
    reason: str = described("Why a person asked for it, in their words; empty for a night.")
    rows: int = described("Rows in the partition.", unit="row", ge=0)

    class Config:
        strict = True
        unique = ["table", "as_of"]


class Withdrawal(pa.DataFrameModel):
    """A file that was taken back, or given back: no table but ops.file shows a withdrawn one."""

    withdrawal_id: str = described("Identifies the record; one may be about several files.")
    kind: str = described(
        "`withdrawn`: its rows count no longer; `restored`: they count again.",
        isin=("withdrawn", "restored"),
    )
    recorded_at: pl.Datetime("us", "UTC") = described("From when on it holds.", unit="UTC")
    run: str = described("Run that recorded it.")
    reason: str = described("Why, as the person wrote it.")
    file_id: str = columns.file_id()
    delivery_id: str = described("Delivery the file came in.")
    path: str = described("Where the file lay within the inbox; for a member, its zip.")
    member: str = described("Path within the zip.", nullable=True)
    sha256: str = columns.sha256()
    rows: int = described("Rows of history it had brought.", unit="row", ge=0)
    is_in_force: bool = described("Whether it is the last that was said of the file.")

    class Config:
        strict = True
        unique = ["withdrawal_id", "file_id"]


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
    "reconciliation": Reconciliation,
    "restatement": Restatement,
    "day_correction": DayCorrection,
    "drift": Drift,
    "load": Load,
    "withdrawal": Withdrawal,
    "build": Build,
    "stale_partition": StalePartition,
}
"""Table name within the layer to contract."""
