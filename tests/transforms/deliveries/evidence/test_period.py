from datetime import date

from tests.transforms.deliveries.made_up import read, source

TABLE = "Content,Video title,Views,Subscribers\naaaaaaaaaa1,A,7,1\naaaaaaaaaa2,B,2,-1\n"
DATES = "Date,Views\n2026-03-01,1\n2026-03-02,2\n"


def test_numbered_downloads_pair_the_report_with_its_own_totals():
    march = "Date,Views\n2026-03-01,1\n2026-03-02,2\n"
    april = "Date,Views\n2026-03-03,1\n2026-03-04,2\n"
    readings = read(
        source("youtube/anna/Table data.csv", TABLE),
        source("youtube/anna/Totals.csv", march),
        source("youtube/anna/Table data (1).csv", TABLE.replace("7", "8")),
        source("youtube/anna/Totals (1).csv", april),
    )
    periods = {
        reading.record.path: reading.record.period_start
        for reading in readings
        if reading.record.export == "youtube_content"
    }
    assert periods == {
        "youtube/anna/Table data (1).csv": date(2026, 3, 3),
        "youtube/anna/Table data.csv": date(2026, 3, 1),
    }


def test_two_exports_of_one_header_lend_no_period_to_reports_that_share_posts():
    readings = read(
        source("youtube/anna/Table march.csv", TABLE),
        source("youtube/anna/Totals march.csv", DATES),
        source("youtube/anna/Table april.csv", TABLE.replace("7", "8")),
        source("youtube/anna/Totals april.csv", "Date,Views\n2026-03-03,1\n"),
    )
    periods = [r.record.period_start for r in readings if r.record.export == "youtube_content"]
    assert periods == [None, None]


def test_a_list_of_days_that_is_cut_tells_no_period():
    days = "\n".join(
        f"{2024 + n // 336}-{n % 336 // 28 + 1:02d}-{n % 28 + 1:02d},1" for n in range(500)
    )
    readings = read(
        source("youtube/anna/Days.csv", f"Date,Views\n{days}\n"),
        source("youtube/anna/Table data.csv", TABLE),
    )
    assert [reading.record.period_start for reading in readings][1] is None
