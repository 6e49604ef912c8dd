from datetime import date

import polars as pl

from schemas import contract
from schemas.core import Listing
from schemas.history import HISTORY
from transforms.core.listing import listing


def rows(*records: dict) -> pl.LazyFrame:
    schema = contract.polars_schema(HISTORY["listing"])
    base = {"source": "list", "platform": "instagram", "evidence_rank": 6, "sha256": "a"}
    return pl.DataFrame(
        [base | {"row_number": number} | record for number, record in enumerate(records, 2)],
        schema=schema,
    ).lazy()


def refs(**accounts: str) -> pl.LazyFrame:
    schema = {"platform": pl.String, "account_ref": pl.String, "account_id": pl.String}
    return pl.DataFrame(
        [("instagram", ref, account) for ref, account in accounts.items()],
        schema=schema,
        orient="row",
    ).lazy()


MAY, JUNE = date(2026, 5, 31), date(2026, 6, 30)


def test_the_last_list_tells_all_figures_and_lends_none_from_the_one_before():
    told = rows(
        {"account_ref": "anna", "observed_on": MAY, "followers": 10, "average_likes": 3.0},
        {"account_ref": "anna", "observed_on": JUNE, "followers": 12},
    )
    found = contract.enforce(listing(told, refs()).collect(), Listing, "core.listing")
    assert found.select("observed_on", "followers", "average_likes").rows() == [(JUNE, 12, None)]


def test_two_lists_are_two_rows():
    told = rows(
        {"account_ref": "anna", "observed_on": MAY, "followers": 10},
        {"account_ref": "anna", "observed_on": MAY, "followers": 11, "source": "other"},
    )
    assert listing(told, refs()).collect().height == 2


def test_a_handle_that_is_known_is_its_account_and_a_stranger_is_itself():
    told = rows(
        {"account_ref": "anna", "observed_on": MAY}, {"account_ref": "bo", "observed_on": MAY}
    )
    found = listing(told, refs(anna="178")).collect()
    assert sorted(found["account_id"]) == ["178", "bo"]


def test_a_list_that_holds_an_account_twice_gives_one_row():
    told = rows(
        {"account_ref": "anna", "observed_on": MAY, "followers": 10},
        {"account_ref": "anna", "observed_on": MAY, "followers": 10},
    )
    assert listing(told, refs()).collect().height == 1
