import numpy as np

from transforms.fit.labels import flag_names, looked_up, percent


def test_flags_are_spelled_in_order_and_none_is_null():
    flags = np.array([0, 1, 6], np.uint8)

    assert flag_names(flags, ("a", "b", "c")).to_list() == [None, "a", "b+c"]


def test_every_account_gets_the_text_at_its_place():
    assert looked_up(np.array([True, False]), [None, "why"]).to_list() == ["why", None]


def test_a_share_that_would_round_to_nothing_is_said_to_be_small():
    assert [percent(share) for share in (0.0, 0.004, 0.006, 1.0)] == [
        "0 %",
        "under 1 %",
        "1 %",
        "100 %",
    ]
    assert percent(0.0004, 1) == "under 0.1 %"
    assert percent(0.0421, 1) == "4.2 %"
