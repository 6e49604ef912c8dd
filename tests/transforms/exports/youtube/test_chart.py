import pytest

from tests.transforms.deliveries.made_up import read, read_one, source


@pytest.mark.parametrize(
    "header",
    [
        "Date,Content,Video title,Video publish time,Hypes",
        "Date,Content,Video title,Video publish time,Something of 2027",
        "Datum,Geografi,Visningar",
        "Date,Viewer age,Views",
        "Date,Traffic source,Views",
    ],
)
def test_chart_data_are_kept_and_say_what_they_are(header):
    line = ",".join(["2026-03-01", *["x"] * (header.count(",") - 1), "5"])
    record = read_one("youtube/anna/Chart data.csv", f"{header}\n{line}").record
    assert (record.status, record.export, record.rows_in) == ("kept", "youtube_chart", 0)
    assert "chart data" in record.reason
    assert record.nearest_export is None


def test_a_metric_nobody_knows_makes_it_no_other_report_where_days_and_segments_repeat():
    text = "Date,Geography,Something of 2027\n2026-03-01,DK,5\n2026-03-01,SE,6\n2026-03-02,DK,7\n"
    record = read_one("youtube/anna/Chart data.csv", text).record
    assert (record.status, record.export) == ("kept", "youtube_chart")


def test_a_segment_that_stands_twice_on_a_day_beside_unknown_headers_can_be_another_report():
    text = "Date,Geography,Something of 2027\n2026-03-01,DK,5\n2026-03-01,DK,6\n"
    assert read_one("youtube/anna/Chart data.csv", text).record.status == "unrecognised"


def test_bytes_that_are_kept_twice_are_kept_twice():
    text = "Date,Traffic source,Views\n2026-03-01,x,5"
    found = read(source("youtube/anna/a.csv", text), source("youtube/anna/b.csv", text))
    assert [reading.record.status for reading in found] == ["kept", "kept"]
