from datetime import date

from tests.transforms.deliveries.made_up import broken, rows
from tests.transforms.exports.linkedin.workbooks import MEMBER, read_sheet, read_sheets

TABLE = [["Overall Performance", "12/10/2025 - 12/16/2025"], ["Impressions", "1,012"],
         ["Members reached", "8"]]  # fmt: skip
DAYS = [["Date", "Impressions", "Engagements"], ["12/15/2025", "1", "0"], ["12/16/2025", "1", "0"]]
COLUMNS = ("period_start", "period_end", "impressions", "reach")


def test_the_sums_are_those_of_the_period_in_the_name():
    reading = read_sheet(MEMBER, "DISCOVERY", TABLE)
    assert reading.record.export == "linkedin_discovery"
    assert rows(reading, "account_period", *COLUMNS) == [
        (date(2025, 12, 10), date(2025, 12, 16), 1012, 8)
    ]


def test_the_days_beside_them_tell_the_period_of_a_renamed_file():
    found = read_sheets("linkedin/anna/a.xlsx", DISCOVERY=TABLE, ENGAGEMENT=DAYS)
    assert rows(found["DISCOVERY"], "account_period", *COLUMNS) == [
        (date(2025, 12, 15), date(2025, 12, 16), 1012, 8)
    ]


def test_sums_of_a_period_that_nothing_tells_are_quarantined():
    reading = read_sheet("linkedin/anna/a.xlsx", "DISCOVERY", TABLE)
    assert (reading.record.loaded, reading.record.quarantined) == (0, 1)
    assert {rule for _, _, rule, _ in broken(reading)} == {
        "period_start is missing",
        "period_end is missing",
    }


def test_portuguese_names_are_known():
    table = [["Desempenho", "10/12/2025 - 16/12/2025"], ["Usuários alcançados", "59"]]
    reading = read_sheet(MEMBER, "Descoberta", table)
    assert rows(reading, "account_period", "impressions", "reach") == [(None, 59)]


def test_figures_nobody_knows_are_named():
    record = read_sheet(MEMBER, "DISCOVERY", [["Overall", "x"], ["Views", "1"]]).record
    assert record.status == "refused"
    assert "'Views'" in record.reason


def test_a_figure_that_stands_twice_is_refused():
    record = read_sheet(MEMBER, "DISCOVERY", [*TABLE, ["Impressions", "3"]]).record
    assert "'Impressions' stands 2 times" in record.reason
