from dataclasses import replace

import polars as pl
import pytest

from transforms.deliveries.recognition.headers import recognise
from transforms.deliveries.recognition.recognition import RecognitionError
from transforms.exports import EXPORTS
from transforms.reading.tables import TextTable


def table(header: str, *lines: str) -> TextTable:
    names = tuple(header.split(","))
    cells = [[cell or None for cell in line.split(",")] for line in lines]
    rows = pl.DataFrame(
        {
            str(position): pl.Series([line[position] for line in cells], dtype=pl.String)
            for position in range(len(names))
        }
    ).with_columns(
        row_number=pl.int_range(2, len(lines) + 2, dtype=pl.UInt32, eager=True),
        surplus=pl.lit(None, pl.String),
    )
    return TextTable(names, rows, None, "utf-8", ",")


@pytest.mark.parametrize(
    ("header", "line", "export", "language"),
    [
        ("Content,Video title,Views", "aaaaaaaaaa1,A,1", "youtube_content", "en"),
        ("Video,Videotitel,Aufrufe", "aaaaaaaaaa1,A,1", "youtube_content", "de"),
        ("Innehåll,Videotitel,Visningar", "aaaaaaaaaa1,A,1", "youtube_content", "sv"),
        ("Data,Visualizações", "2026-01-01,1", "youtube_date", "pt"),
        ("Datum,Prenumeranter", "2026-01-01,1", "youtube_date", "sv"),
        ("Date,YouTube Premium views", "2026-01-01,1", "youtube_viewers", "en"),
        ("Date,Views,Sales", "2026-01-01,1,2", "youtube_date", "en"),
        ("Datum,Enhetstyp,Visningar", "2026-01-01,Mobil,1", "youtube_breakdown_days", "sv"),
        ("Date,Subscription status,Views", "2026-01-01,In,1", "youtube_breakdown_days", "en"),
        ("Datum,Städer,Ort,Visningar", "2026-01-01,0x,Lund,1", "youtube_breakdown_days", "sv"),
        ("Date,Content,Video title,Views", "2026-01-01,a,A,1", "youtube_chart", "en"),
        (
            "Date,Content,Video title,Views",
            "2026-01-01,aaaaaaaaaa1,A,1",
            "youtube_content_days",
            "en",
        ),
        ("Trafikkälla,Visningar", "Externt,1", "youtube_breakdown", "sv"),
        ("Device type,Watch time (hours)", "TV,1", "youtube_breakdown", "en"),
        ("Geografi,Visningar", "SE,1", "youtube_geography", "sv"),
        ("Städer,Ort,Visningar", "0x,Lund,1", "youtube_cities", "sv"),
        ("Idade do espectador,Visualizações (%)", "13 a 17 anos,1", "youtube_viewer_age", "pt"),
        (
            "Date,Video Views,Profile Views,Likes,Comments,Shares",
            "April 12,1,2,3,4,5",
            "tiktok_overview",
            "en",
        ),
        (
            "Date,Followers,Difference in followers from previous day",
            "April 12,1,2",
            "tiktok_follower_history",
            "en",
        ),
        (
            "Date,Video views,Reached audience,Profile views,Likes,Shares,Comments",
            "2026/01/01,1,1,1,1,1,1",
            "tiktok_business",
            "en",
        ),
        (
            "Date,Video views,Followers,Difference in followers from previous day,Profile views",
            "2021-01-15,1,1,1,1",
            "tiktok_last_days",
            "en",
        ),
    ],
)
def test_an_export_is_told_by_its_header_in_every_language(header, line, export, language):
    found = recognise(table(header, line))
    assert (found.export.name, found.language) == (export, language)
    assert found.reason is None


@pytest.mark.parametrize(
    ("header", "lines", "nearest", "says"),
    [
        ("Date,Subs Per Day,Total Subs", ["0,3.1,5462.1"], "linkedin_page_metrics", "also needs"),
        ("Content,Video title,Zebra", ["aaaaaaaaaa1,A,1"], "youtube_content", "none of its"),
        ("Date,Views,Screen", ["2026-01-01,1,large"], "youtube_date", "'Screen' holds no figures"),
        ("Date,Views,Level", ["2026-01-01,1,1", "2026-01-01,1,2"], "youtube_date", "repeats"),
        ("Date,Views,A,B", ["2026-01-01,1,1,2"], "youtube_date", "2 of its headers are unknown"),
        ("Date,Views", ["April 12,3"], "youtube_date", "e.g. 'April 12'"),
        ("Date,Impressions,Likes,Bookmarks", ["2026-01-01,1,1,1"], "youtube_date", "Bookmarks"),
        (
            "Video title,Video link,Post time,Video views,Likes,Comments,Shares,Add to Favorites",
            ["A,https,2026,1,1,1,1,1"],
            "tiktok_business_posts",
            "no cell of 'Video link' is what it should be",
        ),
    ],
)
def test_a_report_cut_another_way_is_refused_with_what_tells_it(header, lines, nearest, says):
    found = recognise(table(header, *lines))
    assert found.export is None
    assert found.nearest == nearest
    assert says in found.reason


def test_missing_headers_are_named_in_the_files_language_or_in_english():
    found = recognise(table("Video,Aufrufe,Abonnenten", "aaaaaaaaaa1,1,2"))
    assert (found.nearest, found.missing) == ("youtube_content", ("Videotitel",))
    assert "'Videotitel'" in found.reason


def test_a_file_that_shares_nothing_is_near_the_export_of_its_folder():
    found = recognise(table("Colour,Weight", "Red,0.5"), platform="instagram")
    assert (found.export, found.nearest) == (None, "instagram_content")
    assert found.unknown == ("Colour", "Weight")


def test_unknown_headers_are_kept_and_a_repeated_one_has_both_places():
    found = recognise(table("Content,Video title,Views,Sales,Views", "aaaaaaaaaa1,A,1,2,3"))
    assert found.unknown == ("Sales",)
    assert found.positions["views"] == (2, 4)


def test_two_declarations_of_one_header_are_an_error_that_names_both():
    twin = replace(EXPORTS["youtube_date"], name="twin")
    with pytest.raises(RecognitionError, match="youtube_date and twin"):
        recognise(
            table("Date,Views", "2026-01-01,1"),
            {"youtube_date": EXPORTS["youtube_date"], "twin": twin},
        )


def test_the_more_specific_of_two_declarations_wins():
    general = EXPORTS["youtube_date"]
    specific = replace(general, name="specific", optional=general.optional - {"views"})
    found = recognise(
        table("Date,Views", "2026-01-01,1"), {"general": general, "specific": specific}
    )
    assert found.export is specific


@pytest.mark.parametrize("platform", ["instagram", "tiktok", "x"])
def test_headers_of_any_platform_do_not_overrule_the_place(platform):
    found = recognise(table("Date,Views", "2026-03-01,5"), platform=platform)
    assert found.export is None
    named = recognise(table("Date,Views,Watch time (hours)", "2026-03-01,5,1"), platform=platform)
    assert named.export is EXPORTS["youtube_date"]
    assert recognise(table("Date,Views", "2026-03-01,5")).export is EXPORTS["youtube_date"]


def test_the_reason_says_that_the_place_and_no_header_decided():
    found = recognise(table("Date,Views", "2026-03-01,5"), platform="instagram")
    assert found.reason is not None
    assert (
        "it lies under instagram, and 'Date', 'Views' are headers of any platform" in found.reason
    )
