import os
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.warehouse.made_up import IMPATIENT, NOW, without_rows, write_files, write_zip
from warehouse.arrivals.collect import collect
from warehouse.arrivals.inbox import Inbox
from warehouse.home import StoreError
from warehouse.loads import sources
from warehouse.loads.writer import LoadWriter

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def night(home, inbox):
    return collect(home, Inbox(inbox), NOW, COPENHAGEN, settling=IMPATIENT).deliveries


def pending_paths(home, reader_version="1"):
    return [
        file.member or file.path
        for one in sources.pending(home, reader_version)
        for file in one.files
    ]


def load(home, file, status, reader_version="1", **changes):
    with LoadWriter(
        home, "run", now=NOW, program_version="1", reader_version=reader_version
    ) as writer:
        writer.add(without_rows("x", status, file_id=file.file_id, **changes), "delivery")
        writer.commit()


def test_loose_files_are_read_from_the_archive_and_members_from_their_zip(home, inbox):
    write_files(inbox, {"YouTube/@Anna/May/a.csv": b"1"})
    write_zip(inbox / "tiktok/bo/x.zip", {"b.csv": b"2", "../c.csv": b"3"})
    packed, loose = sorted(night(home, inbox), key=lambda one: one.packed is None)
    (a,) = sources.source_files(home, loose, COPENHAGEN)
    assert isinstance(a.content, Path)
    assert a.content.read_bytes() == b"1"
    assert (a.platform, a.handle, a.path) == ("youtube", "anna", "YouTube/@Anna/May/a.csv")
    assert a.names == ("a.csv", "May")
    (b,) = sources.source_files(home, packed, COPENHAGEN)
    assert (b.content, b.member, b.entry_on) == (b"2", "b.csv", date(2030, 4, 30))
    assert a.arrived_on == b.arrived_on == date(2030, 5, 2)
    (refused,) = sources.refusals(packed)
    assert refused.record.status == "refused"
    assert refused.record.reason == "the member's name leaves the zip"


def test_the_day_of_modification_is_the_deployments(home, inbox):
    write_files(inbox, {"youtube/anna/a.csv": b"1"})
    late = NOW.replace(month=4, day=30, hour=22, minute=30).timestamp()
    os.utime(inbox / "youtube/anna/a.csv", (late, late))
    (delivery,) = night(home, inbox)
    (file,) = sources.source_files(home, delivery, COPENHAGEN)
    assert file.modified_on == date(2030, 5, 1)


def test_members_too_large_for_memory_are_unpacked_into_files(home, inbox, monkeypatch):
    monkeypatch.setattr(sources, "_MEMORY_PER_MEMBER", 3)
    monkeypatch.setattr(sources, "_MEMORY_PER_DELIVERY", 4)
    members = {"a.csv": b"1", "large.csv": b"2222", "b.csv": b"333", "over.csv": b"44"}
    write_zip(inbox / "tiktok/bo/x.zip", members)
    (delivery,) = night(home, inbox)
    found = sources.source_files(home, delivery, COPENHAGEN)
    assert [isinstance(file.content, Path) for file in found] == [False, True, False, True]
    read = [f.content if isinstance(f.content, bytes) else f.content.read_bytes() for f in found]
    assert read == list(members.values())
    assert all(home.work in f.content.parents for f in found if isinstance(f.content, Path))


def test_a_file_is_pending_until_a_load_has_read_it(home, inbox):
    write_files(inbox, {"youtube/anna/a.csv": b"1", "youtube/anna/b.csv": b"2"})
    (delivery,) = night(home, inbox)
    assert pending_paths(home) == ["youtube/anna/a.csv", "youtube/anna/b.csv"]
    load(home, delivery.files[0], "empty")
    assert pending_paths(home) == ["youtube/anna/b.csv"]


@pytest.mark.parametrize(
    ("status", "again"),
    [
        ("refused", True),
        ("unrecognised", True),
        ("kept", True),
        ("loaded", False),
        ("repeated", False),
        ("empty", False),
    ],
)
def test_another_reader_takes_up_what_the_last_one_could_not_read(home, inbox, status, again):
    write_files(inbox, {"youtube/anna/a.csv": b"1"})
    (delivery,) = night(home, inbox)
    load(home, delivery.files[0], status)
    assert pending_paths(home, "1") == []
    assert bool(pending_paths(home, "2")) == again


def test_the_last_reading_decides(home, inbox):
    write_files(inbox, {"youtube/anna/a.csv": b"1"})
    (delivery,) = night(home, inbox)
    load(home, delivery.files[0], "unrecognised", "1")
    load(home, delivery.files[0], "empty", "2")
    assert pending_paths(home, "3") == []


def test_what_the_limits_refused_is_recorded_once(home, inbox):
    write_zip(inbox / "tiktok/bo/x.zip", {"../c.csv": b"3"})
    (delivery,) = night(home, inbox)
    assert pending_paths(home) == ["../c.csv"]
    load(home, delivery.files[0], "refused", "1")
    assert pending_paths(home, "2") == []


def test_files_named_by_hand_need_no_home_and_no_inbox(tmp_path):
    write_files(tmp_path, {"TikTok/@Bo/a.csv": b"1", "loose/b.csv": b"2", "loose/.x": b""})
    path = write_zip(tmp_path / "loose/x.zip", {"c.csv": b"3", "../d.csv": b"4"})
    before = sorted(tmp_path.rglob("*"))
    found = sources.inspect_sources(
        [tmp_path / "TikTok", tmp_path / "loose"],
        date(2030, 5, 2),
        COPENHAGEN,
        scratch=tmp_path / "scratch",
    )
    by_path = {one.path: one for one in found}
    (a,) = by_path[str(tmp_path / "TikTok/@Bo")].files
    assert (a.platform, a.handle, a.path) == ("tiktok", "bo", "TikTok/@Bo/a.csv")
    (b,) = by_path[str(tmp_path / "loose")].files
    assert (b.platform, b.content, b.arrived_on) == (
        None,
        tmp_path / "loose/b.csv",
        date(2030, 5, 2),
    )
    packed = by_path[str(path)]
    assert [(file.member, file.content) for file in packed.files] == [("c.csv", b"3")]
    assert [record.member for record in packed.refused] == ["../d.csv"]
    assert sorted(tmp_path.rglob("*")) == before


def test_the_folder_nearest_the_file_names_the_platform(tmp_path):
    write_files(tmp_path, {"youtube/exports/tiktok/bo/a.csv": b"1"})
    (found,) = sources.inspect_sources(
        [tmp_path / "youtube/exports/tiktok/bo/a.csv"],
        date(2030, 5, 2),
        COPENHAGEN,
        scratch=tmp_path / "scratch",
    )
    assert (found.files[0].platform, found.files[0].handle) == ("tiktok", "bo")


def test_a_path_that_is_not_there_is_an_error_that_names_it(tmp_path):
    with pytest.raises(StoreError, match=r"nothing\.csv"):
        sources.inspect_sources(
            [tmp_path / "nothing.csv"], date(2030, 5, 2), COPENHAGEN, scratch=tmp_path
        )
