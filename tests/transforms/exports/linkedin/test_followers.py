from datetime import date

import pytest

from tests.transforms.deliveries.made_up import rows
from tests.transforms.exports.linkedin.workbooks import MEMBER, read_sheet

DAYS = [["Date", "New followers"], ["12/15/2025", "0"], ["12/16/2025", "3"]]
COLUMNS = ("day", "gross_follows", "followers")


@pytest.mark.parametrize("colon", ["", ":"])
def test_the_number_above_the_header_is_the_level_of_its_day(colon):
    table = [[f"Total followers on 12/16/2025{colon}", "2,713"], [], *DAYS]
    reading = read_sheet(MEMBER, "FOLLOWERS", table)
    assert reading.record.export == "linkedin_followers"
    assert rows(reading, "account_day", *COLUMNS) == [
        (date(2025, 12, 15), 0, None),
        (date(2025, 12, 16), 3, 2713),
    ]


def test_a_level_of_a_day_not_listed_has_a_record_of_its_own():
    reading = read_sheet(MEMBER, "FOLLOWERS", [["Total followers on 12/17/2025", "9"], [], *DAYS])
    assert (date(2025, 12, 17), None, 9) in rows(reading, "account_day", *COLUMNS)
    assert reading.record.loaded == 3


def test_new_followers_are_read_without_a_level():
    reading = read_sheet(MEMBER, "FOLLOWERS", DAYS)
    assert [row[2] for row in rows(reading, "account_day", *COLUMNS)] == [None, None]


def test_portuguese_names_and_days_are_read():
    table = [["Total de seguidores em 16/12/2025", "12"], [], ["Data", "Novos seguidores"],
             ["15/12/2025", "0"], ["16/12/2025", "1"]]  # fmt: skip
    reading = read_sheet(MEMBER, "Seguidores", table)
    assert reading.record.language == "pt"
    assert rows(reading, "account_day", *COLUMNS)[1] == (date(2025, 12, 16), 1, 12)


def test_a_sheet_of_that_name_with_other_columns_says_what_it_lacks():
    record = read_sheet(MEMBER, "FOLLOWERS", [["Day", "Gained"], ["a", "b"]]).record
    assert record.status == "refused"
    assert record.reason == (
        "under 'FOLLOWERS' 'Date' and 'New followers' is expected, not ['Day', 'Gained']"
    )
    elsewhere = read_sheet("tiktok/anna/a.xlsx", "FOLLOWERS", [["Day", "Gained"], ["a", "b"]])
    assert elsewhere.record.status == "unrecognised"
