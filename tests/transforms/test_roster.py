"""The roster as users write it, with the mistakes they make."""

from datetime import date

import pytest

from schemas.contract import enforce
from schemas.reference import Roster
from transforms.roster import RosterError, read_roster

ARRIVED = date(2026, 3, 1)


def read(text: str):
    reading = read_roster(text.encode(), ARRIVED)
    enforce(reading.rows, Roster, "ref.roster")
    return reading


def test_two_columns_are_enough_and_hold_from_the_day_of_arrival():
    reading = read("platform,handle\nInstagram,@Anna.Bager\n")
    (row,) = reading.rows.to_dicts()
    assert (row["platform"], row["account_handle"]) == ("instagram", "anna.bager")
    assert row["valid_from"] == ARRIVED
    assert row["creator_id"] is None
    assert reading.problems == ()


def test_every_column_is_read_whatever_the_order_and_separator():
    reading = read(
        "handle;platform;account_id;currency;followers;followers_observed_on;valid_from;alias_of\n"
        "anna;youtube;UC1;DKK;21,500;2026-01-31;2026-01-01;anna.old\n"
    )
    (row,) = reading.rows.to_dicts()
    assert row["account_ref"] == "UC1"
    assert row["account_currency"] == "DKK"
    assert row["followers"] == 21500
    assert row["followers_observed_on"] == date(2026, 1, 31)
    assert row["valid_from"] == date(2026, 1, 1)
    assert row["alias_of"] == "anna.old"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("myspace,tom,,,", "platform is not one of"),
        (",tom,,,", "platform is missing"),
        ("tiktok,,,,", "handle is missing"),
        ("tiktok,tom,Denmark,,", "country is not an ISO 3166-1"),
        ("tiktok,tom,,many,2026-01-01", "followers is not a whole number"),
        ("tiktok,tom,,100,", "followers needs followers_observed_on"),
        ("tiktok,tom,,100,31/01/2026", "followers_observed_on is not"),
    ],
)
def test_a_wrong_row_is_left_out_and_named_and_the_others_hold(row, said):
    header = "platform,handle,country,followers,followers_observed_on\n"
    reading = read(f"{header}tiktok,anna,DK,,\n{row}\n")
    assert reading.rows["account_handle"].to_list() == ["anna"]
    assert any("row 3" in problem and said in problem for problem in reading.problems)


def test_a_repeated_account_keeps_its_last_row_and_is_named():
    reading = read("platform,handle,creator_id\ntiktok,anna,one\ntiktok,anna,two\n")
    assert reading.rows["creator_id"].to_list() == ["two"]
    assert any("more than once" in problem for problem in reading.problems)


def test_an_unknown_header_is_ignored_and_named():
    assert any("'shoe size'" in p for p in read("platform,handle,shoe size\n").problems)


def test_a_missing_header_is_named_beside_those_that_are_there():
    with pytest.raises(RosterError, match="no header handle among platform, name"):
        read_roster(b"platform,name\ntiktok,anna\n", ARRIVED)
