from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from schemas.files import FileReading, SourceFile
from tests.soak.mutation import mutated
from tests.transforms.deliveries.made_up import source
from tests.transforms.hostile import Seed, seeds
from tests.transforms.test_real_exports import EXPORTS as REAL
from tests.transforms.test_real_exports import files_of
from transforms.deliveries import delivery, loading, together
from transforms.deliveries.delivery import read_deliveries, read_delivery
from transforms.exports import EXPORTS

TABLE = "Content,Video title,Views,Subscribers\naaaaaaaaaa1,A,7,1\naaaaaaaaaa2,B,2,-1\n"
DATES = "Date,Views\n2026-03-01,{}\n2026-03-02,2\n"
Delivery = Sequence[SourceFile]


def assert_as_alone(deliveries: Sequence[Delivery]) -> list[FileReading]:
    """Hold every reading to that of its delivery by itself; give them all."""
    found = [list(readings) for readings in read_deliveries(deliveries)]
    alone = [list(read_delivery(files)) for files in deliveries]
    for readings, expected in zip(found, alone, strict=True):
        for reading, own in zip(readings, expected, strict=True):
            assert_equal(reading, own)
    return [reading for readings in found for reading in readings]


def assert_equal(reading: FileReading, own: FileReading) -> None:
    assert reading.record == own.record
    assert list(reading.tables) == list(own.tables), own.record
    for table, rows in own.tables.items():
        assert_frame_equal(reading.tables[table], rows, check_exact=True)
    assert_frame_equal(reading.quarantine, own.quarantine)
    assert_frame_equal(reading.reconciliation, own.reconciliation)


def days(number: int) -> SourceFile:
    return source(f"youtube/creator{number}/d.csv", DATES.format(number))


def posts(number: int, second: str) -> SourceFile:
    """Write two posts, the second of an account of its own."""
    header = (
        "Post ID,Account ID,Account username,Account name,Description,Duration (sec),"
        "Publish time,Permalink,Post type,Data comment,Date,Views,Reach,Likes,Shares,"
        "Follows,Comments,Saves"
    )
    lines = [
        f"1800000000000000{at},{owner},,,Text,0,03/0{at}/2026 10:23,"
        f"https://www.instagram.com/p/{at}/,IG image,,Lifetime,9,9,3,1,5,7,2"
        for at, owner in enumerate((f"1784140000000000{number}", second), start=1)
    ]
    return source(f"instagram/creator{number}/p.csv", "\n".join([header, *lines]) + "\n")


@pytest.fixture
def read_alone(monkeypatch) -> list[str]:
    """Name the files whose rows are made one by one."""
    named: list[str] = []

    def load_rows(entry, *others):
        named.append(entry.file.path)
        return loading.load_rows(entry, *others)

    monkeypatch.setattr(delivery, "load_rows", load_rows)
    return named


def rows_of(deliveries: Sequence[Delivery], **options) -> list[FileReading]:
    return [reading for found in read_deliveries(deliveries, **options) for reading in found]


def test_small_tables_of_one_export_are_loaded_together(read_alone):
    readings = rows_of([[days(number)] for number in range(4)])
    assert read_alone == []
    views = [reading.tables["account_day"]["views"].to_list() for reading in readings]
    assert views == [[0, 2], [1, 2], [2, 2], [3, 2]]
    assert [reading.record.account_ref for reading in readings] == [
        f"creator{number}" for number in range(4)
    ]


def test_a_table_without_another_of_its_export_is_loaded_alone(read_alone):
    rows_of([[days(1)], [source("youtube/anna/t.csv", TABLE)]])
    assert read_alone == ["youtube/creator1/d.csv", "youtube/anna/t.csv"]


def test_only_the_table_with_a_broken_record_is_loaded_alone(read_alone):
    broken = source("youtube/bo/d.csv", DATES.format("many"))
    readings = rows_of([[days(1)], [broken], [days(3)]])
    assert read_alone == ["youtube/bo/d.csv"]
    assert [reading.record.quarantined for reading in readings] == [0, 1, 0]
    assert readings[1].quarantine["value"].to_list() == ["many"]


