import hashlib
import io

import pytest

from tests.warehouse.made_up import write_zip
from warehouse.arrivals import archive
from warehouse.home import StoreError


def test_bytes_are_stored_once_under_their_hash(home):
    content = b"x" * (3 << 20)
    first = archive.put(home, io.BytesIO(content))
    second = archive.put(home, io.BytesIO(content))
    assert first == second
    assert first.sha256 == hashlib.sha256(content).hexdigest()
    assert first.location == home.archive / first.sha256[:2] / first.sha256
    assert first.location.read_bytes() == content
    assert [p for p in home.archive.rglob("*") if p.is_file()] == [first.location]
    assert list(home.work.iterdir()) == []


def test_a_batch_that_fails_archives_nothing(home):
    def fail():
        with archive.Batch(home) as batch:
            batch.keep(batch.stage(io.BytesIO(b"abc")))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list(home.archive.iterdir()) == []
    assert list(home.work.iterdir()) == []


def test_what_a_batch_did_not_keep_is_dropped(home):
    with archive.Batch(home) as batch:
        batch.stage(io.BytesIO(b"changed while read"))
        kept = batch.stage(io.BytesIO(b"whole"))
        batch.keep(kept)
    assert [p.name for p in home.archive.rglob("*") if p.is_file()] == [kept.sha256]


def test_a_cut_short_file_is_replaced_by_the_whole_one(home):
    stored = archive.put(home, io.BytesIO(b"abc"))
    stored.location.chmod(0o644)
    stored.location.write_bytes(b"a")
    archive.put(home, io.BytesIO(b"abc"))
    assert stored.location.read_bytes() == b"abc"


def test_members_are_read_out_of_the_archived_zip(home, tmp_path):
    path = write_zip(tmp_path / "x.zip", {"Køb.csv": b"abc"})
    with path.open("rb") as stream:
        stored = archive.put(home, stream)
    assert archive.member_bytes(home, stored.sha256, "Køb.csv") == b"abc"
    with pytest.raises(StoreError, match=r"no member nothing\.csv"):
        archive.member_bytes(home, stored.sha256, "nothing.csv")


def test_verifying_finds_what_was_changed_or_lost(home):
    good, changed, lost = (archive.put(home, io.BytesIO(text)) for text in (b"1", b"2", b"3"))
    assert list(archive.verify(home)) == []
    changed.location.chmod(0o644)
    changed.location.write_bytes(b"?")
    lost.location.unlink()
    hashes = [good.sha256, changed.sha256, lost.sha256]
    found = {damage.sha256: damage.reason for damage in archive.verify(home, hashes)}
    assert set(found) == {changed.sha256, lost.sha256}
    assert found[lost.sha256] == "missing"
    assert [damage.sha256 for damage in archive.verify(home)] == [changed.sha256]
