from datetime import UTC, date, datetime

import pytest

from tests.transforms.deliveries.made_up import broken, read, read_one, rows, source

HEADER = "Date,Content,Video title,Video publish time,Duration"
FOLDER = "youtube/anna/Content 2026-03-01_2026-03-04 Anna"
CHART = f"{FOLDER}/Chart data.csv"
DAYS = [date(2026, 3, day) for day in (1, 2, 3)]


def chart(metric: str, *figures: str, video: str = "aaaaaaaaaa1") -> str:
    """Write a chart of one video from March 1 on, a figure a day."""
    lines = [
        f'2026-03-{day:02},{video},"A, B","Mar 2, 2026",60,{figure}'
        for day, figure in enumerate(figures, start=1)
    ]
    return "\n".join([f"{HEADER},{metric}", *lines])


def test_a_chart_by_day_fills_a_row_per_video_and_day():
    text = (
        f"{HEADER},Views\n"
        '2026-03-01,aaaaaaaaaa1,"Line one\nline ""two""","Mar 2, 2026",60,0\n'
        '2026-03-02,aaaaaaaaaa1,"Line one\nline ""two""","Mar 2, 2026",60,70\n'
        '2026-03-03,aaaaaaaaaa1,"Line one\nline ""two""","Mar 2, 2026",60,\n'
        "2026-03-01, -aaaaaaaaa2,Gone,,,3\n"
        "2026-03-02, -aaaaaaaaa2,Gone,,,2\n"
        "2026-03-03, -aaaaaaaaa2,Gone,,,1\n"
    )
    reading = read_one(CHART, text)

    record = reading.record
    assert (record.export, record.status, record.language) == (
        "youtube_content_days",
        "loaded",
        "en",
    )
    assert (record.rows_in, record.loaded, record.not_data) == (6, 6, 0)
    assert (record.period_start, record.period_end) == (DAYS[0], DAYS[-1])
    assert rows(reading, "post_day", "post_id", "day", "views") == [
        *zip(["aaaaaaaaaa1"] * 3, DAYS, (0, 70, None), strict=True),
        *zip(["-aaaaaaaaa2"] * 3, DAYS, (3, 2, 1), strict=True),
    ]
    columns = ("post_id", "account_ref", "published_at", "caption", "duration_s", "catalogue")
    assert rows(reading, "post", *columns) == [
        (
            "aaaaaaaaaa1",
            "anna",
            datetime(2026, 3, 2, tzinfo=UTC),
            'Line one\nline "two"',
            60.0,
            "top",
        ),
        ("-aaaaaaaaa2", "anna", None, "Gone", None, "top"),
    ]


@pytest.mark.parametrize(
    ("metric", "cells", "column", "figures"),
    [
        ("Engaged views", ("0", "5", ""), "engaged_views", [0, 5, None]),
        ("Watch time (hours)", ("0", "0.5", "2"), "watch_time_s", [0.0, 1800.0, 7200.0]),
        ("Thumbnail impressions", ("3", "4", "5"), "impressions", [3, 4, 5]),
        ("Subscribers", ("-2", "0", "1"), "net_follows", [-2, 0, 1]),
        ("Subscribers gained", ("2", "0", "1"), "follows", [2, 0, 1]),
        ("Likes", ("3", "-1", "0"), "likes", [3, -1, 0]),
        ("Dislikes", ("1", "-1", "0"), "dislikes", [1, -1, 0]),
        ("Comments added", ("1", "-3", "0"), "comments", [1, -3, 0]),
        ("Shares", ("1", "-4", "0"), "shares", [1, -4, 0]),
        ("Unique viewers", ("1", "2", "0"), "unique_viewers", [1, 2, 0]),
        ("Estimated revenue (DKK)", ("0", "3.196", "-0.5"), "estimated_revenue", [0, 3.196, -0.5]),
    ],
)
def test_the_charted_metric_goes_to_its_column_in_the_unit_of_that(metric, cells, column, figures):
    reading = read_one(CHART, chart(metric, *cells))
    assert reading.record.status == "loaded", reading.record.reason
    assert reading.tables["post_day"][column].to_list() == figures


def test_money_has_the_currency_of_its_header_in_any_language():
    text = (
        "Data,Conteúdo,Título do vídeo,Horário de publicação do vídeo,Receita estimada (USD)\n"
        '2026-03-01,aaaaaaaaaa1,A,"Mar 1, 2026",0.25\n'
        '2026-03-02,aaaaaaaaaa1,A,"Mar 1, 2026",\n'
        '2026-03-03,aaaaaaaaaa1,A,"Mar 1, 2026",1.5\n'
    )
    reading = read_one(CHART, text)
    assert reading.record.language == "pt"
    assert rows(reading, "post_day", "estimated_revenue", "currency") == [
        (0.25, "USD"),
        (None, None),
        (1.5, "USD"),
    ]


@pytest.mark.parametrize(
    ("metric", "cells", "column", "figure"),
    [
        ("Average view duration", ("0:00:00", "0:01:05", ""), "average_view_duration_s", 65.0),
        ("Average percentage viewed (%)", ("0", "104.5", ""), "average_viewed_share", 1.045),
        ("Impressions click-through rate (%)", ("0", "5", ""), "impressions_ctr_share", 0.05),
    ],
)
def test_a_mean_of_nothing_is_no_zero(metric, cells, column, figure):
    reading = read_one(CHART, chart(metric, *cells))
    assert reading.tables["post_day"][column].to_list() == [None, figure, None]


@pytest.mark.parametrize(
    "metric", ["New viewers", "Stayed to watch (%)", "Hypes", "RPM (USD)", "Something of 2027"]
)
def test_a_metric_that_no_table_has_keeps_the_chart(metric):
    record = read_one(CHART, chart(metric, "1", "2", "3")).record
    assert (record.status, record.export) == ("kept", "youtube_chart")


