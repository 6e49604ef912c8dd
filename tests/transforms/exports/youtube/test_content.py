from datetime import UTC, date, datetime

import pytest

from tests.transforms.deliveries.made_up import broken, read, read_one, rows, source

ZIP = "youtube/anna/Content 2026-01-01_2026-02-01 Anna.zip"

ENGLISH = """\
Content,Video title,Video publish time,Duration,Views,Watch time (hours),Subscribers,\
Average view duration,Average percentage viewed (%),Estimated revenue (DKK)
Total,,,,99,3.5,4,0:02:00,50,1.5
aaaaaaaaaa1,"A, B","Jan 5, 2026",60,70,2.5,-3,0:01:30,104.5,1.25
 -aaaaaaaaa2,Blank,,,0,,0,,,
"""

GERMAN = """\
Vi\u00addeo,Vi\u00addeo\u00adti\u00adtel,Ver\u00adöf\u00adfent\u00adli\u00adchungs\u00adzeit\
\u00adpunkt des Vi\u00adde\u00ados,Auf\u00adru\u00adfe,Im\u00adpres\u00adsio\u00adnen
Ge\u00adsamt,,,9,90
aaaaaaaaaa1,Eins,Anfang 2026,7,70
aaaaaaaaaa2,Zwei,"Oct 5, 2025",2,20
Die 500 be\u00adsten Er\u00adgeb\u00adnis\u00adse wer\u00adden an\u00adge\u00adzeigt
"""


def test_a_report_fills_post_and_the_period_of_its_zips_name():
    reading = read_one(ZIP, ENGLISH, member="Table data.csv")
    assert (reading.record.export, reading.record.language) == ("youtube_content", "en")
    assert (reading.record.rows_in, reading.record.loaded, reading.record.not_data) == (3, 2, 1)
    assert rows(reading, "post_period", "post_id", "period_start", "period_end", "views") == [
        ("aaaaaaaaaa1", date(2026, 1, 1), date(2026, 1, 31), 70),
        ("-aaaaaaaaa2", date(2026, 1, 1), date(2026, 1, 31), 0),
    ]
    assert rows(
        reading,
        "post",
        "account_ref",
        "published_at",
        "published_at_source",
        "caption",
        "catalogue",
    ) == [
        ("anna", datetime(2026, 1, 5, tzinfo=UTC), "file_day", "A, B", "complete"),
        ("anna", None, None, "Blank", "complete"),
    ]


def test_units_are_those_of_the_vocabulary_and_blank_stays_null():
    reading = read_one(ZIP, ENGLISH, member="Table data.csv")
    assert rows(
        reading,
        "post_period",
        "watch_time_s",
        "net_follows",
        "average_view_duration_s",
        "average_viewed_share",
        "estimated_revenue",
        "currency",
    ) == [(9000.0, -3, 90.0, 1.045, 1.25, "DKK"), (None, 0, None, None, None, None)]


def test_the_periods_end_is_the_estimate_of_the_day_of_observation():
    record = read_one(ZIP, ENGLISH, member="Table data.csv").record
    assert record.observed_on == date(2026, 1, 31)
    assert (record.observed_on_source, record.observed_on_is_exact) == ("period_end", False)


def test_soft_hyphens_total_and_footer_are_seen_through_and_the_list_is_capped():
    reading = read_one("youtube/anna/Tabellendaten.csv", GERMAN)
    assert reading.record.language == "de"
    assert (reading.record.rows_in, reading.record.not_data) == (4, 2)
    assert reading.tables["post"]["catalogue"].unique().to_list() == ["capped"]
    assert broken(reading) == [
        (
            3,
            "Ver\u00adöf\u00adfent\u00adli\u00adchungs\u00adzeit\u00adpunkt des Vi\u00adde\u00ados",
            "is not a day whose order of day and month is certain",
            "Anfang 2026",
        )
    ]


