from datetime import UTC, datetime

from tests.transforms.deliveries.made_up import broken, read_one, rows

HEADER = (
    "Video ID,Approx Duration (ms),Channel ID,Video Title (Original),Privacy,"
    "Video Create Timestamp,Video Publish Timestamp"
)
CHANNEL = "UCaaaaaaaaaaaaaaaaaaaaaa"


def videos(*lines: str):
    return read_one("youtube/anna/videos.csv", "\n".join([HEADER, *lines]) + "\n")


def test_every_video_of_the_channel_is_a_post_with_the_second_of_its_publication():
    made = "2021-01-30T05:00:00+00:00"
    reading = videos(
        f"aaaaaaaaaa1,90500,{CHANNEL},First,Public,{made},2021-01-31T06:00:00+00:00",
        f"aaaaaaaaaa2,90500,{CHANNEL},Second,Public,{made},2021-01-31T06:00:00.25+01:00",
        f"-aaaaaaaaa3,1000,{CHANNEL},Third,Private,{made},",
    )
    assert (reading.record.export, reading.record.loaded) == ("youtube_takeout_videos", 3)
    assert rows(reading, "post", "post_id", "caption", "duration_s", "published_at") == [
        ("aaaaaaaaaa1", "First", 90.5, datetime(2021, 1, 31, 6, tzinfo=UTC)),
        ("aaaaaaaaaa2", "Second", 90.5, datetime(2021, 1, 31, 5, 0, 0, 250_000, UTC)),
        ("-aaaaaaaaa3", "Third", 1.0, None),
    ]


def test_the_account_is_that_of_the_reports_beside_it():
    reading = videos(f"aaaaaaaaaa1,1,{CHANNEL},A,Public,,2021-01-31T06:00:00+00:00")
    assert rows(reading, "post", "account_ref") == [("anna",)]


def test_a_time_of_another_form_is_quarantined():
    reading = videos(f"aaaaaaaaaa1,1,{CHANNEL},A,Public,,31/01/2021")
    assert broken(reading)[0][1] == "Video Publish Timestamp"
