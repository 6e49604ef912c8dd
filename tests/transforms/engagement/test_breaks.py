from datetime import date

import polars as pl
import pytest

from transforms.engagement.breaks import ANY_FORMAT, possible_format, with_definition
from transforms.reference.definitions import metric_definition


def format_of(platform: str, format: str | None, duration_s: float | None) -> str:
    frame = pl.DataFrame(
        {"platform": [platform], "format": [format], "duration_s": [duration_s]},
        schema={"platform": pl.String, "format": pl.String, "duration_s": pl.Float64},
    )
    return frame.select(possible_format(180.0)).item()


@pytest.mark.parametrize(
    ("platform", "format", "duration_s", "expected"),
    [
        ("youtube", None, None, "short"),
        ("youtube", None, 45.0, "short"),
        ("youtube", None, 180.0, "short"),
        ("youtube", None, 181.0, "video"),
        ("youtube", "video", 45.0, "short"),
        ("youtube", "video", None, "video"),
        ("youtube", "live", 45.0, "live"),
        ("youtube", "short", 600.0, "short"),
        ("instagram", "reel", 45.0, "reel"),
        ("instagram", None, 45.0, ANY_FORMAT),
    ],
)
def test_a_youtube_video_that_may_be_a_short_is_taken_for_one(
    platform, format, duration_s, expected
):
    assert format_of(platform, format, duration_s) == expected


def defined(platform: str, metric: str, content_format: str, on: date, overlay: str = "") -> dict:
    points = pl.LazyFrame(
        {
            "platform": [platform],
            "metric": [metric],
            "content_format": [content_format],
            "on": [on],
        }
    )
    return (
        with_definition(points, metric_definition(overlay).lazy(), "on")
        .collect()
        .row(0, named=True)
    )


def test_shorts_change_their_definition_on_the_day_and_videos_do_not():
    before = defined("youtube", "views", "short", date(2025, 3, 30))
    after = defined("youtube", "views", "short", date(2025, 3, 31))
    video = defined("youtube", "views", "video", date(2025, 3, 31))
    assert before["segment"] == video["segment"] == "youtube-views-1"
    assert after["segment"] == after["definition_id"] == "youtube-shorts-views-2"


def test_a_point_of_unknown_format_is_concerned_by_every_definition():
    found = defined("youtube", "views", ANY_FORMAT, date(2025, 3, 31))
    assert found["segment"] == "youtube-shorts-views-2"


def test_other_metrics_of_the_platform_are_not_cut():
    found = defined("instagram", "reach", "reel", date(2025, 6, 1))
    assert found["segment"] == "instagram-reach-1"
    assert defined("instagram", "views", "reel", date(2025, 6, 1))["segment"] == "instagram-views-2"


def test_one_row_adds_a_break():
    overlay = """
    [[definition]]
    platform = "youtube"
    metric = "views"
    definition_id = "youtube-views-3"
    valid_from = 2026-08-24
    comparable_with_previous = false
    source = "made up"
    """
    day = date(2026, 8, 24)
    assert defined("youtube", "views", "video", day)["segment"] == "youtube-views-1"
    assert defined("youtube", "views", "video", day, overlay)["segment"] == "youtube-views-3"
    assert defined("youtube", "views", "short", day, overlay)["segment"] == "youtube-views-3"


def test_a_comparable_definition_is_named_but_cuts_nothing():
    overlay = """
    [[definition]]
    platform = "tiktok"
    metric = "views"
    definition_id = "tiktok-views-renamed"
    valid_from = 2025-01-01
    comparable_with_previous = true
    source = "made up"
    """
    found = defined("tiktok", "views", ANY_FORMAT, date(2025, 2, 1), overlay)
    assert found["definition_id"] == "tiktok-views-renamed"
    assert found["segment"] == "tiktok-views-1"


def test_a_metric_without_definitions_has_none():
    found = defined("instagram", "followers", "reel", date(2025, 2, 1))
    assert found["definition_id"] is None
    assert found["segment"] is None
