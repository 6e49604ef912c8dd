from datetime import date

import pytest

from tests.transforms.deliveries.made_up import broken, read, read_one, rows, source

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
    assert "'external' has two figures for 2026-03-01" in record.record.reason


def test_a_figure_that_no_column_holds_is_kept():
    text = chart("Geography", "DK", "SE", metric="Something of 2027")
    record = read_one("youtube/anna/Chart data.csv", text).record
    assert (record.status, record.export) == ("kept", "youtube_breakdown_days")
    assert "no column holds its figures" in record.reason


def test_a_segment_that_stands_twice_on_a_day_beside_unknown_headers_can_be_another_report():
    text = "Date,Geography,Something of 2027\n2026-03-01,DK,5\n2026-03-01,DK,6\n"
    assert read_one("youtube/anna/Chart data.csv", text).record.status == "unrecognised"


def test_the_days_of_a_chart_are_no_period_of_another_report_beside_it():
    folder = "youtube/anna/reports"
    readings = read(
        source(f"{folder}/Chart data.csv", CHART),
        source(f"{folder}/Table data.csv", "Content,Video title,Views\naaaaaaaaaa1,A,12"),
    )
    assert rows(readings[1], "post_period", "period_start", "period_end") == [(None, None)]


@pytest.mark.parametrize("second", ["Geography", "Device type"])
def test_a_chart_cut_by_two_dimensions_is_kept(second):
    lines = [f"2026-03-{day:02d},External,{one},5" for one in ("DK", "SE") for day in (1, 2, 3)]
    text = "\n".join([f"Date,Traffic source,{second},Views", *lines])
    record = read_one("youtube/anna/Chart data.csv", text).record
    assert (record.status, record.export) == ("kept", "youtube_breakdown_days")
    assert "two dimensions at once" in record.reason


def test_a_country_is_named_as_in_the_audience_and_a_cell_that_is_none_breaks_a_rule():
    text = chart("Geography", "Denmark", "ZZ", "Atlantis")
    reading = read_one("youtube/anna/Chart data.csv", text)
    segments = {segment for (segment,) in rows(reading, "account_breakdown_day", "segment")}
    assert segments == {"DK", "unreported"}
    assert {(column, value) for _, column, _, value in broken(reading)} == {
        ("Geography", "Atlantis")
    }


def test_an_unknown_word_for_a_gender_breaks_a_rule_of_its_column():
    reading = read_one("youtube/anna/Chart data.csv", chart("Viewer gender", "Female", "Xyz"))
    assert {(column, value) for _, column, _, value in broken(reading)} == {
        ("Viewer gender", "Xyz")
    }


def test_a_chart_of_blank_segments_alone_is_of_none():
    reading = read_one("youtube/anna/Chart data.csv", chart("Subtitles and CC", ""))
    assert set(rows(reading, "account_breakdown_day", "dimension", "segment")) == {
        ("subtitles", "none")
    }


def test_charts_by_several_dimensions_that_arrive_together_are_each_of_its_own():
    texts = [
        chart("Cities,City name", '0x1:0xa,"Lund, Sverige"'),
        chart("Subscription status", "Subscribed", "Not subscribed"),
        chart("Geography", "DK"),
        chart("Device type", "TV"),
    ]
    readings = read(
        *(source(f"youtube/anna/{n}/Chart data.csv", text) for n, text in enumerate(texts))
    )
    assert [
        set(one.tables["account_breakdown_day"]["dimension"].to_list()) for one in readings
    ] == [{"city"}, {"subscription"}, {"country"}, {"device_type"}]
