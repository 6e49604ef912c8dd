import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.deliveries.made_up import rows
from tests.transforms.exports.linkedin.workbooks import MEMBER, read_sheet, read_sheets

HEADER = ["Top Demographics", "Value", "Percentage"]
SHARES = ("basis", "dimension", "segment", "share")


def shares(reading) -> list[tuple]:
    return [(*row[:3], round(row[3], 6)) for row in rows(reading, "audience", *SHARES)]


def test_each_dimension_of_a_sheet_is_a_distribution_of_its_own():
    table = [HEADER, ["Location", "Greater Copenhagen", "40%"], ["Job title", "Founder", "5%"],
             ["Location", "London Area, United Kingdom", "2%"]]  # fmt: skip
    found = read_sheets(MEMBER, AUDIENCE_DEMOGRAPHICS=table)
    assert set(found) == {"AUDIENCE DEMOGRAPHICS: location", "AUDIENCE DEMOGRAPHICS: job_title"}
    assert shares(found["AUDIENCE DEMOGRAPHICS: location"]) == [
        ("followers", "location", "Greater Copenhagen", 0.4),
        ("followers", "location", "unreported", 0.58),
        ("followers", "location", "London Area, United Kingdom", 0.02),
    ]
    assert shares(found["AUDIENCE DEMOGRAPHICS: job_title"]) == [
        ("followers", "job_title", "Founder", 0.05),
        ("followers", "job_title", "unreported", 0.95),
    ]


@pytest.mark.parametrize("bound", ["< 1%", "<1%", "menos de 1%"])
def test_a_bound_is_no_figure_and_its_share_unreported(bound):
    table = [HEADER, ["Company", "Acme", "5%"], ["Company", "Other", bound]]
    reading = read_sheet(MEMBER, "AUDIENCE_DEMOGRAPHICS", table)
    assert (reading.record.loaded, reading.record.not_data) == (1, 1)
    assert [row[2:] for row in shares(reading)] == [("Acme", 0.05), ("unreported", 0.95)]


def test_the_sheet_tells_followers_from_viewers():
    table = [HEADER, ["Company size", "11-50", "12%"]]
    reading = read_sheet(MEMBER, "CONTENT_DEMOGRAPHICS", table)
    assert reading.record.export == "linkedin_viewers_company_size"
    assert shares(reading)[0] == ("viewers", "company_size", "11-50", 0.12)


def test_a_sheet_that_does_not_tell_whose_they_are_fills_no_table():
    record = read_sheet(MEMBER, "DEMOGRAPHICS", [HEADER, ["Seniority", "Senior", "0.31"]]).record
    assert (record.status, record.export) == ("kept", "linkedin_demographics")
    assert "whether of followers or of viewers" in record.reason


def test_a_title_alone_in_such_a_sheet_is_refused():
    table = [["One title"], ["A", "B"], ["x", "y"], [], ["Another title"]]
    for reading in read_sheets(MEMBER, DEMOGRAPHICS=table).values():
        assert not (reading.record.reason or "").startswith("defect")
        assert reading.record.reason


def test_a_dimension_nobody_knows_is_named_and_the_others_are_read():
    table = [HEADER, ["Shoe size", "44", "10%"], ["Seniority", "Senior", "31%"]]
    found = read_sheets(MEMBER, AUDIENCE_DEMOGRAPHICS=table)
    assert found["AUDIENCE DEMOGRAPHICS: seniority"].record.status == "loaded"
    other = found["AUDIENCE DEMOGRAPHICS: other dimensions"].record
    assert (other.status, "'Shoe size'" in other.reason) == ("kept", True)


def test_portuguese_sheets_and_dimensions_are_known():
    table = [HEADER, ["Cargo", "Diretor", "3%"], ["Setor", "Software", "4%"]]
    found = read_sheets(MEMBER, **{"Dados_demográficos_do_público": table})
    assert {reading.record.export for reading in found.values()} == {
        "linkedin_followers_job_title",
        "linkedin_followers_industry",
    }


def test_headers_nobody_knows_are_named():
    record = read_sheet(MEMBER, "AUDIENCE_DEMOGRAPHICS", [["A", "B", "C"], ["1", "2", "3"]]).record
    assert record.status == "unrecognised"


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(0, 20), min_size=1, max_size=5), st.booleans())
def test_the_shares_of_a_dimension_sum_to_one(percentages, is_fraction):
    """Fractions of the old form and percentages of the new mean the same."""
    written = [f"{n / 100}" if is_fraction else f"{n}%" for n in percentages]
    records = [["Industry", f"Industry {i}", cell] for i, cell in enumerate(written)]
    reading = read_sheet(MEMBER, "CONTENT_DEMOGRAPHICS", [HEADER, *records])
    told = dict(rows(reading, "audience", "segment", "share"))
    assert math.isclose(sum(told.values()), 1, abs_tol=1e-9)
    assert math.isclose(told["Industry 0"], percentages[0] / 100, abs_tol=1e-9)
