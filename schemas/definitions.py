"""Contract of ref.metric_definition: what a platform counts under a name, and since when."""

import pandera.polars as pa
import polars as pl

from schemas import columns
from schemas.columns import described


class MetricDefinition(pa.DataFrameModel):
    """One definition of one metric; a row that does not compare with the one before is a break."""

    platform: str = columns.platform()
    content_format: str = described(
        "Kind of post it holds for; null for all.", isin=columns.FORMATS, nullable=True
    )
    metric: str = described("Column it defines, or the platform's own name of a removed one.")
    definition_id: str = columns.definition_id()
    valid_from: pl.Date = columns.valid_from()
    comparable_with_previous: bool = described(
        "Whether figures before and after may be compared; if not, trends are cut here."
    )
    replacement_metric: str = described("What the platform offers instead.", nullable=True)
    source: str = described("Where the platform or a witness says so, and when it was read.")

    class Config:
        strict = True
        unique = ["definition_id"]


DEFINITIONS: dict[str, type[pa.DataFrameModel]] = {"metric_definition": MetricDefinition}
"""Table name within the ref layer to contract."""
