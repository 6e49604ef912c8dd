import hashlib
import os
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.warehouse.made_up import IMPATIENT, NOW, write_files, write_zip
from warehouse.arrivals import archive
from warehouse.arrivals.collect import collect
from warehouse.arrivals.deliveries import deliveries
from warehouse.arrivals.inbox import Inbox, Settling
from warehouse.arrivals.zips import Limits

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def night(home, inbox, now=NOW, **options):
    options = {"settling": IMPATIENT} | options
    return collect(home, Inbox(inbox), now, COPENHAGEN, **options)


def contents(home, delivery):
    return {file.path: archive.path(home, file.sha256).read_bytes() for file in delivery.files}


def test_the_loose_files_of_a_folder_are_one_delivery_and_its_folders_are_others(home, inbox):
    write_files(inbox, {"youtube/Anna/a.csv": b"1", "youtube/Anna/b.csv": b"2"})
    write_files(inbox, {"youtube/Anna/May 2030/c.csv": b"3", "elsewhere/d.csv": b"4"})
    found = {one.path: one for one in night(home, inbox).deliveries}
    assert set(found) == {"youtube/Anna", "youtube/Anna/May 2030", "elsewhere"}
    anna = found["youtube/Anna"]
    assert contents(home, anna) == {"youtube/Anna/a.csv": b"1", "youtube/Anna/b.csv": b"2"}
    assert (anna.platform, anna.handle) == ("youtube", "anna")
    assert (found["elsewhere"].platform, found["elsewhere"].handle) == (None, None)


def test_a_zip_is_a_delivery_of_its_members(home, inbox):
    members = {"Totals.csv": b"abc", "Table data.csv": b"de"}
    path = write_zip(inbox / "tiktok/@anna/Overview.zip", members)
    (delivery,) = night(home, inbox).deliveries
    assert [file.member for file in delivery.files] == list(members)
    assert [file.sha256 for file in delivery.files] == [
        hashlib.sha256(content).hexdigest() for content in members.values()
    ]
    packed = hashlib.sha256(path.read_bytes()).hexdigest()
    assert delivery.packed.sha256 == packed
    assert [p.name for p in home.archive.rglob("*") if p.is_file()] == [packed]


def test_the_day_of_arrival_is_the_deployments(home, inbox):
    write_files(inbox, {"youtube/anna/a.csv": b"1"})
    late = datetime(2030, 5, 1, 22, 30, tzinfo=UTC)
    (delivery,) = night(home, inbox, late).deliveries
    assert (delivery.arrived_at, delivery.arrived_on) == (late, date(2030, 5, 2))


def test_a_second_look_at_the_same_inbox_brings_nothing_and_opens_nothing(home, inbox, monkeypatch):
    write_files(inbox, {"youtube/anna/a.csv": b"1"})
    write_zip(inbox / "tiktok/anna/x.zip", {"a.csv": b"1"})
    assert len(night(home, inbox).deliveries) == 2
    monkeypatch.setattr(Inbox, "open", None)
    assert night(home, inbox, NOW + timedelta(days=1)).deliveries == ()
    assert len(deliveries(home)) == 2


def test_what_was_recorded_is_read_back_as_it_was(home, inbox):
    write_files(inbox, {"youtube/anna/a.csv": b"1", "youtube/anna/caf\udce9.csv": b"2"})
    write_zip(inbox / "tiktok/anna/x.zip", {"a.csv": b"1", "../b.csv": b"2"})
    (inbox / "tiktok/anna/broken.zip").write_bytes(b"no zip")
    collected = night(home, inbox)
    assert deliveries(home) == sorted(collected.deliveries, key=lambda one: one.delivery_id)


def test_a_file_overwritten_in_place_is_a_new_delivery(home, inbox):
    path = inbox / "youtube/anna/a.csv"
    write_files(inbox, {"youtube/anna/a.csv": b"1", "youtube/anna/b.csv": b"2"})
    (first,) = night(home, inbox).deliveries
    path.write_bytes(b"3")
    os.utime(path, (1_900_000_000, 1_900_000_000))
    (second,) = night(home, inbox, NOW + timedelta(days=1)).deliveries
    assert contents(home, second) == {"youtube/anna/a.csv": b"3"}
    assert second.delivery_id > first.delivery_id


