import pytest

from warehouse.arrivals.names import is_ignored, owner, printable, unfinished_twin


@pytest.mark.parametrize(
    "path",
    [
        ".hidden.csv",
        "youtube/h/.DS_Store",
        "youtube/h/Thumbs.db",
        "__MACOSX/data.csv",
        ".git/data.csv",
        "youtube/h/~$book.xlsx",
        "youtube/h/data.csv.part",
        "youtube/h/data.CRDOWNLOAD",
        "x.tmp",
    ],
)
def test_hidden_temporary_and_system_files_are_no_files(path):
    assert is_ignored(path)


@pytest.mark.parametrize("path", ["youtube/h/Totals.csv", "a part of it.csv", "../x.csv"])
def test_other_files_are(path):
    assert not is_ignored(path)


def test_a_half_written_file_names_what_it_will_be():
    assert unfinished_twin("Totals.csv.crdownload") == "Totals.csv"
    assert unfinished_twin("Totals.csv") is None


@pytest.mark.parametrize(
    ("path", "whose"),
    [
        ("YouTube/@Anna/data.csv", ("youtube", "anna")),
        ("tiktok/anna/2030/may/data.csv", ("tiktok", "anna")),
        ("youtube/data.csv", (None, None)),
        ("myspace/anna/data.csv", (None, None)),
        ("youtube/@/data.csv", (None, None)),
        ("data.csv", (None, None)),
    ],
)
def test_platform_and_handle_are_the_two_upper_folders(path, whose):
    assert owner(path) == whose


def test_a_name_that_is_not_utf8_can_still_stand_in_a_table():
    assert printable("caf\udce9.csv") == "caf\ufffd.csv"
    assert printable("café.csv") == "café.csv"
