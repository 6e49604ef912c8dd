"""Real TikTok exports of one account, two of them with labels one day early."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from tests.transforms.deliveries.made_up import read, source
from transforms.core import accounts
from transforms.core.day_labels import day_corrections

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "exports" / "tiktok"
ARRIVED = {
    "05a-el-2026-okn-first-20260317": date(2026, 3, 17),
    "05b-el-2026-okn-second-20260317": date(2026, 3, 17),
    "05c-el-2026-okn-20260325": date(2026, 3, 25),
}

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason=f"the real exports are not at {FOLDER}: nothing to read"
)


def days(folders) -> pl.DataFrame:
    """Read the daily files of some exports, each a delivery of its own."""
    frames = [
        reading.tables["account_day"]
        for folder in folders
        for reading in read(
            *(
                source(f"tiktok/anna/{folder}/{path.name}", path, arrived_on=ARRIVED[folder])
                for path in sorted((FOLDER / folder).glob("*.csv"))
            )
        )
        if "account_day" in reading.tables
    ]
    stamps = {
        "load_id": pl.lit("load"),
        "loaded_at": pl.datetime(2026, 4, 1, time_zone="UTC", time_unit="us"),
    }
    return pl.concat(frames).with_columns(**stamps, account_id=pl.col("account_ref"))


@pytest.mark.parametrize("turn", [1, -1])
def test_both_shifted_exports_are_found_and_moved_in_every_file(turn):
    corrections = day_corrections(days(list(ARRIVED)[::turn]).lazy())
    assert corrections.group_by("figure").len().sort("figure").rows() == [
        ("followers", 2),
        ("unique_viewers", 2),
        ("views", 2),
    ]
    assert set(corrections["observed_on"]) == {date(2026, 3, 17)}
    assert set(corrections["days_moved"]) == {1}
    assert set(corrections["decided_by"]) == {"difference_forward, last_label"}


def test_the_moved_days_agree_with_the_other_export_to_the_unit():
    rows = days(ARRIVED)
    corrections = day_corrections(rows.lazy())
    names = rows.select("platform", "account_ref", "account_id").unique().lazy()
    early = rows.filter(pl.col("observed_on") == date(2026, 3, 17)).drop("account_id")
    late = rows.filter(pl.col("observed_on") == date(2026, 3, 25))
    moved = accounts.account_day(early.lazy(), names, corrections).collect()
    told = pl.col("views").is_not_null()
    both = moved.filter(told).join(late.filter(told), on="day", suffix="_late")
    assert both.height == 20
    assert both.filter(pl.col("views") != pl.col("views_late")).is_empty()


def test_exports_that_agree_are_not_moved():
    folders = [name for name in ARRIVED if not name.startswith("05c")]
    assert day_corrections(days(folders).lazy()).is_empty()
