from pathlib import Path

import pytest

from warehouse.published.publication import Content, Piece, obstacle

TOLD = {"load-1": "1 file(s) of load load-1 were withdrawn"}


def piece(key: str, sha256: str) -> Piece:
    content = Content(
        key=key, name="p", size_bytes=1, modified_ns=1, inputs_hash=None, sha256=sha256
    )
    return Piece(Path("p"), content)


def held(history: list[Piece], withdrawals: str) -> dict[str, tuple[Piece, ...]]:
    return {"history.post": tuple(history), "ops.withdrawal": (piece("whole", withdrawals),)}


def served(history: list[Piece], withdrawals: str) -> dict[str, tuple[Content, ...]]:
    pieces = held(history, withdrawals)
    return {name: tuple(one.content for one in found) for name, found in pieces.items()}


BEFORE = served([piece("load-1", "a"), piece("load-2", "b")], "none")


def test_a_load_that_a_withdrawal_touched_since_is_said_to_be_withdrawn():
    wanted = held([piece("load-1", "less"), piece("load-2", "b")], "one")
    assert obstacle(wanted, BEFORE, TOLD) == f"history.post: {TOLD['load-1']}"


@pytest.mark.parametrize(
    ("history", "withdrawals"),
    [
        ([piece("load-1", "less"), piece("load-2", "b")], "none"),
        ([piece("load-2", "b")], "none"),
    ],
)
def test_an_old_withdrawal_is_no_reason_for_what_changed_since(history, withdrawals):
    assert (
        obstacle(held(history, withdrawals), BEFORE, TOLD)
        == "history.post: load load-1 disappeared or changed"
    )


def test_a_load_that_no_withdrawal_touched_disappeared():
    wanted = held([piece("load-1", "a")], "one")
    assert obstacle(wanted, BEFORE, TOLD) == "history.post: load load-2 disappeared or changed"


def test_what_is_only_added_is_no_obstacle():
    wanted = held([*(piece("load-1", "a"), piece("load-2", "b")), piece("load-3", "c")], "one")
    assert obstacle(wanted, BEFORE, TOLD) is None