@pytest.mark.parametrize("total", ["Total", "Gesamt", "Totalt", "合計"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_total_row_is_no_data_wherever_it_stands(total, place):
    lines = ["aaaaaaaaaa1,A,7", "aaaaaaaaaa2,B,2"]
    lines.insert(place, f"{total},,9")
    text = "\n".join(["Content,Video title,Views", *lines])
    record = read_one("youtube/anna/Table data.csv", text).record
    assert (record.loaded, record.not_data, record.quarantined) == (2, 1, 0)


@pytest.mark.parametrize(
    "footer", ["Showing top 500 results", "Showing top 500 results,,", "上位 500 件の結果を表示,,"]
)
def test_a_footer_is_one_cell_on_the_last_line_in_any_language(footer):
    text = f"Content,Video title,Views\r\naaaaaaaaaa1,A,7\r\n{footer}\r\n"
    reading = read_one("youtube/anna/Table data.csv", text)
    assert (reading.record.loaded, reading.record.not_data) == (1, 1)
    assert reading.tables["post"]["catalogue"].to_list() == ["capped"]


def test_five_hundred_records_are_a_capped_list_without_a_footer():
    lines = [f"{number:011d},A,1" for number in range(500)]
    reading = read_one(
        "youtube/anna/Table data.csv", "\n".join(["Content,Video title,Views", *lines])
    )
    assert reading.tables["post"]["catalogue"].unique().to_list() == ["capped"]


def test_new_names_of_old_metrics_are_read():
    text = (
        "Content,Video title,Thumbnail impressions,Thumbnail click-through rate (%)\n"
        "aaaaaaaaaa1,A,200,6.27\n"
    )
    reading = read_one("youtube/anna/Table data.csv", text)
    assert rows(reading, "post_period", "impressions", "impressions_ctr_share") == [(200, 0.0627)]


def test_japanese_and_portuguese_headers_with_their_currencies():
    japanese = "コンテンツ,動画のタイトル,視聴回数,推定収益 (JPY)\naaaaaaaaaa1,A,7,1.5\n"
    portuguese = (
        "Conteúdo,Título do vídeo,Visualizações,Sua receita estimada (BRL)\naaaaaaaaaa1,A,7,2\n"
    )
    readings = [
        read_one("youtube/anna/t.csv", text).tables["post_period"]
        for text in (japanese, portuguese)
    ]
    assert [frame["currency"].item() for frame in readings] == ["JPY", "BRL"]


def test_a_sibling_that_covers_days_tells_the_period_that_no_name_does():
    totals = "Date,Views\n2026-03-01,1\n2026-03-02,2\n2026-03-03,3\n"
    table = "Content,Video title,Views\naaaaaaaaaa1,A,7\n"
    readings = read(
        source("youtube/anna/Totals.csv", totals), source("youtube/anna/Table data.csv", table)
    )
    (content,) = [reading for reading in readings if reading.record.export == "youtube_content"]
    assert (content.record.period_start, content.record.period_end) == (
        date(2026, 3, 1),
        date(2026, 3, 3),
    )


def test_two_siblings_that_disagree_tell_no_period():
    table = "Content,Video title,Views\naaaaaaaaaa1,A,7\n"
    readings = read(
        source("youtube/anna/Totals.csv", "Date,Views\n2026-03-01,1\n"),
        source("youtube/anna/Other.csv", "Date,Subscribers\n2026-04-01,1\n"),
        source("youtube/anna/Table data.csv", table),
    )
    (content,) = [reading for reading in readings if reading.record.export == "youtube_content"]
    assert content.record.period_start is None
    assert any("nothing tells its period" in note for note in content.record.notes)
    assert content.record.loaded == 1


def test_an_id_that_excel_broke_and_a_figure_that_is_none_are_quarantined():
    text = (
        "Content,Video title,Views\n#NAME?,A,7\naaaaaaaaaa2,B,many\naaaaaaaaaa3,C,3,4\n"
        "aaaaaaaaaa4,D,4\n"
    )
    reading = read_one("youtube/anna/Table data.csv", text)
    assert reading.record.loaded == 1
    assert broken(reading) == [
        (2, "Content", "is not a video id of 11 characters", "#NAME?"),
        (3, "Views", "is not a whole number of at least 0", "many"),
        (4, None, "more cells than headers", "4"),
    ]
    assert reading.quarantine["record"][1] == (
        '{"Content":"aaaaaaaaaa2","Video title":"B","Views":"many","beyond the header":null}'
    )


@pytest.mark.parametrize(
    ("language", "header", "total"),
    [
        (
            "es",
            "Contenido,Título del video,Tiempo de publicación del video,Duración,Vistas,"
            "Tiempo de reproducción (horas),Suscriptores,Impresiones,"
            "Tasa de clics de las impresiones (%)",
            "Total",
        ),
        (
            "ko",
            "콘텐츠,동영상 제목,동영상 게시 시간,길이,조회수,시청 시간(단위: 시간),구독자,노출수,"
            "노출 클릭률 (%)",
            "합계",
        ),
        (
            "id",
            "Konten,Judul video,Waktu publikasi video,Durasi,Penayangan,Waktu tonton (jam),"
            "Subscriber,Tayangan,Rasio klik-tayang dari tayangan (%)",
            "Total",
        ),
        (
            "zh",
            "內容,影片標題,影片發布時間,時間長度,觀看次數,觀看時間 (小時),訂閱人數,曝光次數,"
            "曝光點閱率 (%)",
            "總計",
        ),
    ],
)
def test_every_figure_is_read_whatever_the_language(language, header, total):
    text = (
        f'{header}\n{total},,,,7,1.5,-1,90,2.5\naaaaaaaaaa1,One,"Jan 2, 2026",60,7,1.5,-1,90,2.5\n'
    )
    reading = read_one("youtube/anna/a 2026-01-01_2026-02-01 anna.zip", text)
    assert (reading.record.language, reading.record.unknown_headers) == (language, ())
    assert (reading.record.loaded, reading.record.not_data) == (1, 1)
    assert rows(
        reading, "post_period", "views", "watch_time_s", "net_follows", "impressions",
        "impressions_ctr_share",
    ) == [(7, 5400.0, -1, 90, 0.025)]  # fmt: skip


def test_more_taken_back_than_given_within_the_period_is_a_negative_number():
    header = "Content,Video title,Views,Likes,Dislikes,Comments added,Shares"
    reading = read_one("youtube/anna/Table data.csv", f"{header}\naaaaaaaaaa1,A,70,-27,-8,-1,5\n")
    assert reading.record.quarantined == 0
    assert rows(reading, "post_period", "views", "likes", "dislikes", "comments", "shares") == [
        (70, -27, -8, -1, 5)
    ]


def test_korean_headers_of_2020():
    text = (
        "동영상,동영상 제목,동영상 게시 시간,조회수,시청 시간(단위: 시간),구독자,추정 수익 (USD),"
        "노출수,노출 클릭률 (%)\n"
        "합계,,,9,1.5,1,2.5,90,10\n"
        'aaaaaaaaaa1,"A, B","Apr 20, 2020",9,1.5,1,2.5,90,10\n'
    )
    reading = read_one("youtube/anna/표 데이터.csv", text)
    assert (reading.record.language, reading.record.unknown_headers) == ("ko", ())
    assert rows(
        reading, "post_period", "views", "watch_time_s", "estimated_revenue", "currency"
    ) == [(9, 5400.0, 2.5, "USD")]


def test_a_report_mostly_of_figures_that_no_column_holds_is_read():
    known = "Content,Video title,Duration,Estimated revenue (EUR)"
    kept = (
        "Hypes,Hype points,Likes (vs. dislikes) (%),Transactions,Transaction revenue (EUR),"
        "YouTube ad revenue (EUR),Ad impressions,RPM (EUR),Playback-based CPM (EUR),Rubies"
    )
    text = f"{known},{kept}\naaaaaaaaaa1,A,60,1.5,{','.join('123456789')},10\n"
    reading = read_one("youtube/anna/Table data.csv", text)
    assert (reading.record.export, reading.record.unknown_headers) == ("youtube_content", ())
    assert rows(reading, "post_period", "estimated_revenue", "currency") == [(1.5, "EUR")]


@pytest.mark.parametrize("word", ["Transactions", "Total members", "Chat messages"])
def test_a_figure_that_other_programs_have_makes_no_report_of_youtube(word):
    reading = read_one("bank.csv", f"Date,{word}\n2026-01-01,1\n2026-01-02,5\n")
    assert reading.record.status == "unrecognised"
