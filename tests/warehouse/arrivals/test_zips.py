import stat
import struct
import zipfile

import pytest

from tests.warehouse.made_up import write_zip
from warehouse.arrivals.zips import Limits, extract, inspect, read


def by_name(listing):
    return {member.name: member for member in listing.members}


def write_raw(path, entries):
    """Write entries whose names keep the bytes given, without the UTF-8 flag."""
    with zipfile.ZipFile(path, "w") as archive:
        for position, (_, content) in enumerate(entries):
            archive.writestr(f"name-{position:03}", content)
    data = path.read_bytes()
    for position, (raw, _) in enumerate(entries):
        placeholder = f"name-{position:03}".encode()
        assert len(raw) == len(placeholder)
        data = data.replace(placeholder, raw)
    path.write_bytes(data)
    return path


def test_members_come_with_size_crc_time_and_hash(tmp_path):
    path = write_zip(tmp_path / "x.zip", {"Totals.csv": b"abc", "sub/Table data.csv": b""})
    totals, table = inspect(path).members
    assert (totals.name, totals.size_bytes, totals.crc) == ("Totals.csv", 3, 0x352441C2)
    assert totals.entry_time.isoformat() == "2030-04-30T12:00:00"
    assert totals.sha256.startswith("ba7816bf")
    assert (table.name, table.refused) == ("sub/Table data.csv", None)
    assert read(path, totals.position) == b"abc"
    extract(path, totals.position, tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b"abc"


def test_the_zip_epoch_is_no_time(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.csv"), b"1")
    assert inspect(tmp_path / "x.zip").members[0].entry_time is None


def test_folders_and_system_files_are_no_members(tmp_path):
    names = ["folder/", "__MACOSX/._a.csv", ".DS_Store", "folder/a.csv"]
    path = write_zip(tmp_path / "x.zip", dict.fromkeys(names, b""))
    assert list(by_name(inspect(path))) == ["folder/a.csv"]


@pytest.mark.parametrize("name", ["../a.csv", "a/../../b.csv", "/etc/passwd", "C:\\a.csv"])
def test_names_that_leave_the_zip_are_refused(tmp_path, name):
    path = write_zip(tmp_path / "x.zip", {name: b"1", "good.csv": b"2"})
    refused, good = inspect(path).members
    assert refused.refused == "the member's name leaves the zip"
    assert good.refused is None


def test_a_name_with_a_nul_is_refused(tmp_path):
    path = write_raw(tmp_path / "x.zip", [(b"a.csv\0.x", b"1")])
    assert inspect(path).members[0].refused == "the member's name holds a NUL"


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"K\x9bb.csv ", "Køb.csv "),
        (b"\x8frsag.cs", "Årsag.cs"),
        ("Køb.csv".encode(), "Køb.csv"),
    ],
)
def test_names_in_an_old_code_page_are_read_as_windows_writes_them(tmp_path, raw, name):
    path = write_raw(tmp_path / "x.zip", [(raw, b"1")])
    member = inspect(path).members[0]
    assert (member.name, member.refused) == (name, None)


def test_an_encrypted_member_is_refused_and_its_siblings_are_not(tmp_path):
    path = write_zip(tmp_path / "x.zip", {"a.csv": b"1", "b.csv": b"2"})
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(signature) + offset] |= 1
    path.write_bytes(data)
    members = by_name(inspect(path))
    assert "encrypted" in members["a.csv"].refused
    assert members["b.csv"].refused is None


def test_a_damaged_member_is_refused(tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", b"unharmed text")
    path.write_bytes(path.read_bytes().replace(b"unharmed", b"damaged!"))
    assert "cannot be unpacked" in inspect(path).members[0].refused


def test_a_link_and_a_zip_within_a_zip_are_refused(tmp_path):
    link = zipfile.ZipInfo("link.csv", (2030, 1, 1, 0, 0, 0))
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(link, b"/etc/passwd")
        archive.writestr("inner.ZIP", b"PK")
    members = by_name(inspect(tmp_path / "x.zip"))
    assert members["link.csv"].refused == "the member is a link"
    assert "within a zip" in members["inner.ZIP"].refused


def test_of_two_members_with_one_name_the_later_one_is_read(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("a.csv", b"first")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.csv", b"second")
    first, second = inspect(tmp_path / "x.zip").members
    assert "replaces it" in first.refused
    assert read(tmp_path / "x.zip", second.position) == b"second"


def test_a_member_that_unpacks_to_too_much_is_refused(tmp_path):
    path = write_zip(tmp_path / "x.zip", {"bomb.csv": bytes(1 << 20), "small.csv": b"1"})
    members = by_name(inspect(path, Limits(max_zip_ratio=200, zip_ratio_from_bytes=1000)))
    assert "200 times" in members["bomb.csv"].refused
    assert members["small.csv"].refused is None
    assert by_name(inspect(path))["bomb.csv"].refused is None


@pytest.mark.parametrize(
    ("limits", "reason"),
    [(Limits(max_zip_members=2), "3 members"), (Limits(max_zip_bytes=2), "unpacks to 3 bytes")],
)
def test_a_zip_beyond_the_limits_is_refused_whole(tmp_path, limits, reason):
    path = write_zip(tmp_path / "x.zip", {"a.csv": b"1", "b.csv": b"2", "c.csv": b"3"})
    listing = inspect(path, limits)
    assert reason in listing.refused
    assert listing.members == ()


def test_a_directory_too_large_to_list_is_refused_before_it_is_read(tmp_path):
    path = write_zip(tmp_path / "x.zip", {"a.csv": b"1"})
    data = bytearray(path.read_bytes())
    struct.pack_into("<L", data, data.rindex(b"PK\5\6") + 12, 1 << 30)
    path.write_bytes(data)
    assert "more than 10,000 members" in inspect(path).refused


@pytest.mark.parametrize("content", [b"", b"<html>", b"PK\3\4 cut short"])
def test_what_only_calls_itself_a_zip_is_refused(tmp_path, content):
    (tmp_path / "x.zip").write_bytes(content)
    assert "not a zip" in inspect(tmp_path / "x.zip").refused


def test_an_empty_zip_is_refused(tmp_path):
    assert inspect(write_zip(tmp_path / "x.zip", {})).refused == "the zip holds no file"


@pytest.mark.parametrize("name", ["a\nb.csv", "'; drop table post; --.csv", "=1+1.csv"])
def test_odd_names_are_names(tmp_path, name):
    path = write_zip(tmp_path / "x.zip", {name: b"1"})
    (member,) = inspect(path).members
    assert (member.name, member.refused) == (name, None)


def test_a_member_that_unpacks_to_more_than_it_says_is_refused(tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", bytes(1 << 20))
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        struct.pack_into("<L", data, data.index(signature) + offset, 10)
    path.write_bytes(data)
    (member,) = inspect(path).members
    assert "cannot be unpacked" in member.refused
