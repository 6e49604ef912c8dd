from datetime import date

from tests.transforms.deliveries.made_up import rows
from tests.transforms.exports.linkedin.workbooks import read_sheet

NAME = "linkedin/anna/anna-berg_followers_1767225600000.xlsx"
HEADER = ["Date", "Sponsored followers", "Organic followers", "Auto-invited followers",
          "Total followers"]  # fmt: skip


def test_total_followers_of_a_day_are_those_gained_and_no_level():
    reading = read_sheet(NAME, "New_followers", [HEADER, ["12/14/2025", "1", "4", "2", "7"]])
    assert reading.record.export == "linkedin_page_followers"
    assert rows(reading, "account_day", "day", "gross_follows", "followers", "net_follows") == [
        (date(2025, 12, 14), 7, None, None)
    ]


def test_a_file_of_before_invitations_is_read_too():
    header = [name for name in HEADER if "invited" not in name]
    reading = read_sheet(NAME, "New_followers", [header, ["12/14/2025", "1", "4", "6"]])
    assert rows(reading, "account_day", "gross_follows") == [(6,)]
    assert reading.reconciliation["difference"].to_list() == [-1]
