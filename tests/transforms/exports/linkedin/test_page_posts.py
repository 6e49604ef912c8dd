from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.deliveries.made_up import broken, rows
from tests.transforms.exports.linkedin.workbooks import PAGE, POST, read_sheet

PROSE = ["Engagement of individual posts. All dates and times are in UTC."]
HEADER = ["Post title", "Post link", "Post type", "Campaign name", "Posted by", "Created date",
          "Impressions", "Views", "Clicks", "Likes", "Comments", "Reposts", "Follows",
          "Engagement rate", "Content Type"]  # fmt: skip
LINK = f"{POST}7406535690785632256"


def post(kind: str, *figures: str, link: str = LINK, content: str = "") -> list[str]:
    """Write a record: impressions, clicks, likes, comments, reposts, follows."""
    impressions, clicks, likes, comments, reposts, follows = figures
    return ["A title", link, kind, "", "Somebody", "12/16/2025", impressions, "", clicks, likes,
            comments, reposts, follows, "0.1", content]  # fmt: skip


ORGANIC = post("Organic", "100", "10", "5", "1", "2", "")
SPONSORED = post("Sponsored", "40", "3", "0", "0", "0", "0")
AGAIN = post("Sponsored", "60", "1", "1", "0", "0", "0")
TOTAL = post("Total", "200", "14", "6", "1", "2", "0")
OTHER = post("Organic", "7", "1", "1", "0", "0", "", link=f"{POST}7406100249858990080")
COUNTERS = ("impressions", "clicks", "likes", "comments", "shares", "views")


def test_a_boosted_post_is_its_total_once():
    reading = read_sheet(
        PAGE, "All_posts", [PROSE, HEADER, OTHER, ORGANIC, SPONSORED, AGAIN, TOTAL]
    )
    assert (reading.record.export, reading.record.loaded) == ("linkedin_page_posts", 2)
    assert reading.record.not_data == 3
    assert rows(reading, "post_lifetime", "post_id", *COUNTERS) == [
        ("7406100249858990080", 7, 1, 1, 0, 0, None),
        ("7406535690785632256", 200, 14, 6, 1, 2, None),
    ]
    assert reading.record.notes == (
        "1 of 2 posts were boosted: their totals are stored, of which 100 impressions are organic "
        "and 100 sponsored",
    )


def test_a_total_that_its_parts_do_not_make_is_told():
    reading = read_sheet(PAGE, "All_posts", [PROSE, HEADER, ORGANIC, SPONSORED, TOTAL])
    found = reading.reconciliation.filter(metric="impressions").row(0, named=True)
    assert (found["said"], found["found"], found["records"]) == (200, 140, 1)


def test_follows_that_leave_the_organic_ones_out_are_not_reported():
    told = [*ORGANIC[:12], "4", *ORGANIC[13:]]
    silent = read_sheet(PAGE, "All_posts", [PROSE, HEADER, ORGANIC, SPONSORED, TOTAL])
    full = [*TOTAL[:12], "4", *TOTAL[13:]]
    speaking = read_sheet(PAGE, "All_posts", [PROSE, HEADER, told, SPONSORED, full])
    assert rows(silent, "post_lifetime", "follows") == [(None,)]
    assert rows(speaking, "post_lifetime", "follows") == [(4,)]


def test_what_was_only_sponsored_is_no_post_of_the_page():
    reading = read_sheet(PAGE, "All_posts", [PROSE, HEADER, OTHER, SPONSORED])
    assert rows(reading, "post", "post_id") == [("7406100249858990080",)]


def test_the_moment_of_publication_is_in_the_id():
    reading = read_sheet(PAGE, "All_posts", [PROSE, HEADER, ORGANIC])
    assert rows(reading, "post", "published_at", "published_at_source", "url", "caption") == [
        (datetime(2025, 12, 16, 3, 28, 35, 462000, UTC), "post_id", LINK, "A title")
    ]


def test_who_posted_is_stored_nowhere():
    reading = read_sheet(PAGE, "All_posts", [PROSE, HEADER, ORGANIC])
    assert reading.record.unknown_headers == ()
    for table in reading.tables.values():
        assert "Somebody" not in str(table.rows())


@pytest.mark.parametrize(
    ("content", "format"),
    [("", None), ("Document", "carousel"), ("Video", "video"), ("Poll", "other")],
)
def test_a_content_type_is_a_format(content, format):
    record = post("Organic", "1", "1", "1", "1", "1", "", content=content)
    assert rows(read_sheet(PAGE, "All_posts", [PROSE, HEADER, record]), "post", "format") == [
        (format,)
    ]


def test_a_post_type_nobody_knows_is_quarantined():
    strange = post("Biologique", "1", "1", "1", "1", "1", "")
    (found,) = broken(read_sheet(PAGE, "All_posts", [PROSE, HEADER, OTHER, strange]))
    assert found[1:] == (
        "Post type", "is not a known word for one of total, organic, sponsored", "Biologique",
    )  # fmt: skip


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.tuples(st.integers(1, 99), st.lists(st.integers(0, 99), max_size=3)), min_size=1)
)
def test_whatever_was_boosted_sums_to_what_was_seen(posts):
    records = []
    for number, (organic, campaigns) in enumerate(posts):
        link = f"{POST}{7406535690785632256 + number}"
        seen = [("Organic", organic), *(("Sponsored", paid) for paid in campaigns)]
        if campaigns:
            seen.append(("Total", organic + sum(campaigns)))
        records += [post(kind, str(n), "0", "0", "0", "0", "", link=link) for kind, n in seen]
    reading = read_sheet(PAGE, "All_posts", [PROSE, HEADER, *reversed(records)])
    table = reading.tables["post_lifetime"]
    assert table.height == len(posts)
    assert table["impressions"].sum() == sum(organic + sum(paid) for organic, paid in posts)
