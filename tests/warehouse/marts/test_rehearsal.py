"""A rehearsal shows what building would give, and leaves the home as it was."""

from datetime import date

import polars as pl
import pytest

from tests.warehouse.made_up import build
from warehouse.home import Home
from warehouse.marts import partitions
from warehouse.marts.rehearsal import rehearsal

DAY = date(2026, 3, 31)


def write(home: Home, rows: list[int]) -> None:
    partitions.write(
        home, "tier", DAY, pl.DataFrame({"row": rows}), build("tier", DAY, inputs_hash=str(rows))
    )


@pytest.fixture
def home(tmp_path) -> Home:
    home = Home(tmp_path / "home").create()
    write(home, [1, 2])
    return home


def everything_in(home: Home) -> dict[str, bytes]:
    return {
        str(path.relative_to(home.path)): path.read_bytes()
        for path in sorted(home.path.rglob("*"))
        if path.is_file()
    }


def test_a_partition_built_aside_stays_aside(home):
    before = everything_in(home)
    with rehearsal(home) as aside:
        read, _ = partitions.read(aside, "tier", DAY)
        assert read["row"].to_list() == [1, 2]
        write(aside, [3])
        read, _ = partitions.read(aside, "tier", DAY)
        assert read["row"].to_list() == [3]
    assert everything_in(home) == before


def test_what_the_store_holds_is_there_aside(home):
    (home.loads / "a load").mkdir()
    (home.loads / "a load" / "load.json").write_text("{}")
    with rehearsal(home) as aside:
        assert [path.name for path in aside.loads.glob("*/load.json")] == ["load.json"]
    assert (home.loads / "a load" / "load.json").exists()


def test_it_goes_when_building_fails(home):
    with pytest.raises(ZeroDivisionError), rehearsal(home):
        raise ZeroDivisionError
    assert list(home.work.iterdir()) == []
