import pytest

from tests.transforms.deliveries.made_up import read, read_one, source


@pytest.mark.parametrize(
    "header",
    [
        "Date,Content,Video title,Video publish time,Hypes",
        "Date,Content,Video title,Video publish time,Something of 2027",
        "Datum,Innehåll,Videotitel,Publiceringstid för video,Hypes",
    ],
)
def test_chart_data_are_kept_and_say_what_they_are(header):
    line = ",".join(["2026-03-01", *["x"] * (header.count(",") - 1), "5"])
    record = read_one("youtube/anna/Chart data.csv", f"{header}\n{line}").record
    assert (record.status, record.export, record.rows_in) == ("kept", "youtube_chart", 0)
    assert "chart data" in record.reason
    assert record.nearest_export is None


def test_bytes_that_are_kept_twice_are_kept_twice():
    text = "Date,Content,Video title,Hypes\n2026-03-01,x,X,5"
    found = read(source("youtube/anna/a.csv", text), source("youtube/anna/b.csv", text))
    assert [reading.record.status for reading in found] == ["kept", "kept"]
