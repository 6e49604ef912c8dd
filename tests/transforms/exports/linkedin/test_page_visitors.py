from tests.transforms.deliveries.made_up import rows
from tests.transforms.exports.linkedin.workbooks import read_sheet

NAME = "linkedin/anna/anna-berg_visitors_1767225600000.xlsx"
HEADER = ["Date", "Overview page views (total)", "Total page views (desktop)",
          "Total page views (mobile)", "Total page views (total)",
          "Total unique visitors (total)"]  # fmt: skip


def test_views_of_the_whole_page_are_views_of_the_profile():
    record = ["12/14/2025", "3", "4", "1", "5", "2"]
    reading = read_sheet(NAME, "Visitor_metrics", [HEADER, record])
    assert (reading.record.export, reading.record.unknown_headers) == ("linkedin_page_visitors", ())
    assert rows(reading, "account_day", "profile_views", "unique_viewers", "reach") == [
        (5, None, None)
    ]
