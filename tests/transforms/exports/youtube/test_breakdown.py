from datetime import date

import pytest

from tests.transforms.deliveries.made_up import broken, read, read_one, rows, source

SOURCES = """Traffic source,Views,Watch time (hours),Average view duration,Impressions,CTR
Total,100,2.5,0:01:30,1000,2.17
External,60,1.5,0:01:30,,
YouTube search,39,1,0:01:32,1000,3.9
"""
HEADER = "Traffic source,Views,Watch time (hours),Average view duration,Impressions"
ZIP = "youtube/anna/Traffic source 2026-02-01_2026-03-01 Anna.zip"


def reading_of(text: str, path: str = ZIP, member: str | None = "Table data.csv"):
    (reading,) = read(source(path, text, member))
    return reading


def test_segments_have_their_figures_of_the_period_in_the_zips_name():
    reading = reading_of(SOURCES.replace("CTR", "Impressions click-through rate (%)"))

    assert (reading.record.status, reading.record.export) == ("loaded", "youtube_breakdown")
    assert rows(
        reading, "account_breakdown",
        "dimension", "segment", "segment_name", "period_start", "period_end", "views",
        "watch_time_s", "average_view_duration_s", "impressions", "impressions_ctr_share",
    ) == [
        ("traffic_source", "external", "External", date(2026, 2, 1), date(2026, 2, 28), 60,
         5400.0, 90.0, None, None),
        ("traffic_source", "youtube_search", "YouTube search", date(2026, 2, 1),
         date(2026, 2, 28), 39, 3600.0, 92.0, 1000, pytest.approx(0.039)),
    ]  # fmt: skip


def test_what_studio_withholds_is_told_against_the_total():
    reading = reading_of(SOURCES.replace("CTR", "Impressions click-through rate (%)"))
    told = reading.reconciliation.select("metric", "said", "found", "reason").rows()
    assert ("views", 100.0, 99.0, "withheld") in told
    assert ("watch_time_s", 9000.0, 9000.0, "agrees") in told


@pytest.mark.parametrize(
    ("header", "line", "dimension", "segment"),
    [
        ("Enhetstyp,Visningar", "Mobiltelefon,5", "device_type", "mobile_phone"),
        ("Operating system,Views", "Android,5", "operating_system", "Android"),
        ("Innehållstyp,Visningar", "Videor,5", "content_type", "videos"),
        (
            "Trafikkälla,Visningar",
            "Bläddrings\u00adfunktioner,5",
            "traffic_source",
            "browse_features",
        ),
        ("Traffic source,Views", "A source of 2027,5", "traffic_source", "A source of 2027"),
    ],
)
def test_a_segment_has_one_name_in_every_language_or_stands_as_it_is(
    header, line, dimension, segment
):
    reading = read_one("youtube/anna/Table data.csv", f"{header}\n{line}")
    assert rows(reading, "account_breakdown", "dimension", "segment", "views") == [
        (dimension, segment, 5)
    ]


def test_without_a_zips_name_the_period_is_unknown():
    reading = reading_of("Device type,Views\nTV,5", "youtube/anna/Table data.csv", None)
    assert rows(reading, "account_breakdown", "period_start", "period_end") == [(None, None)]


def test_subscribers_gained_less_lost_can_be_negative():
    text = "Subscription source,Subscribers,Subscribers gained,Subscribers lost\nOther,-2,0,2"
    reading = reading_of(text)
    assert rows(reading, "account_breakdown", "net_follows", "gross_follows", "lost_follows") == [
        (-2, 0, 2)
    ]


def test_a_cell_that_is_no_figure_stands_in_quarantine():
    reading = reading_of("Device type,Views\nTV,many\nTablet,5")
    assert rows(reading, "account_breakdown", "segment", "views") == [("tablet", 5)]
    assert broken(reading) == [(2, "Views", "is not a whole number of at least 0", "many")]


def test_a_segment_told_twice_with_two_figures_is_refused():
    record = reading_of("Playlist,Views\nBest of,5\nBest of,7\nNew,1").record
    assert record.status == "refused"
    assert "'Best of' stands in it twice with two figures" in record.reason


def test_a_segment_told_twice_with_one_figure_is_loaded():
    reading = reading_of("Playlist,Views\nBest of,5\nBest of,5\nNew,1")
    assert set(rows(reading, "account_breakdown", "segment", "views")) == {
        ("Best of", 5),
        ("New", 1),
    }


