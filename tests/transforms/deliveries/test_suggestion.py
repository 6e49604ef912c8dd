import pytest

from tests.transforms.deliveries.made_up import read_one

PATH = "youtube/anna/t.csv"


@pytest.mark.parametrize(
    ("header", "cell", "suggestion"),
    [
        ("The comments", "3", "comments"),
        ("Comment", "3", "comments"),
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
    text = "Content,Video title,Views,Likes,Comment,The comments\naaaaaaaaaa1,A,7,1,3,4\n"
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
