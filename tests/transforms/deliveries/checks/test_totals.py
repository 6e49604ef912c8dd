"""Total rows of reports that were cut into several files, and of reports that fill no table."""

import pytest

from tests.transforms.deliveries.made_up import read, read_one, source

VIDEOS = "Content,Video title,Views\n"
FIRST = "aaaaaaaaaa1,A,7\n"
SECOND = "aaaaaaaaaa2,B,2\n"


def reasons(readings, check="total"):
    return {
        reading.record.path.rsplit("/", 1)[-1]: (row["said"], row["found"], row["reason"])
        for reading in readings
        for row in reading.reconciliation.filter(check=check, metric="views").to_dicts()
    }


def videos(**files):
    return reasons(
        read(*(source(f"youtube/anna/{name}.csv", VIDEOS + text) for name, text in files.items()))
    )


def test_a_total_in_one_of_several_files_of_a_cut_report_is_that_of_all_of_them():
    assert videos(a="Total,,9\n" + FIRST, b=SECOND) == {"a.csv": (9, 9, "agrees")}


def test_a_total_repeated_in_every_file_of_a_cut_report_is_that_of_all_of_them():
    found = videos(a="Total,,9\n" + FIRST, b="Total,,9\n" + SECOND)
    assert found == {"a.csv": (9, 9, "agrees"), "b.csv": (9, 9, "agrees")}


def test_what_a_cut_report_lacks_is_missing_from_all_of_it():
    assert videos(a="Total,,12\n" + FIRST, b=SECOND) == {"a.csv": (12, 9, "absent_posts")}


def test_a_file_that_its_own_total_adds_up_needs_no_other():
    assert videos(a="Total,,7\n" + FIRST, b=SECOND) == {"a.csv": (7, 7, "agrees")}


def test_two_totals_are_of_two_reports():
    found = videos(a="Total,,8\n" + FIRST, b="Total,,3\n" + SECOND)
    assert found == {"a.csv": (8, 7, "absent_posts"), "b.csv": (3, 2, "absent_posts")}


def test_files_that_list_one_video_are_two_reports():
    found = videos(a="Total,,9\n" + FIRST, b=FIRST + SECOND)
    assert found == {"a.csv": (9, 7, "absent_posts")}


def test_a_total_that_all_files_together_exceed_is_that_of_its_own():
    assert videos(a="Total,,8\n" + FIRST, b=SECOND) == {"a.csv": (8, 7, "absent_posts")}


def test_the_same_bytes_twice_are_added_up_once():
    text = VIDEOS + "Total,,9\n" + FIRST + SECOND
    (loaded, _) = read(source("youtube/anna/a.csv", text), source("youtube/anna/b.csv", text))
    assert reasons([loaded]) == {"a.csv": (9, 9, "agrees")}


@pytest.mark.parametrize(
    ("cell", "reason"), [("many", "quarantined"), ("", "absent_posts"), ("1", "absent_posts")]
)
def test_only_a_cell_of_the_figure_that_cannot_be_read_is_a_reason(cell, reason):
    text = f"{VIDEOS}Total,,9\n{FIRST}not a video,B,{cell}\n"
    reading = read_one("youtube/anna/a.csv", text)
    assert reading.record.quarantined == 1
    assert reasons([reading])["a.csv"][-1] == reason


def formats(lines, header="Content type,Views,Watch time (hours)"):
    reading = read_one("youtube/anna/Table data.csv", f"{header}\n{lines}")
    return dict(reading.reconciliation.select("metric", "reason").iter_rows())


def test_formats_are_held_against_their_total():
    assert formats("Total,9,1.5\nVideos,7,1\nShorts,2,0.5\n") == {
        "views": "agrees",
        "watch_time_s": "agrees",
    }


def test_formats_too_small_to_be_listed_are_withheld_and_too_much_is_unexplained():
    assert formats("Total,9,1.5\nVideos,8,1.6\n") == {
        "views": "withheld",
        "watch_time_s": "unexplained",
    }


def test_a_breakdown_without_a_total_says_nothing_twice():
    assert formats("Videos,8,1.6\n") == {}
