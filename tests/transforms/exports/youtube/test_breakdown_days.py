from datetime import date

import pytest

from tests.transforms.deliveries.made_up import read, read_one, rows, source

CHART = """Date,Traffic source,Views
2026-03-01,External,5
2026-03-02,External,0
2026-03-03,External,7
2026-03-01,YouTube search,1
2026-03-02,YouTube search,2
2026-03-03,YouTube search,3
"""
KEY = ("dimension", "segment", "segment_name", "day")


def chart(dimension: str, *segments: str, metric: str = "Views") -> str:
    lines = [f"2026-03-{n:02d},{one},{n}" for one in segments for n in (1, 2, 3)]
    return "\n".join([f"Date,{dimension},{metric}", *lines])


def test_each_segment_has_its_figure_of_each_day():
    reading = read_one("youtube/anna/Chart data.csv", CHART)
    assert (reading.record.status, reading.record.export) == ("loaded", "youtube_breakdown_days")
    found = rows(reading, "account_breakdown_day", *KEY, "views")
    assert found[:2] == [
        ("traffic_source", "external", "External", date(2026, 3, 1), 5),
        ("traffic_source", "external", "External", date(2026, 3, 2), 0),
    ]
    assert len(found) == 6


@pytest.mark.parametrize(
    ("text", "dimension", "segment", "name"),
    [
        (chart("Geography", "dk"), "country", "DK", "dk"),
        (chart("Cities,City name", '0x1:0xa,"Lund, Sverige"'), "city", "0x1:0xa", "Lund, Sverige"),
        (chart("Viewer age", "18\u201324 years"), "age", "18-24", "18\u201324 years"),
        (chart("Viewer gender", "Female"), "gender", "female", "Female"),
        (chart("Subscription status", "Not subscribed"), "subscription", "not_subscribed",
         "Not subscribed"),
    ],
)  # fmt: skip
def test_what_an_audience_is_parted_by_is_named_as_there(text, dimension, segment, name):
    reading = read_one("youtube/anna/Chart data.csv", text)
    assert rows(reading, "account_breakdown_day", *KEY[:3])[0] == (dimension, segment, name)


def test_a_mean_of_nothing_is_none():
    text = chart("Device type", "TV", metric="Impressions click-through rate (%)")
    reading = read_one("youtube/anna/Chart data.csv", text.replace(",1", ",0"))
    assert rows(reading, "account_breakdown_day", "impressions_ctr_share") == [
        (None,),
        (pytest.approx(0.02),),
        (pytest.approx(0.03),),
    ]


def test_weeks_are_no_days():
    text = "Date,Geography,Views\n" + "\n".join(
        f"2026-03-{day:02d},DK,{day}" for day in (2, 9, 16, 23)
    )
    record = read_one("youtube/anna/Chart data.csv", text).record
    assert (record.status, record.export) == ("kept", "youtube_breakdown_days")
    assert "set the chart to Daily" in record.reason


def test_a_segment_with_two_figures_for_a_day_is_cut_by_something_else_as_well():
    record = read_one("youtube/anna/Chart data.csv", CHART.replace("YouTube search", "External"))
    assert record.record.status == "kept"
    assert "'External' has two figures for 2026-03-01" in record.record.reason


def test_a_figure_that_no_column_holds_is_kept():
    text = chart("Geography", "DK", "SE", metric="Something of 2027")
    record = read_one("youtube/anna/Chart data.csv", text).record
    assert (record.status, record.export) == ("kept", "youtube_breakdown_days")
    assert "no column holds its figures" in record.reason


def test_a_segment_that_stands_twice_on_a_day_beside_unknown_headers_can_be_another_report():
    text = "Date,Geography,Something of 2027\n2026-03-01,DK,5\n2026-03-01,DK,6\n"
    assert read_one("youtube/anna/Chart data.csv", text).record.status == "unrecognised"


def test_the_days_of_a_chart_tell_the_table_beside_it_its_period():
    folder = "youtube/anna/reports"
    _, table = read(
        source(f"{folder}/Chart data.csv", CHART),
        source(f"{folder}/Table data.csv", "Traffic source,Views\nExternal,12"),
    )
    assert rows(table, "account_breakdown", "period_start", "period_end") == [
        (date(2026, 3, 1), date(2026, 3, 3))
    ]
