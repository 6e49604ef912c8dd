"""Accounts are found by whatever a person calls them, and a name nobody has is an error."""

from datetime import UTC, date, datetime

import polars as pl
import pytest

from schemas.history import HISTORY
from transforms.core.accounts import roster_on
from transforms.core.chosen import UnknownAccountError, chosen
from transforms.core.layer import core_layer

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


@pytest.fixture
def core(history, roster):
    """Anna on two platforms, Bo on one."""
    rows = {table: history(table) for table in HISTORY}
    rows["post"] = history(
        "post",
        {
            "platform": "instagram",
            "post_id": "1",
            "account_ref": "111",
            "account_handle": "anna",
            "exported_by": "anna",
            "published_at": datetime(2026, 4, 2, tzinfo=UTC),
        },
    )
    rows["account_day"] = history(
        "account_day",
        {"platform": "tiktok", "account_ref": "anna.b", "day": MAY},
        {"platform": "tiktok", "account_ref": "bo", "day": JUNE},
    )
    names = roster(
        {"platform": "instagram", "account_handle": "anna", "creator_id": "c-anna"},
        {"platform": "tiktok", "account_handle": "anna.b", "creator_id": "c-anna"},
    )
    return core_layer(rows, roster_on(names))


@pytest.mark.parametrize("name", ["c-anna", "C-ANNA", " c-anna "])
def test_a_creator_is_all_its_accounts(core, name):
    found = chosen(core, creators=[name])
    assert found.accounts == {("instagram", "111"), ("tiktok", "anna.b")}
    assert found.first_day == date(2026, 4, 2)


@pytest.mark.parametrize("name", ["anna", "@Anna", "111"])
def test_a_handle_or_an_id_is_its_account(core, name):
    found = chosen(core, creators=[name])
    assert found.accounts == {("instagram", "111")}
    assert found.names == {("instagram", "111"), ("instagram", "anna")}


def test_a_platform_narrows_a_creator(core):
    assert chosen(core, ["tiktok"], ["c-anna"]).accounts == {("tiktok", "anna.b")}
    assert chosen(core, ["tiktok"]).accounts == {("tiktok", "anna.b"), ("tiktok", "bo")}


def test_a_name_that_nobody_has_is_an_error_that_knows_a_close_one(core):
    with pytest.raises(UnknownAccountError, match=r"'anna\.bb' \(is 'anna\.b' meant\?\)"):
        chosen(core, creators=["bo", "anna.bb"])
    with pytest.raises(UnknownAccountError, match="no account is known on youtube"):
        chosen(core, ["youtube"])


def test_rows_are_theirs_by_account_or_by_creator(core):
    found = chosen(core, ["tiktok"], ["c-anna"])
    accounts = pl.DataFrame({"platform": ["tiktok", "tiktok"], "account_id": ["anna.b", "bo"]})
    assert accounts.select(found.rows(["platform", "account_id"])).to_series().to_list() == [
        True,
        False,
    ]
    creators = pl.DataFrame({"creator_id": ["c-anna", "tiktok:bo"]})
    assert creators.select(found.rows(["creator_id"])).to_series().to_list() == [True, False]
