from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from schemas import core
from schemas.contract import enforce
from transforms.core import accounts
from transforms.core.identity import IdentityError


@pytest.fixture
def resolve(history):
    """Resolve names with the given post rows, account days and roster."""

    def run(posts, days, roster):
        post, day = history("post", *posts), history("account_day", *days)
        known = accounts.roster_on(roster)
        ref = accounts.account_ref(post, day, known)
        account = accounts.account(post, day, known, ref)
        enforce(ref.collect(), core.AccountRef, "core.account_ref")
        return (
            {name: account for _, name, account in ref.collect().iter_rows()},
            enforce(account.collect(), core.Account, "core.account").sort("account_id"),
        )

    return run


def post(**row):
    return {"platform": "instagram", "post_id": "1"} | row


def test_a_handle_that_a_file_pairs_with_an_id_is_that_id(resolve, roster):
    named, account = resolve(
        [post(account_ref="111", account_handle="anna", exported_by="anna")],
        [{"platform": "instagram", "account_ref": "anna", "day": date(2026, 5, 1)}],
        roster(),
    )
    assert named == {"111": "111", "anna": "111"}
    row = account.row(0, named=True)
    assert (row["creator_id"], row["account_handle"]) == ("instagram:111", "anna")
    assert row["is_tracked"]


def test_a_handle_that_the_roster_pairs_with_an_id_is_that_id(resolve, roster):
    named, account = resolve(
        [],
        [{"platform": "instagram", "account_ref": "anna", "day": date(2026, 5, 1)}],
        roster({"account_handle": "@Anna ", "account_ref": "111", "creator_id": "c1"}),
    )
    assert named == {"111": "111", "anna": "111"}
    assert account["creator_id"].to_list() == ["c1"]


def test_the_newest_pair_says_whose_a_handle_is(resolve, roster):
    named, _ = resolve(
        [
            post(account_ref="222", account_handle="anna", observed_on=date(2026, 6, 2)),
            post(post_id="2", account_ref="111", account_handle="anna"),
        ],
        [],
        roster({"account_handle": "anna", "account_ref": "333"}),
    )
    assert named["anna"] == "222"
    assert named["111"] == "111"


def test_an_account_that_renamed_itself_has_its_newest_handle(resolve, roster):
    named, account = resolve(
        [
            post(account_ref="111", account_handle="new", observed_on=date(2026, 6, 2)),
            post(post_id="2", account_ref="111", account_handle="old"),
        ],
        [],
        roster(),
    )
    assert named == {"111": "111", "new": "111", "old": "111"}
    assert account["account_handle"].to_list() == ["new"]


def test_aliases_lead_to_the_end_of_their_chain_and_lend_what_it_lacks(resolve, roster):
    named, account = resolve(
        [post(account_ref="999", account_handle="third")],
        [],
        roster(
            {"account_handle": "first", "alias_of": "second", "category": "food"},
            {"account_handle": "second", "alias_of": "third", "category": "travel"},
            {"account_handle": "third", "creator_id": "c3"},
        ),
    )
    assert named == {"first": "999", "second": "999", "third": "999", "999": "999"}
    row = account.row(0, named=True)
    assert (row["creator_id"], row["account_handle"], row["category"]) == ("c3", "third", "travel")


def test_an_alias_merges_two_ids(resolve, roster):
    named, account = resolve(
        [
            post(account_ref="111", account_handle="old"),
            post(post_id="2", account_ref="222", account_handle="new"),
        ],
        [],
        roster({"account_handle": "old", "alias_of": "new"}),
    )
    assert set(named.values()) == {"222"}
    assert account["account_handle"].to_list() == ["new"]


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_circle_of_aliases_is_an_error_that_names_it(resolve, roster, length):
    names = ["a", "b", "c"][:length]
    rows = [
        {"account_handle": name, "alias_of": names[(i + 1) % length]}
        for i, name in enumerate(names)
    ]
    with pytest.raises(IdentityError, match="circle on instagram: " + " -> ".join([*names, "a"])):
        resolve([], [], roster(*rows))


def test_a_circle_that_only_ids_close_is_an_error_too(resolve, roster):
    with pytest.raises(IdentityError, match="circle"):
        resolve(
            [
                post(account_ref="111", account_handle="a"),
                post(post_id="2", account_ref="111", account_handle="d"),
                post(post_id="3", account_ref="222", account_handle="b"),
                post(post_id="4", account_ref="222", account_handle="c"),
            ],
            [],
            roster(
                {"account_handle": "a", "alias_of": "b"}, {"account_handle": "c", "alias_of": "d"}
            ),
        )


