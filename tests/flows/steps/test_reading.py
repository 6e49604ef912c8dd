import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from flows.settings import Settings
from flows.steps import reading
from flows.steps.collecting import collect
from tests.sample import small
from warehouse.home import Home

NOW = datetime(2026, 4, 1, tzinfo=UTC)
STAMPED = ("load_id", "loaded_at")


@pytest.fixture(scope="module")
def inbox(tmp_path_factory) -> Path:
    """Give a small inbox with downloads of three platforms and a file that is none."""
    folder = tmp_path_factory.mktemp("inbox")
    small.write(folder, 60, seed=7)
    (folder / "tiktok" / "creator0000" / "notes.csv").write_text("No,Amount\n1,20\n")
    return folder


def load_of(settings: Settings) -> tuple[list[dict], dict[str, pl.DataFrame]]:
    """Read the inbox; give what its one load says of the files, and its rows."""
    collect(settings, NOW)
    (batch,) = reading.plan_reading(settings)
    load_id = reading.read(settings, "test", batch, NOW).load_id
    assert load_id
    folder = Home(settings.home).loads / load_id
    tables = {
        path.name: pl.read_parquet(path).drop(STAMPED, strict=False)
        for path in sorted(folder.glob("*.parquet"))
    }
    return json.loads((folder / "load.json").read_text())["files"], tables


def test_deliveries_read_together_make_the_load_they_make_one_by_one(inbox, tmp_path, monkeypatch):
    together, apart = (
        Settings(home=tmp_path / name, inbox=str(inbox), settle_seconds=0)
        for name in ("together", "apart")
    )
    files, tables = load_of(together)
    monkeypatch.setattr(reading, "_FILES_TOGETHER", 1)
    own_files, own_tables = load_of(apart)
    assert files == own_files
    assert {file["status"] for file in files} >= {"loaded", "unrecognised"}
    assert tables.keys() == own_tables.keys()
    for name, rows in own_tables.items():
        assert_frame_equal(tables[name], rows)


def test_the_groups_keep_the_order_and_the_limits(inbox, tmp_path):
    settings = Settings(home=tmp_path / "home", inbox=str(inbox), settle_seconds=0)
    collect(settings, NOW)
    (everything,) = reading.plan_reading(settings)
    few = reading.plan_reading(settings.model_copy(update={"batch_files": 7}))
    assert [one for batch in few for one in batch] == everything
    alone = reading.plan_reading(settings.model_copy(update={"batch_bytes": 1}))
    assert alone == [[one] for one in everything]
