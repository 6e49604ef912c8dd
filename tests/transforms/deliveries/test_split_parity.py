"""The split of what comes in agrees with pandera's own verdict on the same rows."""

from datetime import date

import pandera.errors
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.history import HISTORY, PROVENANCE
from transforms.cells.days import DAY
from transforms.deliveries.splitting import split
from transforms.export import FILLED
from transforms.exports import EXPORTS

EXPORT = EXPORTS["tiktok_overview"]
CONTRACT = HISTORY["account_day"]
FIGURES = ("views", "profile_views", "followers", "estimated_revenue", "average_viewed_share")
DAYS = [date(2026, 3, 1), None]

rows = st.lists(
    st.fixed_dictionaries(
        {
            "platform": st.sampled_from(["tiktok", "myspace", None]),
            "account_ref": st.sampled_from(["havre", "", None]),
            "observed_on": st.sampled_from(DAYS),
            "day": st.sampled_from(DAYS),
            **{name: st.sampled_from([None, -1, 0, 7]) for name in FIGURES},
        }
    ),
    min_size=1,
    max_size=20,
)


def bad_by_pandera(typed: pl.DataFrame) -> set[int]:
    """Give the places of rows that pandera refuses."""
    schema = CONTRACT.to_schema().remove_columns(list(PROVENANCE))
    try:
        schema.validate(typed, lazy=True)
    except pandera.errors.SchemaErrors as error:
        return set(error.failure_cases.get_column("index").to_list())
    return set()


@settings(deadline=None)
@given(rows)
def test_the_bad_rows_are_those_that_pandera_refuses(rows):
    types = {name: EXPORT.schema[name] for name in rows[0]}
    wanted = pl.DataFrame(rows, schema=types)
    data = wanted.select(
        pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).alias("row_number"),
        pl.lit(None, pl.String).alias("surplus"),
        pl.lit(2).alias(FILLED),
        pl.lit(date(2026, 3, 1)).alias(DAY),
        *(pl.lit("1").alias(name) for name in EXPORT.vocabulary.headers),
    )
    parted = split(data, EXPORT, {name: pl.lit(wanted.get_column(name)) for name in types})
    typed = wanted.select(
        pl.col(name) if name in types else pl.lit(None, dtype).alias(name)
        for name, dtype in EXPORT.schema.items()
    )
    bad = {place + 1 for place in bad_by_pandera(typed)}
    assert set(parted.broken["row_number"]) == bad
    assert set(parted.good["row_number"]) == set(data["row_number"]) - bad
