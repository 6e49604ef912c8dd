import csv
import io
import itertools
import re
import zipfile
from datetime import UTC, datetime

import pytest

from tests.sample import inbox, truth
from tests.sample.__main__ import SEED
from tests.sample.account import FIRST_DAY, LAST_DAY
from tests.sample.cast import ACCOUNTS
from tests.sample.youtube import MEMBERS

FILES = inbox.build(SEED)


def test_the_same_seed_gives_the_same_bytes_at_the_same_times():
    inbox._built.cache_clear()
    again = inbox.build(SEED)

    assert [(file.path, file.content, file.modified_at) for file in again] == [
        (file.path, file.content, file.modified_at) for file in FILES
    ]


def test_another_seed_gives_other_bytes_under_the_same_paths():
    other = inbox.build(SEED + 1)

    assert [file.path for file in other] == [file.path for file in FILES]
    assert sum(a.content != b.content for a, b in zip(other, FILES, strict=True)) > 200


def test_writing_sets_the_files_own_times_to_their_export_days(tmp_path):
    files = inbox.write(tmp_path, SEED)

    for file in files:
        path = tmp_path / file.path
        assert path.read_bytes() == file.content
        assert path.stat().st_mtime == file.modified_at
        assert datetime.fromtimestamp(file.modified_at, UTC).date() == file.exported_on
    assert sum(path.is_file() for path in tmp_path.rglob("*")) == len(files)


def test_no_two_files_lie_at_the_same_path():
    assert len({file.path for file in FILES}) == len(FILES)


def test_there_are_twelve_creators_on_three_platforms_and_one_page():
    rostered = list(csv.DictReader(io.StringIO(_content("roster.csv").decode())))
    creators = {row["creator_id"] for row in rostered if row["creator_id"]}
    on_two = {
        row["creator_id"]
        for row in rostered
        if row["creator_id"]
        and len({one["platform"] for one in rostered if one["creator_id"] == row["creator_id"]}) > 1
    }

    assert len(creators) >= 12
    assert {row["platform"] for row in rostered} == {"facebook", "instagram", "tiktok", "youtube"}
    assert on_two == {"signe", "bo", "rising-page", "tilde"}
    assert [row["alias_of"] for row in rostered if row["alias_of"]] == ["rising.rosa"]


def test_the_roster_states_no_level_without_its_day():
    for row in csv.DictReader(io.StringIO(_content("roster.csv").decode())):
        assert bool(row["followers"]) == bool(row["followers_observed_on"])
        assert row["platform"] != "tiktok" or not row["followers"]


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda one: f"{one.platform}-{one.handle}")
def test_every_account_delivers_under_its_own_folder(account):
    handles = {account.handle, account.former_handle} - {None}
    folders = {"/".join(file.path.split("/")[:2]) for file in FILES}

    assert {f"{account.platform}/{handle}" for handle in handles} <= folders


def test_the_periods_of_a_cadence_follow_each_other_without_a_gap():
    for cadence in (None, 14):
        spans = list(inbox.periods(cadence))
        assert spans[0][0] == FIRST_DAY
        assert spans[-1][1] == LAST_DAY
        assert all((b[0] - a[1]).days == 1 for a, b in itertools.pairwise(spans))


def test_the_copy_has_the_bytes_of_its_original_and_another_name():
    copy = next(file for file in FILES if re.search(r"/Jan-01.* \(1\)\.csv", file.path))

    original = copy.path.replace(" (1)", "")

    assert copy.content == _content(original)
    assert ((original, None), (copy.path, None)) in inbox.copies(FILES)


def test_the_totals_of_two_reports_on_the_same_days_say_the_same_twice():
    groups = [group for group in inbox.copies(FILES) if group[0][0].startswith("youtube/")]

    assert groups
    for group in groups:
        assert {member for _, member in group} <= {members[2] for members in MEMBERS.values()}


def test_the_broken_files_are_broken():
    junk = next(file for file in FILES if "1009876543210000" in file.path)
    half = next(file for file in FILES if file.path.endswith("(9).zip"))

    with pytest.raises(UnicodeDecodeError):
        junk.content.decode()
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(half.content))


def test_every_zip_holds_exactly_the_members_the_truth_speaks_of():
    for file in FILES:
        if file.path.endswith(".zip") and "(9)" not in file.path:
            with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
                assert archive.testzip() is None
                assert archive.namelist() == [member.member for member in file.members]


def test_the_bad_rows_are_as_many_as_the_truth_says():
    bad = [file for file in FILES if any(member.quarantined for member in file.members)]
    freja = next(file for file in bad if "falling.freja" in file.path)
    rows = list(csv.DictReader(io.StringIO(freja.content.decode("utf-8-sig"))))
    broken = [row for row in rows if not row["Post ID"] or not re.fullmatch(r"\d+", row["Views"])]

    assert len(bad) == 2
    assert len(broken) == freja.members[0].quarantined == 3


def test_the_truth_names_every_account_and_every_file_once():
    known = truth.expect(SEED)

    assert {(one.platform, one.handle) for one in known.accounts} == {
        (one.platform, one.handle) for one in ACCOUNTS
    }
    assert len({(file.path, file.member) for file in known.files}) == len(known.files)
    assert set(truth.absent_files(SEED)) == {
        "briefs/broken-dk-2025.toml",
        "briefs/oat-milk-dk-2025.toml",
        "briefs/tea-gb-2025.toml",
        "roster.csv",
        "youtube/steady-sara/Conteúdo 2025-06-01_2025-07-01 Steady Sara.zip.crdownload",
    }


def _content(path: str) -> bytes:
    return next(file.content for file in FILES if file.path == path)
