import pytest

from tests.transforms.deliveries.made_up import read_one


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("Traffic source,Views,Impressions", "External,5,6"),
        ("Enhetstyp,Visningar", "Dator,5"),
        ("Subscription source,Subscribers", "Other,-2"),
    ],
)
def test_a_report_that_fills_no_table_is_kept_and_says_what_it_is(header, line):
    reading = read_one("youtube/anna/Table data.csv", f"{header}\n{line}")
    record = reading.record
    assert (record.status, record.export, record.rows_in) == ("kept", "youtube_breakdown", 0)
    assert repr(header.split(",")[0]) in record.reason
    assert (reading.tables, reading.quarantine.height) == ({}, 0)


def test_a_table_of_another_program_is_not_kept():
    reading = read_one("youtube/anna/report.csv", "Device type,Sessions\nTV,5")
    assert reading.record.status == "unrecognised"
