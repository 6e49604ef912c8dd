from datetime import date

from tests.transforms.deliveries.made_up import broken, read_one, rows


def test_a_report_fills_the_days_of_the_account():
    text = (
        "Datum,Visningar,Visningstid (timmar),Genomsnittlig visningslängd,Prenumeranter,"
        "Nya prenumeranter,Förlorade prenumeranter\n"
        "Totalt,3,0.5,0:00:10,-1,1,2\n"
        "2026-01-02,1,0.25,0:00:15,-2,0,2\n"
        "2026-01-01,2,0.25,,1,1,0\n"
    )
    reading = read_one("youtube/anna/Tabelldata.csv", text)
    assert (reading.record.export, reading.record.language) == ("youtube_date", "sv")
    assert (reading.record.period_start, reading.record.period_end) == (
        date(2026, 1, 1),
        date(2026, 1, 2),
    )
    assert rows(
        reading,
        "account_day",
        "account_ref",
        "day",
        "views",
        "watch_time_s",
        "average_view_duration_s",
        "net_follows",
        "gross_follows",
        "lost_follows",
    ) == [
        ("anna", date(2026, 1, 2), 1, 900.0, 15.0, -2, 0, 2),
        ("anna", date(2026, 1, 1), 2, 900.0, None, 1, 1, 0),
    ]


def test_days_that_excel_turned_are_read_in_the_order_the_whole_file_allows():
    european = "Date,Views\r\n12-06-2025,1\r\n13-06-2025,2\r\n"
    american = "Date,Views\r\n1/12/2022,1\r\n1/13/2022,2\r\n"
    assert rows(read_one("youtube/anna/a.csv", european), "account_day", "day") == [
        (date(2025, 6, 12),),
        (date(2025, 6, 13),),
    ]
    assert rows(read_one("youtube/anna/a.csv", american), "account_day", "day") == [
        (date(2022, 1, 12),),
        (date(2022, 1, 13),),
    ]


def test_days_without_gaps_tell_their_order_where_no_number_does():
    text = "Date,Views\n1/1/2022,1\n1/2/2022,2\n1/3/2022,3\n"
    assert rows(read_one("youtube/anna/a.csv", text), "account_day", "day")[2] == (
        date(2022, 1, 3),
    )


def test_days_whose_order_nothing_tells_are_quarantined():
    reading = read_one("youtube/anna/a.csv", "Date,Views\n1/2/2022,1\n3/7/2022,2\n")
    assert (reading.record.loaded, reading.record.quarantined) == (0, 2)
    assert broken(reading)[0] == (
        2,
        "Date",
        "is not a day whose order of day and month is certain",
        "1/2/2022",
    )


def test_likes_and_comments_of_a_day_are_net_and_may_be_negative():
    text = "Date,Likes,Shares\n2026-01-01,-3,2\n"
    assert rows(read_one("youtube/anna/a.csv", text), "account_day", "likes_net", "shares_net") == [
        (-3, 2)
    ]


def test_a_total_below_and_a_padded_footer_are_no_data():
    text = "Data,Visualizações\r\n2026-01-01,3\r\n,\r\nTotal,3\r\n"
    record = read_one("youtube/anna/a.csv", text).record
    assert (record.rows_in, record.loaded, record.not_data) == (2, 1, 1)
    text = "Data,Visualizações\r\n2026-01-01,3\r\nMostrando os primeiros 500 resultados,\r\n"
    record = read_one("youtube/anna/a.csv", text).record
    assert (record.rows_in, record.loaded, record.not_data) == (2, 1, 1)


def test_a_day_with_a_blank_figure_at_the_end_is_no_footer():
    reading = read_one("youtube/anna/a.csv", "Date,Views\n2026-01-01,3\n2026-01-02,\n")
    assert rows(reading, "account_day", "views") == [(3,), (None,)]


def test_the_total_row_is_compared_with_the_records():
    text = "Date,Views,Subscribers\nTotal,9,0\n2026-01-01,3,\n2026-01-02,4,\n"
    found = read_one("youtube/anna/a.csv", text).reconciliation
    compared = ("check", "metric", "said", "found", "difference", "records", "reason")
    assert found.select(compared).rows() == [("total", "views", 9, 7, -2, 2, "unexplained")]


def test_hours_with_decimal_commas_are_read_where_the_file_shows_that_they_are_decimals():
    header = "Datum;Visningar;Visningstid (timmar)"
    text = f"{header}\nTotalt;3;7,0293\n2026-01-01;2;7\n2026-01-02;1;0,029\n"
    reading = read_one("youtube/anna/a.csv", text)
    assert rows(reading, "account_day", "watch_time_s") == [(25200.0,), (104.4,)]


def test_hours_with_commas_that_could_be_thousands_are_quarantined():
    text = "Datum;Visningar;Visningstid (timmar)\n2026-01-01;2;14,155\n"
    assert broken(read_one("youtube/anna/a.csv", text))[0][2:] == (
        "is not a number of hours",
        "14,155",
    )
    text = "Datum;Visningar;Visningstid (timmar)\n2026-01-01;2;14,155\n2026-01-02;2;1.5\n"
    assert len(broken(read_one("youtube/anna/a.csv", text))) == 1


def test_days_beside_views_are_told_by_their_shape_in_every_language():
    reading = read_one("youtube/anna/a.csv", "Dátum,Megtekintések\n2026-01-01,3\n2026-01-02,4\n")
    assert (reading.record.export, reading.record.language) == ("youtube_date", "hu")
    assert rows(reading, "account_day", "views") == [(3,), (4,)]
    assert "told by its shape: no name is known for 'Dátum'" in reading.record.notes
    repeated = "Dátum,Megtekintések\n2026-01-01,3\n2026-01-01,4\n"
    assert read_one("youtube/anna/a.csv", repeated).record.export is None


def counted(*figures: int) -> str:
    days = (f"2026-01-{day:02d},{figure}" for day, figure in enumerate(figures, 1))
    return "\n".join(["Date,Subscribers", *days])


def test_subscribers_that_only_grow_are_how_many_there_are():
    reading = read_one("youtube/anna/Subscribers.csv", counted(*range(90, 100), 99, 98, 120))
    assert reading.record.status == "loaded"
    loaded = rows(reading, "account_day", "followers", "net_follows")
    assert (loaded[0], loaded[-1]) == ((90, None), (120, None))


def test_subscribers_that_rise_and_fall_are_a_net_change():
    for figures in ((3, 1, 4, 1, 5, 9, 2, 6), (0,) * 20, (2, 2, 2), (-1, 0, 1, 2, 3, 4, 5, 6)):
        reading = read_one("youtube/anna/Totals.csv", counted(*figures))
        loaded = rows(reading, "account_day", "followers", "net_follows")
        assert loaded == [(None, figure) for figure in figures]


def test_subscribers_that_hardly_change_are_refused_where_nothing_else_tells():
    reading = read_one("youtube/anna/Subscribers.csv", counted(*[2] * 20, 3))
    assert reading.record.status == "refused"
    assert "how many there are" in reading.record.reason
    text = counted(*[2] * 20, 3).replace("\n", ",7\n").replace("Subscribers,7", "Subscribers,Views")
    beside_views = read_one("youtube/anna/Totals.csv", text + ",7")
    assert rows(beside_views, "account_day", "net_follows")[0] == (2,)
