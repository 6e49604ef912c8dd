import os
from datetime import UTC, datetime

import fsspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.warehouse.made_up import IMPATIENT, NOW, write_files
from warehouse.arrivals.inbox import (
    Entry,
    Inbox,
    Settling,
    parcels,
    reference_kind,
    without_credentials,
)
from warehouse.home import StoreError


def scan(root, seen=frozenset(), now=NOW, settling=IMPATIENT):
    return Inbox(root).scan(seen, now, settling)


def paths(found):
    return [one.path for one in found]


def test_files_are_listed_with_paths_within_the_inbox(tmp_path):
    write_files(tmp_path, {"youtube/anna/Totals.csv": b"a", "youtube/anna/may/x.csv": b"bc"})
    found = scan(tmp_path).entries
    assert paths(found) == ["youtube/anna/Totals.csv", "youtube/anna/may/x.csv"]
    assert [entry.size_bytes for entry in found] == [1, 2]


def test_what_was_seen_is_not_listed_again_until_it_is_overwritten(tmp_path):
    write_files(tmp_path, {"youtube/anna/x.csv": b"a"})
    seen = {entry.key for entry in scan(tmp_path).entries}
    assert scan(tmp_path, seen).entries == ()
    target = tmp_path / "youtube/anna/x.csv"
    target.write_bytes(b"b")
    os.utime(target, (1, 1))
    assert paths(scan(tmp_path, seen).entries) == ["youtube/anna/x.csv"]


def test_a_file_that_a_browser_still_writes_waits(tmp_path):
    write_files(tmp_path, {"a/b/x.csv": b"", "a/b/x.csv.crdownload": b"half", "a/b/done.csv": b"1"})
    found = scan(tmp_path)
    assert paths(found.entries) == ["a/b/done.csv"]
    assert [(one.path, one.reason) for one in found.waiting] == [
        ("a/b/x.csv", "a half-written copy of the same name lies beside it")
    ]


def test_a_file_that_grows_between_two_looks_waits(tmp_path):
    write_files(tmp_path, {"a/b/growing.csv": b"1", "a/b/still.csv": b"1"})
    pauses = []

    def grow(seconds):
        pauses.append(seconds)
        (tmp_path / "a/b/growing.csv").write_bytes(b"12")

    found = scan(tmp_path, now=datetime.now(UTC), settling=Settling(sleep=grow))
    assert pauses == [1.0]
    assert paths(found.entries) == ["a/b/still.csv"]
    assert paths(found.waiting) == ["a/b/growing.csv"]


def test_files_that_lay_there_for_long_cost_no_second_look(tmp_path):
    write_files(tmp_path, {"a/b/old.csv": b"1"})
    os.utime(tmp_path / "a/b/old.csv", (1, 1))
    pauses = []
    found = scan(tmp_path, settling=Settling(sleep=pauses.append))
    assert (pauses, paths(found.entries)) == ([], ["a/b/old.csv"])


def test_links_that_leave_the_inbox_are_refused_and_those_within_are_read(tmp_path):
    inbox = write_files(tmp_path / "inbox", {"a/b/x.csv": b"1"})
    write_files(tmp_path, {"secret.csv": b"2", "folder/y.csv": b"3"})
    (inbox / "a/b/out.csv").symlink_to(tmp_path / "secret.csv")
    (inbox / "a/b/folder").symlink_to(tmp_path / "folder")
    (inbox / "a/b/up").symlink_to(inbox / "a")
    (inbox / "a/b/in.csv").symlink_to(inbox / "a/b/x.csv")
    (inbox / "a/b/gone.csv").symlink_to(inbox / "nothing")
    found = scan(inbox)
    assert paths(found.entries) == ["a/b/in.csv", "a/b/x.csv"]
    reasons = {one.path: one.reason for one in found.refused}
    assert set(reasons) == {"a/b/out.csv", "a/b/folder", "a/b/up", "a/b/gone.csv"}
    assert "leaves the inbox" in reasons["a/b/out.csv"]
    assert "leaves the inbox" in reasons["a/b/folder"]


def test_a_pipe_is_refused_instead_of_read_forever(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    assert paths(scan(tmp_path).refused) == ["pipe.csv"]


def test_the_users_own_files_are_no_deliveries(tmp_path):
    files = ["roster.csv", "Collaborations.csv", "briefs/oat.toml", "youtube/anna/roster.csv"]
    write_files(tmp_path, dict.fromkeys(files, b"x"))
    found = scan(tmp_path)
    assert [kind for kind, _ in found.references] == ["collaborations", "briefs/oat", "roster"]
    assert paths(found.entries) == ["youtube/anna/roster.csv"]
    assert reference_kind("briefs/deep/oat.toml") is None


def test_a_missing_inbox_is_an_error_that_names_it(tmp_path):
    with pytest.raises(StoreError, match="nowhere"):
        scan(tmp_path / "nowhere")


def test_any_storage_that_fsspec_knows_is_an_inbox():
    with fsspec.open("memory://inbox-of-a-test/tiktok/anna/x.csv", "wb") as file:
        file.write(b"abc")
    inbox = Inbox("memory://inbox-of-a-test")
    (entry,) = inbox.scan(set(), NOW, IMPATIENT).entries
    assert (entry.path, entry.size_bytes) == ("tiktok/anna/x.csv", 3)
    with inbox.open(entry) as stream:
        assert stream.read() == b"abc"
    assert inbox.is_unchanged(entry)


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("sftp://me:secret@host/inbox/", "sftp://host/inbox"),
        ("https://host/inbox?sig=secret#x", "https://host/inbox"),
        ("simplecache::ftp://me:secret@host/a", "simplecache::ftp://host/a"),
        ("abfs://container@account/inbox", "abfs://container@account/inbox"),
        ("s3://bucket/inbox", "s3://bucket/inbox"),
    ],
)
def test_credentials_never_stand_in_a_source(url, clean):
    assert without_credentials(url) == clean


names = st.sampled_from(
    ["a/b/x.csv", "a/b/y.csv", "a/b/z.zip", "a/b/sub/x.csv", "a/c/x.csv", "a/c/Z.ZIP", "top.csv"]
)


@given(st.lists(names, unique=True).flatmap(st.permutations))
def test_deliveries_do_not_depend_on_the_order_of_the_listing(order):
    entries = [Entry(path, path, 1, None, None) for path in order]
    found = parcels(entries)
    assert found == parcels(sorted(entries, key=lambda entry: entry.path))
    assert sorted(e.path for one in found for e in one.entries) == sorted(order)
    for one in found:
        assert one.is_zip == one.path.lower().endswith(".zip")
        assert len({entry.path.rpartition("/")[0] for entry in one.entries}) == 1
        assert not one.is_zip or len(one.entries) == 1