@pytest.mark.parametrize("error", [RuntimeError, pl.exceptions.PanicException])
def test_an_error_of_ours_in_loading_together_ends_no_file(monkeypatch, read_alone, error):
    def fail(*_):
        raise error("boom")

    monkeypatch.setattr(together, "split", fail)
    readings = rows_of([[days(1)], [days(2)]])
    assert [reading.record.status for reading in readings] == ["loaded", "loaded"]
    assert read_alone == ["youtube/creator1/d.csv", "youtube/creator2/d.csv"]


def test_an_error_of_ours_in_one_table_is_the_reason_of_it_alone():
    dates = EXPORTS["youtube_date"]

    def derive(data, clues):
        if "2026-03-03" in data["date"]:
            raise RuntimeError("boom")
        return dates.derive(data, clues)

    exports = EXPORTS | {"youtube_date": replace(dates, derive=derive)}
    wrong = source("youtube/bo/d.csv", "Date,Views\n2026-03-03,1\n")
    readings = rows_of([[days(1)], [wrong], [days(2)]], exports=exports)
    assert [reading.record.status for reading in readings] == ["loaded", "refused", "loaded"]
    assert readings[1].record.reason == f"{delivery.DEFECT}RuntimeError: boom"


def test_deliveries_lend_each_other_nothing():
    files = [
        source("youtube/anna/2026-03-05/t.csv", TABLE),
        source("youtube/anna/other/t.csv", TABLE.replace("7", "8")),
    ]
    readings = assert_as_alone([[file] for file in files])
    assert [reading.record.observed_on_is_exact for reading in readings] == [True, False]


def test_a_blank_account_is_that_of_its_own_file():
    files = [posts(0, ""), posts(1, ""), posts(2, "17841400000000009")]
    readings = assert_as_alone([[file] for file in files])
    owners = [reading.tables["post"]["account_ref"].to_list() for reading in readings]
    assert owners == [
        ["17841400000000000", "17841400000000000"],
        ["17841400000000001", "17841400000000001"],
        ["17841400000000002", "17841400000000009"],
    ]


def test_equal_bytes_in_two_deliveries_are_two_readings():
    readings = assert_as_alone([[days(1)], [days(1)]])
    assert [reading.record.status for reading in readings] == ["loaded", "loaded"]


def test_every_export_thrice_loads_as_it_does_alone():
    everything = [[placed(seed, name, number)] for number in range(3) for name, seed in FILES]
    readings = assert_as_alone(everything)
    assert sum(reading.record.status == "loaded" for reading in readings) > 150


@pytest.mark.parametrize("number", range(4))
def test_changed_exports_load_as_they_do_alone(number):
    random = Random(number)
    drawn = [random.choice(FILES) for _ in range(40)]
    deliveries = []
    for place, (name, seed) in enumerate(drawn):
        files = [placed(seed, name, 2 * place), placed(seed, name, 2 * place + 1)]
        if random.random() < 0.5:
            _, donor = random.choice(FILES)
            files[0] = replace(files[0], content=mutated(seed.content, donor.content, random))
        deliveries += [files] if random.random() < 0.3 else [[file] for file in files]
    random.shuffle(deliveries)
    assert_as_alone(deliveries)


@pytest.mark.skipif(not REAL.is_dir(), reason=f"the real exports are not at {REAL}")
def test_real_exports_load_as_they_do_alone():
    folders = sorted({file.parent for file in REAL.glob("*/*/*") if file.is_file()})
    deliveries = [list(files_of(folder)) for folder in folders]
    readings = assert_as_alone([*deliveries, *([file] for files in deliveries for file in files)])
    assert {reading.record.status for reading in readings} >= {"loaded", "unrecognised"}


FILES = [(name, seed) for name, seed in seeds().items() if seed.tables is None]


def placed(seed: Seed, name: str, number: int) -> SourceFile:
    """Put a seed under an account and a day of its own."""
    file = seed.with_content(seed.content)
    return replace(
        file,
        file_id=f"{name}-{number}",
        path=file.path.replace("/anna/", f"/anna{number}/"),
        handle=file.handle and f"{file.handle}{number}",
        modified_on=date(2026, 6, 1) + timedelta(days=number % 20),
    )
