from datetime import date

from tests.transforms.deliveries.made_up import broken, rows
from tests.transforms.exports.linkedin.workbooks import PAGE, read_sheet

PROSE = ["Engagement of your posts over time. All dates and times are in UTC."]
HEADER = [
    "Date",
    *(
        f"{metric} ({part})"
        for metric in ("Impressions", "Clicks", "Reactions", "Comments", "Reposts")
        for part in ("organic", "sponsored", "total")
    ),
    "Unique impressions (organic)",
    "Engagement rate (total)",
]
FIRST = ["12/01/2025", "90", "0", "90", "5", "0", "5", "2", "0", "2", "0", "0", "0", "1", "0", "1",
         "60", "0.0888"]  # fmt: skip
BOOSTED = ["12/13/2025", "90", "30", "120", "5", "2", "7", "-1", "0", "-1", "0", "0", "0", "0", "0",
           "0", "60", "0.05"]  # fmt: skip


def test_the_total_of_organic_and_sponsored_figures_is_stored():
    reading = read_sheet(PAGE, "Metrics", [PROSE, HEADER, FIRST, BOOSTED])
    assert (reading.record.export, reading.record.loaded) == ("linkedin_page_metrics", 2)
    assert rows(
        reading, "account_day", "day", "impressions", "clicks", "likes_net", "comments_net",
        "shares_net", "row_number",
    ) == [
        (date(2025, 12, 1), 90, 5, 2, 0, 1, 3),
        (date(2025, 12, 13), 120, 7, -1, 0, 0, 4),
    ]  # fmt: skip
    assert reading.record.unknown_headers == ()


def test_people_reached_are_told_only_of_days_without_sponsored_impressions():
    reading = read_sheet(PAGE, "Metrics", [PROSE, HEADER, FIRST, BOOSTED])
    assert rows(reading, "account_day", "reach") == [(60,), (None,)]


def test_a_total_that_its_parts_do_not_make_is_told():
    wrong = [*BOOSTED[:3], "121", *BOOSTED[4:]]
    reading = read_sheet(PAGE, "Metrics", [PROSE, HEADER, FIRST, wrong])
    found = reading.reconciliation.filter(metric="impressions").row(0, named=True)
    assert (found["check"], found["said"], found["found"]) == (
        "organic + sponsored = total", 211, 210,
    )  # fmt: skip


def test_the_day_of_export_stands_in_the_name():
    record = read_sheet(PAGE, "Metrics", [PROSE, HEADER, FIRST, BOOSTED]).record
    assert (str(record.observed_on), record.observed_on_source) == ("2026-01-01", "name")
    assert record.account_ref == "anna"


def test_outside_of_a_folder_the_name_tells_the_page():
    name = PAGE.rpartition("/")[2]
    record = read_sheet(name, "Metrics", [PROSE, HEADER, FIRST, BOOSTED]).record
    assert (record.status, record.account_ref) == ("loaded", "anna-berg")


def test_a_day_whose_order_of_day_and_month_nothing_tells_is_not_guessed():
    reading = read_sheet(PAGE, "Metrics", [PROSE, HEADER, FIRST])
    assert broken(reading) == [
        (3, "Date", "is not a day whose order of day and month is certain", "12/01/2025")
    ]
