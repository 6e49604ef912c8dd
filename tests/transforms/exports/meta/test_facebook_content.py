from datetime import UTC, datetime

import pytest

from tests.transforms.deliveries.made_up import broken, read_one, rows
from tests.transforms.excel import cells_of, workbook

NAME = "facebook/anna/Mar-01-2026_Mar-31-2026_1019826952924933.csv"
HEADER = (
    '"Post ID","Page ID","Page name",Title,Description,"Duration (sec)","Publish time",'
    'Permalink,"Post type","Data comment",Date,Views,Reach,"Reactions, Comments and Shares",'
    'Reactions,Comments,Shares,"Total clicks","Link Clicks","Seconds viewed",'
    '"Average Seconds viewed","Estimated earnings (USD)"'
)
PHOTO = (
    '900000000000001,100000000000001,Anna,"A title",,0,"06/01/2026 12:00",https://f/1,Photos,,'
    "Lifetime,39,30,6,3,2,1,5,,,,"
)
REEL = (
    '900000000000002,100000000000001,Anna,,"A description",84,"01/01/2026 12:00",https://f/2,'
    "Reels,,Lifetime,70,60,9,7,1,1,4,2,202.708,10.668,0.5"
)


def file(*lines: str, header: str = HEADER) -> str:
    return "\ufeff" + "\n".join([header, *lines])


def test_a_row_fills_post_and_lifetime():
    reading = read_one(NAME, file(PHOTO, REEL))
    assert rows(reading, "post", "post_id", "account_ref", "format", "caption", "published_at") == [
        ("900000000000001", "100000000000001", "image", "A title",
         datetime(2026, 6, 1, 19, tzinfo=UTC)),
        ("900000000000002", "100000000000001", "reel", "A description",
         datetime(2026, 1, 1, 20, tzinfo=UTC)),
    ]  # fmt: skip
    assert rows(
        reading, "post_lifetime", "views", "reach", "reactions", "likes", "comments", "shares",
        "reactions_comments_shares", "clicks", "link_clicks", "watch_time_s",
        "average_view_duration_s", "estimated_revenue", "currency",
    ) == [
        (39, 30, 3, None, 2, 1, 6, 5, None, None, None, None, None),
        (70, 60, 7, None, 1, 1, 9, 4, 2, 202.708, 10.668, 0.5, "USD"),
    ]  # fmt: skip


def test_the_folders_handle_is_the_pages():
    assert rows(read_one(NAME, file(PHOTO)), "post", "account_handle", "exported_by") == [
        ("anna", "100000000000001")
    ]


def test_rows_shorter_than_the_header_miss_their_last_metrics():
    short = ",".join(PHOTO.split(",")[:-4])
    reading = read_one(NAME, file(REEL, short))
    assert reading.record.loaded == 2
    assert rows(reading, "post_lifetime", "views", "watch_time_s")[1] == (39, None)


def test_a_row_meta_could_not_compute_keeps_its_id():
    error = (
        ',100000000000001,Anna,,,,,,,"An error occurred while computing metadata for content with '
        'ID 900000000000009.",,,,,,,,,,,,,12'
    )
    reading = read_one(NAME, file(PHOTO, error, header=f"{HEADER},IMPRESSION:UNIQUE_USERS"))
    assert reading.record.loaded == 2
    assert rows(reading, "post", "post_id", "published_at", "format")[1] == (
        "900000000000009",
        None,
        None,
    )
    assert rows(reading, "post_lifetime", "views", "reactions")[1] == (None, None)
    assert reading.record.unknown_headers == ("IMPRESSION:UNIQUE_USERS",)


def test_a_row_without_a_time_and_without_an_error_is_quarantined():
    error = (
        ',100000000000001,Anna,,,,,,,"An error occurred while computing metadata for content with '
        'ID 900000000000009.",,,,'
    )
    shifted = error.removeprefix(",")
    reading = read_one(NAME, file(REEL, error, shifted))
    assert rows(reading, "post", "post_id") == [("900000000000002",), ("900000000000009",)]
    rule = "is not an id beside a time of publication, or beside Meta's message of an error"
    assert broken(reading) == [(4, "Post ID", rule, "100000000000001")]


def test_times_that_a_workbook_keeps_are_read_where_no_day_can_be_turned_round():
    def saved(*lines: str) -> bytes:
        return workbook({"Sheet1": cells_of(file(*lines).encode())})

    name = NAME.replace("csv", "xlsx")
    later = PHOTO.replace("06/01/2026", "06/13/2026")
    assert rows(read_one(name, saved(later, REEL)), "post", "published_at") == [
        (datetime(2026, 6, 13, 19, tzinfo=UTC),), (datetime(2026, 1, 1, 20, tzinfo=UTC),)
    ]  # fmt: skip
    turned = read_one(name, saved(PHOTO, REEL))
    assert turned.record.loaded == 0
    assert {row[2] for row in broken(turned)} == {"is not a date and time like 05/26/2026 10:23"}


def test_of_two_columns_of_views_the_one_that_the_reach_does_not_contradict_is_read():
    header = HEADER.replace("Views,Reach", "Views,Reach,Views")
    line = PHOTO.replace("39,30", "0,30,41")
    reading = read_one(NAME, file(line, header=header))
    assert rows(reading, "post_lifetime", "views") == [(41,)]
    assert any("'Views' stands 2 times: number 2 is read" in note for note in reading.record.notes)


def test_no_views_of_a_photo_that_was_seen_are_not_available():
    reading = read_one(NAME, file(PHOTO.replace("39,30", "0,30"), REEL.replace("70,60", "0,0")))
    assert rows(reading, "post_lifetime", "views", "reach") == [(None, 30), (0, 0)]


@pytest.mark.parametrize(
    ("post_type", "format"),
    [("Photo", "image"), ("Photos", "image"), ("Links", "link"), ("Text", "text"),
     ("Videos", "video"), ("Reels", "reel")],
)  # fmt: skip
def test_post_types_of_every_year_become_one_format(post_type, format):
    reading = read_one(NAME, file(PHOTO.replace("Photos", post_type)))
    assert rows(reading, "post", "format") == [(format,)]


def test_documented_swedish_headers():
    header = (
        "Publicerings-id,Sid-id,Sidnamn,Titel,Publiceringstid,Permalänk,Inläggstyp,Datum,Visningar,"
        'Räckvidd,"Reaktioner, kommentarer och delningar",Reaktioner,Kommentarer,Delningar,'
        "Totalt antal klick,Länkklick,Övriga klick"
    )
    line = "900000000000001,100000000000001,Anna,Hej,06/01/2026 12:00,https://f/1,Foton,Livstid,1,1,6,3,2,1,5,4,1"
    reading = read_one(NAME, file(line, header=header))
    assert (reading.record.export, reading.record.language) == ("facebook_content", "sv")
    assert rows(reading, "post_lifetime", "reactions_comments_shares", "clicks", "link_clicks") == [
        (6, 5, 4)
    ]
