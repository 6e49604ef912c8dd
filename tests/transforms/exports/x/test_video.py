from datetime import date

import pytest

from tests.transforms.deliveries.made_up import read, rows, source

HEADER = "Date,Views,Watch Time (ms),Completion Rate,Average Watch Time (ms),Estimated Revenue"
PORTUGUESE = (
    "Data,Visualizações,Tempo de exibição (ms),Taxa de conclusões,"
    "Tempo médio de exibição (ms),Receita estimada"
)
DAYS = ('"Tue, Sep 29, 2026",21,101500,12.50,4833,0', '"Mon, Sep 28, 2026",0,0,0.00,0,0')
LIST = (
    "Uploaded on,Video ID,Video title,Views,Duration,Video Link,Monetized,Estimated Revenue,"
    "Published date,Post Link"
)
VIDEO = '"Sep 1, 2026",13_99,"Hi, there",900,0:31,https://video.example/99.mp4,No,0,,'
STACK = ("Video overview,,,,,", HEADER, *DAYS, "," * 9, "Your videos,,,,,,,,,", LIST, VIDEO)


def video(*lines: str) -> dict:
    readings = read(source("x/anna/video_overview_analytics.csv", "\n".join(lines)))
    return {reading.record.export: reading for reading in readings}


FIGURES = ("day", "views", "watch_time_s", "average_view_duration_s")
EXPECTED = [(date(2026, 9, 29), 21, 101.5, 4.833), (date(2026, 9, 28), 0, 0.0, 0.0)]


def test_two_tables_of_one_file_are_read_each_by_its_title():
    found = video(*STACK)
    assert set(found) == {"x_video", "x_video_list"}
    assert rows(found["x_video"], "account_day", *FIGURES) == EXPECTED
    record = found["x_video_list"].record
    assert (record.status, found["x_video_list"].tables) == ("kept", {})
    assert "'Uploaded on'" in record.reason or "Uploaded on" in record.reason


@pytest.mark.parametrize("header", [HEADER, PORTUGUESE])
def test_without_a_video_to_list_there_is_no_title(header):
    (reading,) = video(header, *DAYS).values()
    assert (reading.record.export, reading.record.status) == ("x_video_untitled", "loaded")
    assert rows(reading, "account_day", *FIGURES) == EXPECTED


def test_money_without_a_currency_is_no_revenue():
    (reading,) = video(HEADER, *DAYS).values()
    assert rows(reading, "account_day", "estimated_revenue", "currency") == [(None, None)] * 2


def test_days_under_the_title_need_their_headers():
    found = video(STACK[0], HEADER.replace("Views", "Plays"), *STACK[2:])
    record = found["x_video"].record
    assert record.status == "refused"
    assert "'Views' is missing" in record.reason
