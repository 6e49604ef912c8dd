"""Files that are taken back: what the nights after show, and what an earlier one still does."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows import withdrawal
from flows.cli import app
from flows.night import run_backfill, run_night
from flows.settings import Settings
from tests.flows.conftest import DAY, content_export
from warehouse.home import Home, StoreError
from warehouse.query import query

PROVENANCE = ("load_id", "loaded_at", "file_id")
EXTRA = "Mar-10-2026_Mar-30-2026_1000000000000009.csv"
runner = CliRunner()


def ask(settings: Settings, sql: str) -> list[dict[str, object]]:
    return query(Home(settings.home).warehouse, sql).to_dicts()


def tables(settings: Settings, layers: str = "'core', 'mart', 'history'") -> dict[str, object]:
    """Give every row of some layers, without the columns that name a delivery."""
    names = ask(
        settings,
        "select table_schema || '.' || table_name as name from information_schema.tables "
        f"where table_schema in ({layers}) and table_type = 'BASE TABLE' order by 1",
    )
    return {
        str(row["name"]): sorted(
            str({name: value for name, value in one.items() if name not in PROVENANCE})
            for one in ask(settings, f"from {row['name']}")
        )
        for row in names
    }


def folder(settings: Settings, handle: str = "anna.bager") -> Path:
    return Path(settings.inbox) / "instagram" / handle


def put_extra(settings: Settings, name: str = EXTRA) -> Path:
    """Lay down an export with a post of its own, an outlier in a known one, and a bad row."""
    path = folder(settings) / name
    path.write_text(
        content_export(
            [
                ("18000000000000077", "03/10/2026 10:23", "99000"),
                ("18000000000000001", "03/01/2026 10:23", "88000"),
                ("18000000000000078", "x", "abc"),
            ]
        )
    )
    return path


def overview(path: Path, followers: int) -> None:
    days = "".join(f"2026-03-{day:02d},{followers + day},{day}\n" for day in range(1, 15))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("Date,Followers,Difference in followers from previous day\n" + days)


def take_back(settings: Settings, *names: str, undo: bool = False) -> None:
    withdrawal.withdraw(settings, names, None, "wrong file", undo=undo)


def call(settings: Settings, *arguments: str):
    options = ["--home", str(settings.home), "--inbox", settings.inbox]
    return runner.invoke(app, ["withdraw", *arguments, *options])


@pytest.fixture
def never(settings, tmp_path):
    """Give the tables of a home that never had the extra file."""
    other = Settings(home=tmp_path / "never", inbox=settings.inbox, settle_seconds=0)
    run_night(other, DAY)
    return tables(other)


def test_after_a_withdrawal_a_night_gives_what_it_would_have_without_the_file(settings, never):
    put_extra(settings)
    run_night(settings, DAY)
    assert tables(settings) != never

    take_back(settings, f"instagram/anna.bager/{EXTRA}")
    report = run_night(settings, DAY)

    assert tables(settings) == never
    assert all(mart.is_built for mart in report.marts)
    assert report.published.how.startswith("rebuilt")
    assert ask(settings, f"select 1 from ops.quarantine where path like '%{EXTRA}'") == []
    assert run_night(settings, DAY).is_unchanged


def test_the_published_file_says_what_was_withdrawn_and_why(settings):
    put_extra(settings)
    run_night(settings, DAY)
    take_back(settings, f"instagram/anna.bager/{EXTRA}")
    run_night(settings, DAY)

    (said,) = ask(settings, "from ops.withdrawal")
    assert (said["kind"], said["reason"], said["is_in_force"]) == ("withdrawn", "wrong file", True)
    assert said["rows"] == 4
    (file,) = ask(settings, f"from ops.file where file_id = '{said['file_id']}'")
    assert (file["status"], file["reason"]) == ("withdrawn", "wrong file")
    assert (file["rows_in"], file["loaded"], file["quarantined"]) == (3, 2, 1)


def test_loaded_at_a_cutoff_before_the_withdrawal_still_has_the_rows(settings):
    put_extra(settings)
    run_night(settings, DAY)
    given = tables(settings, "'mart'")
    (build,) = ask(settings, "select max(cutoff) as cutoff from ops.build")
    take_back(settings, f"instagram/anna.bager/{EXTRA}")
    run_night(settings, DAY)
    assert tables(settings, "'mart'") != given

    cutoff = build["cutoff"]
    assert isinstance(cutoff, datetime)
    run_backfill(settings, DAY, DAY, knowledge="loaded", cutoff=cutoff.replace(tzinfo=UTC))

    assert tables(settings, "'mart'") == given


def test_undo_brings_every_row_back(settings):
    put_extra(settings)
    run_night(settings, DAY)
    given = tables(settings)
    take_back(settings, extra := f"instagram/anna.bager/{EXTRA}")
    run_night(settings, DAY)

    take_back(settings, extra, undo=True)
    run_night(settings, DAY)

    assert tables(settings) == given
    assert [row["kind"] for row in ask(settings, "from ops.withdrawal where is_in_force")] == [
        "restored"
    ]


def test_partitions_that_used_withdrawn_rows_are_stale_until_they_are_built_again(settings):
    put_extra(settings)
    run_night(settings, DAY)
    take_back(settings, f"instagram/anna.bager/{EXTRA}")
    run_night(settings, DAY + timedelta(days=1))
    stale = "select distinct as_of, reason from ops.stale_partition"
    (row,) = ask(settings, stale)
    assert row["as_of"] == DAY
    assert "1 file(s) were withdrawn" in str(row["reason"])

    run_backfill(settings, only_stale=True)

    assert ask(settings, stale) == []


def test_a_withdrawal_that_was_undone_before_any_night_leaves_nothing_stale(settings):
    put_extra(settings)
    run_night(settings, DAY)
    take_back(settings, extra := f"instagram/anna.bager/{EXTRA}")
    take_back(settings, extra, undo=True)

    report = run_night(settings, DAY)

    assert not any(mart.is_built for mart in report.marts)
    assert ask(settings, "from ops.stale_partition") == []


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
        patched.setattr("flows.steps.plan_reading", lambda settings: [])
        run_night(settings, DAY)
    take_back(settings, f"*{EXTRA}")

    assert run_night(settings, DAY).files == {"loaded": 1, "unrecognised": 1}


def test_a_record_that_was_not_finished_withdraws_nothing(settings, monkeypatch, never):
    run_night(settings, DAY)

    def dies(source, target):
        raise OSError("no room")

    with monkeypatch.context() as patched:
        patched.setattr("warehouse.withdrawals.replace_file", dies)
        with pytest.raises(OSError, match="no room"):
            take_back(settings, "instagram/")
    run_night(settings, DAY)

    assert tables(settings) == never
    assert list(Home(settings.home).work.iterdir()) == []


def test_a_withdrawal_beside_another_writer_is_refused(settings):
    run_night(settings, DAY)
    with Home(settings.home).lock(), pytest.raises(StoreError, match="being written"):
        take_back(settings, "instagram/")


def test_without_yes_it_only_says_what_would_be_withdrawn(settings):
    path = put_extra(settings)
    run_night(settings, DAY)

    result = call(settings, "--file", str(path), "--reason", "wrong file", "--json")

    assert result.exit_code == 0
    said = json.loads(result.stdout)
    assert said["withdrawal_id"] is None
    assert [file["path"] for file in said["files"]] == [f"instagram/anna.bager/{EXTRA}"]
    assert said["rows"] == {
        "history.post": 2,
        "history.post_lifetime": 2,
        "ops.quarantine": 2,
        "ops.reconciliation": 1,
    }
    assert list(Home(settings.home).withdrawals.iterdir()) == []


def test_a_whole_delivery_is_withdrawn_with_yes_and_given_back(settings):
    run_night(settings, DAY)
    (delivery,) = ask(settings, "select delivery_id from ops.delivery")
    chosen = ("--delivery", str(delivery["delivery_id"]), "--reason", "not hers")

    result = call(settings, *chosen, "--yes")

    assert "recorded as" in result.stdout
    run_night(settings, DAY)
    assert ask(settings, "from history.post") == []
    assert call(settings, *chosen, "--undo", "--yes").exit_code == 0
    run_night(settings, DAY)
    assert len(ask(settings, "from history.post")) == 8


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--reason", "x"], "needs --file PATH or --delivery ID"),
        (["--file", "instagram/"], "needs --reason"),
        (["--file", "instagram/", "--reason", " "], "needs --reason"),
        (["--file", "nowhere.csv", "--reason", "x"], "no file that arrived is 'nowhere.csv'"),
        (["--delivery", "nothing", "--reason", "x"], "no delivery 'nothing'"),
        (["--file", "instagram/", "--reason", "x", "--undo"], "none of them is withdrawn"),
    ],
)
def test_wrong_usage_is_said_clearly(settings, arguments, message):
    run_night(settings, DAY)
    result = call(settings, *arguments, "--yes")
    assert result.exit_code == 2
    assert message in result.stderr


def test_withdrawing_twice_is_wrong_usage(settings):
    run_night(settings, DAY)
    take_back(settings, "instagram/")
    result = call(settings, "--file", "instagram/", "--reason", "x", "--yes")
    assert result.exit_code == 2
    assert "all are withdrawn already" in result.stderr
