from datetime import timedelta

import pytest

from schemas.contract import enforce
from schemas.ops import OPS
from tests.warehouse.made_up import NOW
from warehouse.arrivals.withdrawals import (
    WithdrawnFile,
    record,
    withdrawal_frame,
    withdrawals,
    withdrawn,
)
from warehouse.home import Home, StoreError
from warehouse.loads.load import next_moment

DAY = timedelta(days=1)


def file(name):
    return WithdrawnFile(
        file_id=name,
        delivery_id="delivery",
        path=f"{name}.csv",
        member=None,
        sha256=f"hash-{name}",
        rows=3,
    )


def say(home, kind, *names, at=NOW):
    return record(home, kind, [file(name) for name in names], "wrong «fil»", run="by hand", at=at)


def test_a_record_reads_back_as_it_was_written(home):
    written = say(home, "withdrawn", "a", "b")
    assert withdrawals(home) == [written]
    assert list(home.work.iterdir()) == []


def test_the_last_record_of_a_file_holds_and_any_earlier_moment_can_be_seen(home):
    taken = say(home, "withdrawn", "a", "b")
    say(home, "restored", "a", at=NOW + DAY)
    known = withdrawals(home)

    assert withdrawn(known, NOW - DAY) == {}
    assert withdrawn(known, NOW) == {"a": taken, "b": taken}
    assert withdrawn(known) == {"b": taken}


def test_the_table_marks_the_last_record_of_each_file(home):
    say(home, "withdrawn", "a", "b")
    say(home, "restored", "a", at=NOW + DAY)

    frame = withdrawal_frame(withdrawals(home))

    enforce(frame, OPS["withdrawal"], "withdrawal")
    assert frame.select("kind", "file_id", "is_in_force").rows() == [
        ("withdrawn", "a", False),
        ("withdrawn", "b", True),
        ("restored", "a", True),
    ]


def test_no_withdrawal_is_an_empty_table(tmp_path):
    assert withdrawals(Home(tmp_path / "none")) == []
    enforce(withdrawal_frame([]), OPS["withdrawal"], "withdrawal")


def test_a_load_after_a_withdrawal_comes_after_it_though_the_clock_was_set_back(home):
    said = say(home, "withdrawn", "a")
    assert next_moment(home, NOW - DAY) > said.recorded_at


@pytest.mark.parametrize(
    "text", ["{", "{}", '{"recorded_at": "2030-05-02T00:00:00+00:00", "files": [], "kind": "lost"}']
)
def test_a_damaged_record_is_named(home, text):
    (home.withdrawals / "x.json").write_text(text)
    with pytest.raises(StoreError, match=r"x\.json is not a withdrawal record"):
        withdrawals(home)