def test_a_footer_and_the_cap_are_told():
    lines = "\n".join(f"Playlist {n},1" for n in range(500))
    text = f"Playlist,Views\nTotal,900\n{lines}\nShowing top 500 results\n"
    reading = reading_of(text)
    assert reading.tables["account_breakdown"].height == 500
    assert reading.reconciliation["reason"].to_list() == ["capped"]


@pytest.mark.parametrize(
    ("header", "second"),
    [("Content", "video"), ("Geography", "country"), ("Device type", "device type")],
)
def test_figures_by_two_dimensions_are_kept(header, second):
    reading = reading_of(f"Traffic source,{header},Views\nExternal,DK,5\nYouTube search,DK,7")
    assert (reading.record.status, reading.record.export) == ("kept", "youtube_breakdown")
    assert f"the second being {second}:" in reading.record.reason


def test_a_table_of_another_program_is_not_loaded():
    reading = read_one("youtube/anna/report.csv", "Device type,Sessions\nTV,5")
    assert reading.record.status == "unrecognised"


def test_what_studio_leaves_blank_is_a_segment_of_its_own():
    reading = reading_of("Subtitles and CC,Views\nTotal,9\n,7\nam#,2\n")
    assert rows(reading, "account_breakdown", "dimension", "segment", "segment_name", "views") == [
        ("subtitles", "none", None, 7),
        ("subtitles", "am#", "am#", 2),
    ]


def test_a_source_looked_into_has_search_terms_sites_and_videos():
    text = """Traffic source,Source type,Source title,Impressions,Views
Total,,,3193,81
YT_RELATED.-LsPwvrr1Ko,Content,"A title, with a comma",0,1
EXT_URL.example.com,,example.com,,3
"""
    reading = reading_of(text)
    assert rows(reading, "account_breakdown", "dimension", "segment", "segment_name", "views") == [
        ("traffic_source_detail", "YT_RELATED.-LsPwvrr1Ko", "A title, with a comma", 1),
        ("traffic_source_detail", "EXT_URL.example.com", "example.com", 3),
    ]


def test_figures_that_a_source_has_none_of_are_null():
    text = "Traffic source,Thumbnail impressions,Views\nProduct pages,1,\nExternal,,2\n"
    reading = reading_of(text)
    assert rows(reading, "account_breakdown", "segment", "impressions", "views") == [
        ("product_pages", 1, None),
        ("external", None, 2),
    ]


@pytest.mark.parametrize(
    ("header", "one", "other"),
    [
        ("Traffic source", "Playlist page", "Playlist pages"),
        ("Traffic source", "External", "external"),
        ("Subtitles and CC", "", "none"),
    ],
)
def test_two_words_of_one_segment_with_two_figures_are_refused(header, one, other):
    record = reading_of(f"{header},Views\n{one},5\n{other},7\n").record
    assert record.status == "refused"


def test_names_that_people_give_are_no_words_of_the_platform():
    reading = reading_of("Playlist,Views\nLive,5\nLIVE,7\nExternal,1\nBest  of,2\nBest of,3\n")
    assert [segment for (segment,) in rows(reading, "account_breakdown", "segment")] == [
        "Live", "LIVE", "External", "Best  of", "Best of",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "word", ["YouTube\u00a0search", " youtube search", "YouTube Aramas\u0131", "YouTube\u2010Suche"]
)
def test_a_word_is_known_however_it_was_written(word):
    reading = reading_of(f"Traffic source,Views\n{word},5\n")
    assert rows(reading, "account_breakdown", "segment") == [("youtube_search",)]


@pytest.mark.parametrize("last", ["Notifications", "External"])
def test_a_last_segment_without_figures_is_no_footer(last):
    lines = [line for line in ("Notifications,", "External,5") if not line.startswith(last)]
    text = "\n".join(
        ["Traffic source,Views", *lines, f"{last}{',5' if last == 'External' else ','}"]
    )
    assert reading_of(text).tables["account_breakdown"].height == 2


@pytest.mark.parametrize(
    "header", ["Content type,Views", "Date,Content type,Views", "Traffic source,Impressions,Shares"]
)
def test_a_report_of_another_platform_with_headers_of_any_is_not_youtubes(header):
    line = ",".join("2026-03-01" if name == "Date" else "5" for name in header.split(","))
    assert read_one("instagram/anna/x.csv", f"{header}\n{line}\n").record.status == "unrecognised"


def test_withheld_losses_leave_more_subscribers_than_the_total():
    text = "Subscription source,Subscribers\nTotal,10\nYouTube watch-page,12\nOther,-1\n"
    reading = reading_of(text)
    assert reading.reconciliation.select("said", "found", "reason").rows() == [(10, 11, "withheld")]
