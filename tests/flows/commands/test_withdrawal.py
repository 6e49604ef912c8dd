"""Files that are taken back: what the nights after show, and what an earlier one still does."""

import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.commands import withdrawal
from flows.runs.backfill import run_backfill
from flows.runs.night import run_night
from flows.runs.request import BackfillRequest
from flows.settings import Settings
from tests.flows.conftest import DAY, EXTRA, put_extra
from tests.flows.published import PROVENANCE, ask
from tests.flows.published import tables as all_tables
from warehouse.home import Home, StoreError


def tables(settings: Settings, layers: str = "'core', 'mart', 'history'") -> dict[str, object]:
    return all_tables(settings, layers, PROVENANCE)


def folder(settings: Settings, handle: str = "anna.bager") -> Path:
    return Path(settings.inbox) / "instagram" / handle


def overview(path: Path, followers: int) -> None:
    days = "".join(f"2026-03-{day:02d},{followers + day},{day}\n" for day in range(1, 15))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("Date,Followers,Difference in followers from previous day\n" + days)


def how(settings: Settings) -> str:
    return run_night(settings, DAY).published.how


def take_back(settings: Settings, *names: str, undo: bool = False) -> None:
    withdrawal.withdraw(settings, names, None, "wrong file", undo=undo)


@pytest.fixture
def never(first_night):
    """Give the tables of a home that never had the extra file."""
    return tables(first_night)


def test_after_a_withdrawal_a_night_gives_what_it_would_have_without_the_file(extra_night, never):
    assert tables(extra_night) != never

    take_back(extra_night, f"instagram/anna.bager/{EXTRA}")
    report = run_night(extra_night, DAY)

    assert tables(extra_night) == never
    assert all(mart.is_built for mart in report.marts)
    assert report.published.how.startswith("rebuilt")
    assert ask(extra_night, f"select 1 from ops.quarantine where path like '%{EXTRA}'") == []
    assert run_night(extra_night, DAY).is_unchanged


def test_the_published_file_says_what_was_withdrawn_and_why(extra_night):
    take_back(extra_night, f"instagram/anna.bager/{EXTRA}")
    run_night(extra_night, DAY)

    (said,) = ask(extra_night, "from ops.withdrawal")
    assert (said["kind"], said["reason"], said["is_in_force"]) == ("withdrawn", "wrong file", True)
    assert said["rows"] == 4
    (file,) = ask(extra_night, f"from ops.file where file_id = '{said['file_id']}'")
    assert (file["status"], file["reason"]) == ("withdrawn", "wrong file")
    assert (file["rows_in"], file["loaded"], file["quarantined"]) == (3, 2, 1)


def test_loaded_at_a_cutoff_before_the_withdrawal_still_has_the_rows(extra_night):
    given = tables(extra_night, "'mart'")
    (build,) = ask(extra_night, "select max(cutoff) as cutoff from ops.build")
    take_back(extra_night, f"instagram/anna.bager/{EXTRA}")
    run_night(extra_night, DAY)
    assert tables(extra_night, "'mart'") != given

    cutoff = build["cutoff"]
    assert isinstance(cutoff, datetime)
    run_backfill(
        extra_night,
        BackfillRequest(start=DAY, end=DAY, knowledge="loaded", cutoff=cutoff.replace(tzinfo=UTC)),
    )

    assert tables(extra_night, "'mart'") == given


def test_the_night_after_says_why_it_published_anew(extra_night):
    take_back(extra_night, f"*{EXTRA}")
    assert re.search(r"rebuilt: .*: 1 file\(s\) of load \S+ were withdrawn$", how(extra_night))
    take_back(extra_night, f"*{EXTRA}", undo=True)
    assert re.search(r"rebuilt: .*: 1 file\(s\) of load \S+ were restored$", how(extra_night))
    assert how(extra_night) == "unchanged"


def test_undo_brings_every_row_back(extra_night):
    given = tables(extra_night)
    take_back(extra_night, extra := f"instagram/anna.bager/{EXTRA}")
    run_night(extra_night, DAY)

    take_back(extra_night, extra, undo=True)
    run_night(extra_night, DAY)

    assert tables(extra_night) == given
    assert [row["kind"] for row in ask(extra_night, "from ops.withdrawal where is_in_force")] == [
        "restored"
    ]


