from datetime import UTC, date, datetime

from tests.transforms.deliveries.made_up import broken, read_one, rows
from tests.transforms.excel import cells_of, workbook

NAME = "tiktok/anna/2026-01-02/posts.csv"
HEADER = "Video title,Video link,Post time,Video views,Likes,Comments,Shares,Add to Favorites"
LINK = "https://www.tiktok.com/@Anna.B/video/7567452112981069079"
LINE = f'"One, two",{LINK},2025/10/31 18:19:10,172353,1774,42,413,180'


def file(*lines: str, header: str = HEADER) -> str:
    return "\ufeff" + "\n".join([header, *lines])


def test_a_row_fills_post_and_lifetime():
    reading = read_one(NAME, file(LINE))
    assert reading.record.export == "tiktok_business_posts"
    assert rows(
        reading, "post", "post_id", "account_ref", "published_at", "published_at_source", "format",
        "caption", "catalogue",
    ) == [
        ("7567452112981069079", "anna.b", datetime(2025, 10, 31, 18, 19, 10, tzinfo=UTC),
         "file_datetime", "video", "One, two", "complete")
    ]  # fmt: skip
    assert rows(
        reading, "post_lifetime", "views", "likes", "comments", "shares", "saves", "observed_on"
    ) == [(172353, 1774, 42, 413, 180, date(2026, 1, 2))]


def test_times_that_a_workbook_keeps_are_read_where_their_seconds_are_kept():
    def saved(line: str) -> bytes:
        return workbook({"Sheet1": cells_of(file(line).encode())})

    name = NAME.replace("csv", "xlsx")
    assert rows(read_one(name, saved(LINE)), "post", "published_at") == [
        (datetime(2025, 10, 31, 18, 19, 10, tzinfo=UTC),)
    ]
    assert broken(read_one(name, saved(LINE.replace(":10", ":00"))))[0][1:3] == (
        "Post time", "is not a date and time like 2026/05/26 10:23:00",
    )  # fmt: skip


def test_dashes_are_not_reported():
    reading = read_one(NAME, file(LINE.replace("42,413,180", "--,NAN,")))
    assert rows(reading, "post_lifetime", "comments", "shares", "saves") == [(None, None, None)]


def test_photos_are_carousels():
    reading = read_one(NAME, file(LINE.replace("/video/", "/photo/")))
    assert rows(reading, "post", "format") == [("carousel",)]


def test_a_link_without_an_id_is_quarantined():
    other = LINE.replace("/video/7567452112981069079", "")
    assert broken(read_one(NAME, file(LINE, other)))[0][1:3] == (
        "Video link", "is not a link to a TikTok post",
    )  # fmt: skip


def test_the_day_of_observation_is_no_earlier_than_the_newest_post():
    record = read_one("tiktok/anna/2025-10-01/posts.csv", file(LINE)).record
    assert record.observed_on_source == "arrival"