def test_equal_bytes_are_stored_once_and_delivered_twice(home, inbox):
    write_files(inbox, {"youtube/anna/a.csv": b"1", "youtube/bo/a.csv": b"1"})
    found = night(home, inbox).deliveries
    assert len(found) == 2
    assert len({file.file_id for one in found for file in one.files}) == 2
    assert len([p for p in home.archive.rglob("*") if p.is_file()]) == 1


def test_the_inbox_is_never_modified(home, inbox):
    write_files(inbox, {"youtube/anna/a.csv": b"1", "roster.csv": b"platform"})
    write_zip(inbox / "tiktok/anna/x.zip", {"a.csv": b"1"})

    def state():
        return {p: (p.stat().st_mtime_ns, p.stat().st_mode) for p in inbox.rglob("*")}

    before = state()
    night(home, inbox)
    assert state() == before


def test_a_file_that_grows_while_it_is_copied_waits(home, inbox, monkeypatch):
    write_files(inbox, {"youtube/anna/a.csv": b"1", "youtube/anna/b.csv": b"2"})
    real = archive.Batch.stage

    def stage(batch, stream):
        stored = real(batch, stream)
        if stored.sha256 == hashlib.sha256(b"1").hexdigest():
            (inbox / "youtube/anna/a.csv").write_bytes(b"12")
        return stored

    with monkeypatch.context() as patch:
        patch.setattr(archive.Batch, "stage", stage)
        first = night(home, inbox)
    assert [(one.path, one.reason) for one in first.waiting] == [
        ("youtube/anna/a.csv", "it changed while it was read")
    ]
    assert [contents(home, one) for one in first.deliveries] == [{"youtube/anna/b.csv": b"2"}]
    (second,) = night(home, inbox, NOW + timedelta(days=1)).deliveries
    assert contents(home, second) == {"youtube/anna/a.csv": b"12"}


def test_a_file_that_vanishes_does_not_end_the_night(home, inbox):
    write_files(inbox, {"youtube/anna/a.csv": b"1", "youtube/anna/b.csv": b"2"})
    for name in ("a.csv", "b.csv"):
        os.utime(inbox / "youtube/anna" / name, (NOW.timestamp(), NOW.timestamp()))
    vanish = Settling(sleep=lambda seconds: (inbox / "youtube/anna/a.csv").unlink())
    collected = night(home, inbox, settling=vanish)
    assert [one.path for one in collected.waiting] == ["youtube/anna/a.csv"]
    assert [contents(home, one) for one in collected.deliveries] == [{"youtube/anna/b.csv": b"2"}]


def test_refused_members_and_zips_are_kept_and_listed(home, inbox):
    write_zip(inbox / "tiktok/anna/x.zip", {"../evil.csv": b"1", "good.csv": b"2"})
    write_zip(inbox / "tiktok/anna/big.zip", {f"{n}.csv": b"1" for n in range(3)})
    (inbox / "tiktok/anna/broken.zip").write_bytes(b"no zip")
    collected = night(home, inbox, limits=Limits(max_zip_members=2))
    reasons = {one.path: one.reason for one in collected.refused}
    assert set(reasons) == {
        "tiktok/anna/big.zip",
        "tiktok/anna/broken.zip",
        "tiktok/anna/x.zip!../evil.csv",
    }
    assert len(collected.deliveries) == 3
    for one in collected.deliveries:
        assert archive.path(home, one.packed.sha256).exists()
    assert night(home, inbox, NOW + timedelta(days=1)).deliveries == ()


def test_the_users_own_files_come_apart_with_their_bytes(home, inbox):
    write_files(inbox, {"roster.csv": b"platform,handle", "briefs/oat.toml": b"id = 1"})
    for now in (NOW, NOW + timedelta(days=1)):
        collected = night(home, inbox, now)
        assert [(one.kind, one.content) for one in collected.references] == [
            ("briefs/oat", b"id = 1"),
            ("roster", b"platform,handle"),
        ]
        assert collected.deliveries == ()


def test_many_files_are_archived_in_several_batches(home, inbox, monkeypatch):
    monkeypatch.setattr("warehouse.arrivals.collect._BATCH_FILES", 3)
    write_files(inbox, {f"youtube/h{n % 4}/{n}.csv": str(n).encode() for n in range(20)})
    found = night(home, inbox).deliveries
    assert len(found) == 4
    read = {path: text for one in found for path, text in contents(home, one).items()}
    assert read == {f"youtube/h{n % 4}/{n}.csv": str(n).encode() for n in range(20)}