def test_partitions_that_used_withdrawn_rows_are_stale_until_they_are_built_again(extra_night):
    take_back(extra_night, f"instagram/anna.bager/{EXTRA}")
    run_night(extra_night, DAY + timedelta(days=1))
    stale = "select distinct as_of, reason from ops.stale_partition"
    (row,) = ask(extra_night, stale)
    assert row["as_of"] == DAY
    assert "1 file(s) were withdrawn" in str(row["reason"])

    run_backfill(extra_night, BackfillRequest(only_stale=True))

    assert ask(extra_night, stale) == []


def test_a_withdrawal_that_was_undone_before_any_night_leaves_nothing_stale(extra_night):
    take_back(extra_night, extra := f"instagram/anna.bager/{EXTRA}")
    take_back(extra_night, extra, undo=True)

    report = run_night(extra_night, DAY)

    assert not any(mart.is_built for mart in report.marts)
    assert ask(extra_night, "from ops.stale_partition") == []


def test_the_same_bytes_under_the_right_handle_are_loaded_for_it(settings):
    wrong = Path(settings.inbox) / "tiktok" / "bo" / "FollowerHistory.csv"
    overview(wrong, 5000)
    run_night(settings, DAY)
    of_accounts = "select distinct account_ref from history.account_day where platform = 'tiktok'"
    assert ask(settings, of_accounts) == [{"account_ref": "bo"}]

    take_back(settings, "tiktok/bo/")
    right = Path(settings.inbox) / "tiktok" / "cilla" / wrong.name
    right.parent.mkdir()
    shutil.move(wrong, right)
    run_night(settings, DAY)

    assert ask(settings, of_accounts) == [{"account_ref": "cilla"}]


def test_the_same_bytes_of_the_same_account_are_loaded_anew_not_repeated(settings):
    first = put_extra(settings)
    run_night(settings, DAY)
    given = tables(settings, "'core', 'mart'")
    take_back(settings, f"instagram/anna.bager/{EXTRA}")
    first.rename(first.with_name("Mar-10-2026_Mar-30-2026_1000000000000010.csv"))

    report = run_night(settings, DAY)

    assert report.files == {"loaded": 1}
    assert tables(settings, "'core', 'mart'") == given


def test_a_file_that_repeated_a_withdrawn_one_is_read_in_its_place(settings):
    first = put_extra(settings)
    run_night(settings, DAY)
    given = tables(settings, "'core', 'mart'")
    shutil.copy(first, first.with_name("Mar-10-2026_Mar-30-2026_1000000000000010.csv"))
    assert run_night(settings, DAY).files == {"repeated": 1}

    take_back(settings, f"instagram/anna.bager/{EXTRA}")

    assert run_night(settings, DAY).files == {"loaded": 1}
    assert tables(settings, "'core', 'mart'") == given
    with pytest.raises(withdrawal.SelectionError, match="loaded again from another delivery"):
        take_back(settings, f"instagram/anna.bager/{EXTRA}", undo=True)
    take_back(settings, "*_1000000000000010.csv")
    with pytest.raises(withdrawal.SelectionError, match="came in two deliveries"):
        take_back(settings, "instagram/", undo=True)


def test_a_file_withdrawn_before_it_was_read_is_never_read(settings, monkeypatch):
    put_extra(settings)
    with monkeypatch.context() as patched:
        patched.setattr("flows.runs.night.plan_reading", lambda settings: [])
        run_night(settings, DAY)
    take_back(settings, f"*{EXTRA}")

    assert run_night(settings, DAY).files == {"loaded": 1, "unrecognised": 1}


def test_a_record_that_was_not_finished_withdraws_nothing(settings, monkeypatch, never):
    run_night(settings, DAY)

    def dies(source, target):
        raise OSError("no room")

    with monkeypatch.context() as patched:
        patched.setattr("warehouse.arrivals.withdrawals.replace_file", dies)
        with pytest.raises(OSError, match="no room"):
            take_back(settings, "instagram/")
    run_night(settings, DAY)

    assert tables(settings) == never
    assert list(Home(settings.home).work.iterdir()) == []


def test_a_withdrawal_beside_another_writer_is_refused(night):
    with Home(night.home).lock(), pytest.raises(StoreError, match="being written"):
        take_back(night, "instagram/")
