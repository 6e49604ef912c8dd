import pytest

from tests.transforms.deliveries.made_up import read_one

PATH = "youtube/anna/t.csv"
FOLLOWERS = "Date,Followers,Difference in followers from previous day\nJune 1,10,1\n"


@pytest.mark.parametrize(
    ("header", "cell", "suggestion"),
    [
        ("The comments", "3", "comments"),
        ("Comment", "3", "comments"),
        ("Shaved", "3", ""),
        ("Zebra", "3", ""),
    ],
)
def test_an_unknown_header_is_told_by_its_words(header, cell, suggestion):
    text = f"Content,Video title,Views,{header}\naaaaaaaaaa1,A,7,{cell}\n"
    record = read_one(PATH, text).record
    assert record.status == "loaded"
    assert (record.unknown_headers, record.suggestions) == ((header,), (suggestion,))


def test_a_header_whose_values_the_column_cannot_read_is_not_taken_for_it():
    text = "Content,Video title,Views,The comments\naaaaaaaaaa1,A,7,many\n"
    assert read_one(PATH, text).record.suggestions == ("",)


def test_a_column_that_is_there_already_is_not_suggested_again():
    text = "Content,Video title,Views,Comments added,The comments\naaaaaaaaaa1,A,7,3,4\n"
    assert "comments" not in read_one(PATH, text).record.suggestions


def test_one_column_is_suggested_for_the_header_most_like_it():
    text = "Content,Video title,Views,Likes,Comment added,The comments\naaaaaaaaaa1,A,7,1,3,4\n"
    record = read_one(PATH, text).record
    assert record.suggestions.count("comments") == 1
    assert record.suggestions[0] == "comments"


def test_what_a_file_needs_and_lacks_is_refused_with_the_header_to_map():
    record = read_one(PATH, "Content,Video titles,Views\naaaaaaaaaa1,A,7\n").record
    assert record.status == "unrecognised"
    assert "'Video titles' is probably 'Video title'" in record.reason


def test_the_headers_that_are_known_stand_beside_their_columns():
    record = read_one(PATH, "Videos,Videotitel,Aufrufe\naaaaaaaaaa1,A,7\n").record
    assert dict(zip(record.headers, record.columns, strict=True)) == {
        "Videos": "content",
        "Videotitel": "video_title",
        "Aufrufe": "views",
    }


@pytest.mark.parametrize(
    ("header", "suggestion"),
    [
        ("Net subscribers", "subscribers"),
        ("New subscribers", "subscribers"),
        ("Subscribers gained now", "subscribers_gained"),
        ("Like count", "likes"),
        ("Thumbs up", ""),
    ],
)
def test_a_word_more_is_nearer_than_a_word_less_and_no_word_alike_is_none(header, suggestion):
    text = f"Content,Video title,Views,{header}\naaaaaaaaaa1,A,7,3\n"
    assert read_one(PATH, text).record.suggestions == (suggestion,)


def test_a_header_that_the_cells_told_is_suggested_for_what_it_is():
    lines = "".join(f'aaaaaaaaa{n},A,"Aug {n}, 2025",{n}\n' for n in range(10, 30))
    record = read_one(PATH, f"Video ID,Video title,Video publish time,Views\n{lines}").record
    assert (record.status, record.unknown_headers) == ("loaded", ("Video ID",))
    assert record.suggestions == ("content",)


def test_the_one_header_left_over_is_suggested_for_the_one_column_that_is_lacking():
    record = read_one("tiktok/anna/FollowerHistory.csv", FOLLOWERS.replace("Date", "Moment")).record
    assert record.status == "unrecognised"
    assert "also needs 'Date'; 'Moment' is probably 'Date'" in record.reason


def test_a_table_that_no_export_is_can_be_mapped():
    record = read_one("lists/a.csv", "Zebra,Moose\n1,2\n").record
    assert record.status == "unrecognised"
    assert record.reason.endswith("creator-metrics map FILE drafts it")


def test_two_headers_left_over_are_suggested_for_nothing():
    text = FOLLOWERS.replace("Date", "Moment,Zebra").replace("June 1", "June 1,2")
    assert read_one("tiktok/anna/FollowerHistory.csv", text).record.suggestions == ("", "")


def test_a_renamed_header_that_another_report_has_makes_it_no_such_report():
    text = (
        "Time,Video title,Video link,Post time,Likes,Total comments,Total shares,Total views\n"
        "June 3,a,https://www.tiktok.com/@anna/video/7000000000000000001,June 1,1,2,3,4\n"
    )
    record = read_one("tiktok/anna/Content.csv", text).record
    assert (record.status, record.nearest_export) == ("unrecognised", "tiktok_content")
    assert "'Likes' is probably 'Total likes'" in record.reason


def test_of_a_report_of_which_a_figure_was_renamed_that_one_is_the_nearest():
    text = "Date,Post views,Profile Views,Likes,Comments,Shares\nJune 1,1,2,3,4,5\n"
    record = read_one("tiktok/anna/Overview.csv", text).record
    assert (record.status, record.nearest_export) == ("unrecognised", "tiktok_overview")
    assert "'Post views' is probably 'Video Views'" in record.reason


def test_a_header_of_which_nothing_is_left_is_like_none():
    reading = read_one("youtube/anna/a.csv", "\u00ad\n1\n")
    assert reading.record.status == "unrecognised"
    assert reading.record.suggestions == ("",) * len(reading.record.suggestions)


@pytest.mark.parametrize("header", ["Anything,Views", "Date,Anything"])
def test_a_table_that_could_be_cut_by_anything_is_no_traffic_source(header):
    record = read_one("youtube/anna/a.csv", f"{header}\n2026-03-01,x\n2026-03-01,y\n").record
    assert record.status == "unrecognised"
    assert record.nearest_export not in ("youtube_breakdown", "youtube_breakdown_days")
    assert "Traffic source" not in record.reason


def test_a_misspelled_dimension_is_told_by_the_name_most_like_it():
    record = read_one("youtube/anna/a.csv", "Device typ,Views\nTV,5\nTablet,3\n").record
    assert "'Device typ' is probably 'Device type'" in record.reason
