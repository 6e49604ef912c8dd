import pytest

from tests.transforms.deliveries.made_up import rows
from tests.transforms.exports.linkedin.workbooks import read_sheet

NAME = "linkedin/anna/anna-berg_followers_1767225600000.xlsx"


@pytest.mark.parametrize(
    ("header", "dimension"),
    [("Location", "location"), ("Job function", "job_function"), ("Seniority", "seniority"),
     ("Industry", "industry"), ("Company size", "company_size")],
)  # fmt: skip
def test_followers_of_a_page_are_parted_as_its_sheet_says(header, dimension):
    table = [[header, "Total followers"], ["One", "30"], ["Two", "10"]]
    reading = read_sheet(NAME, "Any", table)
    assert reading.record.export == f"linkedin_page_followers_{dimension}"
    assert rows(
        reading, "audience", "basis", "dimension", "segment", "share", "is_share_of_listed"
    ) == [("followers", dimension, "One", 0.75, True), ("followers", dimension, "Two", 0.25, True)]


def test_visitors_tell_whose_the_views_are():
    table = [["Seniority", "Total views"], ["Senior", "3"], ["Entry", "1"]]
    reading = read_sheet(NAME.replace("followers", "visitors"), "Seniority", table)
    assert reading.record.export == "linkedin_page_visitors_seniority"
    assert rows(reading, "audience", "basis", "share") == [("views", 0.75), ("views", 0.25)]
