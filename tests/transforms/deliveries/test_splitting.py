import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.contract import ContractError, enforce
from schemas.history import HISTORY
from tests.transforms.deliveries.made_up import read_one
from transforms.deliveries.splitting import split
from transforms.exports import EXPORTS

FIGURES = ["views", "profile_views", "likes", "comments", "shares"]
CELLS = st.one_of(
    st.none(),
    st.integers(-3, 10**12).map(str),
    st.sampled_from(["", "x", "1,204", "1.5", "undefined"]),
)  # fmt: skip
GIVEN = {
    "platform": pl.lit("tiktok"),
    "account_ref": pl.lit("anna"),
    "observed_on": pl.date(2026, 3, 1),
}


@settings(max_examples=25, deadline=None)
@given(records=st.lists(st.tuples(*[CELLS] * 5), min_size=1, max_size=6))
def test_no_record_is_lost_and_the_good_ones_meet_the_contract(records):
    export = EXPORTS["tiktok_overview"]
    data = pl.DataFrame(records, schema=dict.fromkeys(FIGURES, pl.String), orient="row")
    data = data.with_columns(
        pl.int_range(2, len(records) + 2, dtype=pl.UInt32).alias("row_number"),
        pl.lit(None, pl.String).alias("surplus"),
        pl.lit(6).alias("_filled"),
        pl.lit("March 1").alias("date"),
        pl.date(2026, 3, 1).alias("_day"),
    )
    parted = split(data, export, GIVEN)
    assert set(parted.good["row_number"]) | set(parted.broken["row_number"]) == set(
        data["row_number"]
    )
    assert not set(parted.good["row_number"]) & set(parted.broken["row_number"])
    loaded = parted.good.with_columns(
        observed_on_source=pl.lit("name"),
        observed_on_is_exact=pl.lit(value=True),
        evidence_rank=pl.lit(5, pl.UInt8),
        load_id=pl.lit("l"),
        file_id=pl.lit("f"),
        sha256=pl.lit("0"),
        loaded_at=pl.datetime(2026, 3, 1, time_zone="UTC", time_unit="us"),
    )
    try:
        enforce(loaded, HISTORY["account_day"], "account_day")
    except ContractError as error:
        raise AssertionError("the split let a record through that pandera refuses") from error


def test_a_record_that_breaks_two_rules_is_quarantined_under_each():
    reading = read_one(
        "youtube/anna/t.csv", "Content,Video title,Views,Impressions\naaaaaaaaaa1,A,x,-4\n"
    )
    assert reading.record.quarantined == 1
    assert reading.quarantine["column"].to_list() == ["Views", "Impressions"]
    assert reading.quarantine["value"].to_list() == ["x", "-4"]
