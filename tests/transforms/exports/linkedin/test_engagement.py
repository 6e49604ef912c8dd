from datetime import date

from tests.transforms.deliveries.made_up import rows
from tests.transforms.exports.linkedin.workbooks import MEMBER, read_sheet


def test_a_day_on_which_engagements_were_taken_back_is_negative():
    table = [["Date", "Impressions", "Engagements"], ["12/15/2025", "129", "-28"],
             ["12/16/2025", "1,008", "2"]]  # fmt: skip
    reading = read_sheet(MEMBER, "ENGAGEMENT", table)
    assert reading.record.export == "linkedin_engagement"
    assert rows(reading, "account_day", "day", "impressions", "engagements_net") == [
        (date(2025, 12, 15), 129, -28),
        (date(2025, 12, 16), 1008, 2),
    ]


def test_the_name_tells_the_period_and_the_newest_day():
    table = [["Date", "Impressions", "Engagements"], ["12/16/2025", "1", "0"]]
    for name in (MEMBER, "linkedin/anna/Content_2025-12-10_2025-12-16_AnnaBerg.xlsx"):
        record = read_sheet(name, "ENGAGEMENT", table).record
        assert (str(record.period_start), str(record.period_end)) == ("2025-12-10", "2025-12-16")
        assert (str(record.observed_on), record.observed_on_source) == ("2025-12-16", "period_end")


def test_portuguese_days_begin_with_the_day():
    table = [["Data", "Impressões", "Engajamentos"], ["15/12/2025", "1", "0"]]
    reading = read_sheet(MEMBER, "Engajamento", table)
    assert (reading.record.language, rows(reading, "account_day", "day")) == (
        "pt", [(date(2025, 12, 15),)],
    )  # fmt: skip
