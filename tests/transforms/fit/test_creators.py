import numpy as np
import pytest

from tests.transforms.fit.made_up_components import accounts, component
from transforms.fit.creators import (
    COMBINED_BY,
    account_weights,
    combine,
    creators_on,
    in_order,
)

TWO = (
    {"account_id": "a", "creator_id": "anna", "followers": 300},
    {"account_id": "b", "creator_id": "anna", "platform": "instagram", "followers": 100},
)


def weighed(panel, people):
    creators = creators_on(in_order(panel), ())
    ordered = np.array(people, dtype=float)[creators.place]
    return creators, account_weights(creators, ordered)


def by_account(creators, weights):
    return dict(zip(creators.accounts["account_id"], weights.weight.tolist(), strict=True))


def test_only_accounts_on_the_platforms_of_the_brief_count():
    creators = creators_on(in_order(accounts(*TWO, {"account_id": "c"})), ("instagram",))

    assert creators.creator_id.to_list() == ["anna"]
    assert creators.n_accounts.tolist() == [1]
    assert creators.place.tolist() == [1]


def test_accounts_weigh_by_targeted_reach_where_it_is_known_of_all():
    creators, weights = weighed(accounts(*TWO), [20, 60])

    assert by_account(creators, weights) == {"a": 0.25, "b": 0.75}
    assert COMBINED_BY[weights.combined_by[0]] == "targeted_reach"
    assert creators.accounts["account_id"][int(weights.lead[0])] == "b"


@pytest.mark.parametrize("people", [[20, np.nan], [0, 0]])
def test_else_by_followers(people):
    creators, weights = weighed(accounts(*TWO), people)

    assert by_account(creators, weights) == {"a": 0.75, "b": 0.25}
    assert COMBINED_BY[weights.combined_by[0]] == "followers"


def test_else_all_alike():
    panel = accounts(TWO[0], TWO[1] | {"followers": None})
    creators, weights = weighed(panel, [np.nan, 60])

    assert by_account(creators, weights) == {"a": 0.5, "b": 0.5}
    assert COMBINED_BY[weights.combined_by[0]] == "equal"


def test_creators_do_not_share_their_way_of_combining():
    creators, weights = weighed(accounts(*TWO, {"account_id": "c"}), [20, 60, np.nan])

    assert [COMBINED_BY[by] for by in weights.combined_by] == ["targeted_reach", "followers"]
    assert by_account(creators, weights) == {"a": 0.25, "b": 0.75, "c": 1.0}


def test_a_value_is_the_mean_over_the_accounts_that_know_it():
    creators, weights = weighed(accounts(*TWO), [20, 60])
    value, known = combine(creators, weights, component("engagement", [0.2, 0.6]))

    assert value[0] == pytest.approx(0.25 * 0.2 + 0.75 * 0.6)
    assert known[0] == 1


def test_what_one_account_knows_stands_for_the_creator_and_is_known_by_its_weight():
    creators, weights = weighed(accounts(*TWO), [20, 60])
    value, known = combine(creators, weights, component("engagement", [0.2, None]))

    assert value[0] == pytest.approx(0.2)
    assert known[0] == pytest.approx(0.25)


def test_an_account_that_reaches_nobody_of_the_target_says_nothing_of_its_creator():
    creators, weights = weighed(accounts(*TWO), [0, 60])
    value, known = combine(creators, weights, component("engagement", [0.2, None]))

    assert np.isnan(value[0])
    assert known[0] == 0
