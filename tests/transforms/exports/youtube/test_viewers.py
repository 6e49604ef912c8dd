import pytest

from tests.transforms.deliveries.made_up import read_one


@pytest.mark.parametrize(
    "header",
    [
        "Date,28-day new viewers,28-day casual viewers,28-day regular viewers",
        "Date,New viewers,Casual viewers,Regular viewers",
    ],
)
def test_days_of_viewers_alone_are_kept(header):
    record = read_one("youtube/anna/viewers.csv", f"{header}\n2026-01-01,5,2,0\n").record
    assert (record.export, record.status) == ("youtube_viewers", "kept")


def test_days_that_have_views_as_well_are_loaded():
    text = "Date,Views,New viewers\n2026-01-01,5,2\n"
    assert read_one("youtube/anna/a.csv", text).record.export == "youtube_date"
