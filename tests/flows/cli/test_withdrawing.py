"""`creator-metrics withdraw` as a user meets it."""

import json

import pytest

from flows.commands.withdrawal import withdraw
from flows.runs.night import run_night
from tests.flows.cli.calling import call
from tests.flows.conftest import DAY, EXTRA, put_extra
from tests.flows.published import ask
from warehouse.home import Home


def test_without_yes_it_only_says_what_would_be_withdrawn(settings):
    path = put_extra(settings)
    run_night(settings, DAY)

    result = call(settings, "withdraw", "--file", str(path), "--reason", "wrong file", "--json")

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


def test_a_whole_delivery_is_withdrawn_with_yes_and_given_back(night):
    (delivery,) = ask(night, "select delivery_id from ops.delivery")
    chosen = ("--delivery", str(delivery["delivery_id"]), "--reason", "not hers")

    result = call(night, "withdraw", *chosen, "--yes")

    assert "recorded as" in result.stdout
    run_night(night, DAY)
    assert ask(night, "from history.post") == []
    assert call(night, "withdraw", *chosen, "--undo", "--yes").exit_code == 0
    run_night(night, DAY)
    assert len(ask(night, "from history.post")) == 8


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
def test_wrong_usage_is_said_clearly(first_night, arguments, message):
    result = call(first_night, "withdraw", *arguments, "--yes")
    assert result.exit_code == 2
    assert message in result.stderr


def test_withdrawing_twice_is_wrong_usage(night):
    withdraw(night, ["instagram/"], None, "wrong file")
    result = call(night, "withdraw", "--file", "instagram/", "--reason", "x", "--yes")
    assert result.exit_code == 2
    assert "all are withdrawn already" in result.stderr