def test_the_same_name_on_two_platforms_is_two_accounts(resolve, roster):
    _, account = resolve(
        [],
        [
            {"platform": "tiktok", "account_ref": "anna", "day": date(2026, 5, 1)},
            {"platform": "youtube", "account_ref": "anna", "day": date(2026, 5, 1)},
        ],
        roster(),
    )
    assert account["creator_id"].sort().to_list() == ["tiktok:anna", "youtube:anna"]


def test_an_account_known_only_as_somebody_elses_collaborator_is_not_tracked(resolve, roster):
    _, account = resolve(
        [
            post(account_ref="111", account_handle="anna", exported_by="anna"),
            post(post_id="2", account_ref="222", account_handle="bo", exported_by="anna"),
        ],
        [],
        roster(),
    )
    assert account.select("account_id", "is_tracked").rows() == [("111", True), ("222", False)]


def test_a_roster_row_holds_from_its_day_and_the_first_also_before(roster):
    versions = roster(
        {"account_handle": "anna", "category": "food", "valid_from": date(2026, 2, 1)},
        {"account_handle": "anna", "category": "travel", "valid_from": date(2026, 4, 1)},
    )

    def category(day):
        return accounts.roster_on(versions, day).collect()["category"].to_list()

    assert category(None) == ["travel"]
    assert category(date(2026, 4, 1)) == ["travel"]
    assert category(date(2026, 3, 31)) == ["food"]
    assert category(date(2026, 1, 1)) == ["food"]


def test_a_day_is_completed_by_exports_under_the_id_and_the_handle(history, roster):
    days = history(
        "account_day",
        {
            "platform": "tiktok",
            "account_ref": "anna",
            "day": date(2026, 5, 1),
            "followers": 100,
            "views": 7,
        },
        {
            "platform": "tiktok",
            "account_ref": "77",
            "account_handle": "anna",
            "day": date(2026, 5, 1),
            "observed_on": date(2026, 6, 2),
            "views": 8,
        },
    )
    ref = accounts.account_ref(history("post"), days, accounts.roster_on(roster()))
    day = enforce(accounts.account_day(days, ref).collect(), core.AccountDay, "core.account_day")
    assert day.select("account_id", "observed_on", "followers", "views").rows() == [
        ("77", date(2026, 6, 2), 100, 8)
    ]


def test_the_roster_states_a_level_once_a_day(history, roster):
    versions = roster(
        {"account_handle": "Old", "alias_of": "new"},
        {"account_handle": "new"},
        {
            "account_handle": "old",
            "alias_of": "new",
            "valid_from": date(2026, 2, 1),
            "followers": 9,
            "followers_observed_on": date(2026, 2, 1),
        },
        {
            "account_handle": "new",
            "valid_from": date(2026, 2, 1),
            "followers": 10,
            "followers_observed_on": date(2026, 2, 1),
        },
    )
    ref = accounts.account_ref(
        history("post"), history("account_day"), accounts.roster_on(versions)
    )
    assert accounts.roster_level(versions, ref).collect().rows() == [
        ("instagram", "new", date(2026, 2, 1), 10)
    ]


PAIRS = st.lists(
    st.tuples(
        st.sampled_from(["1", "2", "3"]),
        st.sampled_from(["anna", "bo", "cy"]),
        st.integers(1, 28),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=25, deadline=None)
@given(PAIRS, st.randoms(use_true_random=False))
def test_who_is_who_does_not_depend_on_order(history, roster, pairs, random):
    rows = [
        post(post_id=str(i), account_ref=ref, account_handle=name, observed_on=date(2026, 5, day))
        for i, (ref, name, day) in enumerate(pairs)
    ]
    aliases = [{"account_handle": "dee", "alias_of": "anna"}, {"account_handle": "anna"}]

    def tables(rows, aliases):
        known = accounts.roster_on(roster(*aliases))
        post_rows, days = history("post", *rows), history("account_day")
        ref = accounts.account_ref(post_rows, days, known)
        return [
            frame.collect().sort(pl.all())
            for frame in (ref, accounts.account(post_rows, days, known, ref))
        ]

    before = tables(rows, aliases)
    shuffled, turned = random.sample(rows, len(rows)), random.sample(aliases, len(aliases))
    for one, other in zip(before, tables([*shuffled, rows[0]], turned), strict=True):
        assert_frame_equal(one, other)