def test_an_unknown_metric_beside_a_known_one_is_left_and_named():
    reading = read_one(CHART, chart("Views,Something of 2027", "1,7", "2,8", "3,9"))
    assert reading.record.unknown_headers == ("Something of 2027",)
    assert reading.tables["post_day"]["views"].to_list() == [1, 2, 3]


def test_a_chart_without_rows_has_no_video_to_tell_it_and_is_kept():
    record = read_one(CHART, f"{HEADER},Views\n").record
    assert (record.status, record.export) == ("kept", "youtube_chart")


def test_a_table_whose_content_is_no_video_is_no_chart_of_videos():
    text = chart("Views", "1", "2", "3", video="Instagram reel")
    assert read_one("youtube/anna/Chart data.csv", text).record.export == "youtube_chart"


def test_an_id_that_a_spreadsheet_ruined_is_quarantined_and_the_others_load():
    text = f"{chart('Views', '1', '2', '3')}\n2026-03-01,#NAME?,A,,60,4"
    reading = read_one(CHART, text)
    assert (reading.record.loaded, reading.record.quarantined) == (3, 1)
    assert broken(reading)[0][1:] == ("Content", "is not a video id of 11 characters", "#NAME?")


def test_a_day_that_cannot_be_read_is_quarantined_and_the_others_load():
    text = f'{chart("Views", "1", "2", "3")}\nsoon,aaaaaaaaaa1,A,"Mar 2, 2026",60,4'
    reading = read_one(CHART, text)
    assert (reading.record.loaded, reading.record.quarantined) == (3, 1)
    assert broken(reading)[0][1:] == (
        "Date",
        "is not a day whose order of day and month is certain",
        "soon",
    )


def test_a_chart_saved_from_a_spreadsheet_is_read_where_a_day_after_the_twelfth_tells_the_order():
    text = f"{HEADER},Views\r\n" + "".join(
        f"7/{day}/2026,aaaaaaaaaa1,A,10-Jun-26,60,{day}\r\n" for day in (12, 13, 14)
    )
    reading = read_one("youtube/anna/Chart data.csv", text, arrived_on=date(2026, 9, 1))
    assert rows(reading, "post_day", "day", "views") == [
        (date(2026, 7, day), day) for day in (12, 13, 14)
    ]
    assert rows(reading, "post", "published_at") == [(datetime(2026, 6, 10, tzinfo=UTC),)]


def test_a_chart_in_a_language_of_no_names_is_told_by_its_cells():
    text = (
        "Dag,Innhold,Tittel,Publisert,Visninger\n"
        '2026-03-01,aaaaaaaaaa1,A,"Mar 1, 2026",1\n'
        '2026-03-02,aaaaaaaaaa1,A,"Mar 1, 2026",2\n'
        '2026-03-03,aaaaaaaaaa1,A,"Mar 1, 2026",3\n'
    )
    reading = read_one(CHART, text)
    assert reading.record.export == "youtube_content_days"
    assert reading.tables["post_day"]["views"].to_list() == [1, 2, 3]


def test_a_chart_is_no_difference_from_the_totals_and_the_table_beside_it():
    beside = "youtube/anna/"
    readings = read(
        source(f"{beside}Chart data.csv", chart("Views", "1", "2", "3")),
        source(f"{beside}Totals.csv", "Date,Views\n2026-03-01,10\n2026-03-02,20\n2026-03-03,30"),
        source(
            f"{beside}Table data.csv",
            "Content,Video title,Views\nTotal,,60\naaaaaaaaaa1,A,6\naaaaaaaaaa2,B,54",
        ),
    )
    compared = {
        reading.record.export: reading.reconciliation["reason"].to_list() for reading in readings
    }
    assert compared == {
        "youtube_content_days": [],
        "youtube_content": ["agrees", "agrees"],
        "youtube_date": [],
    }


TABLE = "Content,Video title,Views\naaaaaaaaaa1,A,6\naaaaaaaaaa2,B,54"


def period_of_table(*beside: tuple[str, str]) -> tuple[date | None, date | None]:
    """Read a table that tells no period beside other files and give the one it was lent."""
    files = [("Table data.csv", TABLE), *beside]
    readings = read(*(source(f"youtube/anna/{name}", text) for name, text in files))
    (record,) = [one.record for one in readings if one.record.export == "youtube_content"]
    return record.period_start, record.period_end


def test_a_chart_lends_its_period_to_the_table_beside_it():
    views = ("Chart data.csv", chart("Views", "1", "2", "3"))
    assert period_of_table(views) == (DAYS[0], DAYS[-1])
    others = ("Chart data (1).csv", chart("Views", "4", "5", "6", video="aaaaaaaaaa2"))
    assert period_of_table(views, others) == (DAYS[0], DAYS[-1])


def test_a_chart_out_of_which_days_were_taken_does_not_outweigh_the_totals():
    totals = "Date,Views\n" + "\n".join(f"2026-03-{day:02},{day}" for day in range(1, 8))
    cut = ("Chart data.csv", chart("Views", "1", "2", "3"))
    assert period_of_table(cut, ("Totals.csv", totals)) == (date(2026, 3, 1), date(2026, 3, 7))


def test_a_chart_by_week_lends_nothing():
    weeks = "\n".join(
        f'2026-03-{day:02},aaaaaaaaaa1,A,"Mar 1, 2026",60,7' for day in (1, 8, 15, 22)
    )
    assert period_of_table(("Chart data.csv", f"{HEADER},Views\n{weeks}")) == (None, None)
