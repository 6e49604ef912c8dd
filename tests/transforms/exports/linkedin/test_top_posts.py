from datetime import UTC, date, datetime

from tests.transforms.deliveries.made_up import read_one, rows
from tests.transforms.exports.linkedin.workbooks import MEMBER, POST, read_sheet, read_sheets

NOTE = ["Maximum of 50 posts available to include in this list"]
ONE, TWO = f"{POST}7406535690785632256", f"{POST}7406100249858990080"
OLD = "https://www.linkedin.com/posts/anna_activity-7352615432538750976-abc?utm_source=x"
FIGURES = ("post_id", "reactions_comments_shares", "impressions")


def table(blank: str = "") -> list[list[str]]:
    """Write two rankings of unequal length, parted by a column of `blank`."""
    return [
        NOTE, [],
        ["Post URL", "Post Publish Date", "Engagements", blank,
         "Post URL", "Post Publish Date", "Impressions"],
        [ONE, "12/16/2025", "3", blank, TWO, "12/14/2025", "1358"],
        [blank, blank, blank, blank, ONE, "12/16/2025", "10"],
        [blank, blank, blank, blank, OLD, "7/20/2025", "2"],
    ]  # fmt: skip


def test_the_two_rankings_are_joined_on_the_posts_id():
    reading = read_sheet(MEMBER, "TOP_POSTS", table())
    assert (reading.record.export, reading.record.loaded) == ("linkedin_top_posts", 3)
    assert rows(reading, "post_period", *FIGURES, "period_start", "period_end") == [
        ("7406535690785632256", 3, 10, date(2025, 12, 10), date(2025, 12, 16)),
        ("7406100249858990080", None, 1358, date(2025, 12, 10), date(2025, 12, 16)),
        ("7352615432538750976", None, 2, date(2025, 12, 10), date(2025, 12, 16)),
    ]


def test_the_sheet_saved_as_csv_is_told_by_the_note_above_it():
    written = "".join(",".join([*line, *[""] * (7 - len(line))]) + "\n" for line in table())
    reading = read_one("linkedin/anna/TOP POSTS 2025-12-17.csv", written)
    assert (reading.record.export, reading.record.rows_in) == ("linkedin_top_posts", 3)


def test_a_number_that_stands_for_blank_cells_is_none():
    plain, numbered = (read_sheet(MEMBER, "TOP_POSTS", table(blank)) for blank in ("", "481"))
    assert rows(numbered, "post_period", *FIGURES) == rows(plain, "post_period", *FIGURES)
    assert numbered.record.quarantined == 0


def test_they_are_the_best_and_no_catalogue():
    reading = read_sheet(MEMBER, "TOP_POSTS", table())
    assert set(rows(reading, "post", "catalogue")) == {("top",)}
    assert rows(reading, "post", "published_at")[2] == (
        datetime(2025, 7, 20, 8, 28, 44, 106000, UTC),
    )


def test_one_ranking_may_be_empty():
    rankings = [row if place < 3 else ["", "", "", "", *row[4:]]
                for place, row in enumerate(table())]  # fmt: skip
    reading = read_sheet(MEMBER, "TOP_POSTS", rankings)
    assert {row[1] for row in rows(reading, "post_period", *FIGURES)} == {None}


def test_the_note_tells_it_where_the_sheet_was_renamed():
    for blank in ("", "481"):
        assert read_sheet(MEMBER, "Sheet1", table(blank)).record.export == "linkedin_top_posts"


def test_the_days_beside_it_tell_its_period_where_the_name_does_not():
    days = [["Date", "Impressions", "Engagements"], ["12/15/2025", "1", "0"],
            ["12/16/2025", "1", "0"]]  # fmt: skip
    found = read_sheets("linkedin/anna/a.xlsx", ENGAGEMENT=days, TOP_POSTS=table("481"))
    top = found["TOP POSTS"]
    assert rows(top, "post_period", "period_start", "period_end")[0] == (
        date(2025, 12, 15), date(2025, 12, 16),
    )  # fmt: skip


def test_other_columns_than_links_and_figures_are_refused():
    record = read_sheet(MEMBER, "TOP_POSTS", [NOTE, [], ["A", "B"], ["1", "2"]]).record
    assert record.status == "refused"
    assert "a link and a figure are expected" in record.reason
