from datetime import UTC, datetime

from tests.transforms.deliveries.made_up import broken, read_one, rows

HEADER = (
    "Post ID,Permalink,Post Message,Type,Countries,Languages,Posted,Audience Targeting,"
    "Lifetime Post Total Reach,Lifetime Post Total Impressions,Lifetime Post Consumptions"
)
DESCRIPTION = (
    ",,,,,,,,Lifetime: The number of people. (Unique Users),"
    '"Lifetime: The number of times, in all. (Total Count)",Lifetime: The clicks. (Total Count)'
)
NAME = "facebook/anna/Insights.csv"


def post(posted: str, number: int = 2, kind: str = "Photo") -> str:
    link = f"https://www.facebook.com/anna/posts/{number}:0"
    return f'1_{number},{link},"Come, all",{kind},,,{posted}, ,8,11,16'


def file(*lines: str) -> str:
    return "\n".join([HEADER, DESCRIPTION, *lines])


def test_a_row_fills_post_and_lifetime_under_the_id_that_the_business_suite_uses():
    reading = read_one(NAME, file(post("10/31/2015 21:00")))
    assert (reading.record.export, reading.record.status) == ("facebook_page_posts", "loaded")
    assert rows(reading, "post", "post_id", "account_ref", "published_at", "format", "caption") == [
        ("2", "1", datetime(2015, 10, 31, tzinfo=UTC), "image", "Come, all")
    ]
    assert rows(reading, "post", "published_at_source") == [("file_day",)]
    assert rows(reading, "post_lifetime", "reach", "impressions", "clicks", "likes") == [
        (8, 11, 16, None)
    ]


def test_the_record_that_describes_the_figures_is_no_data():
    record = read_one(NAME, file(post("10/31/2015 21:00"))).record
    assert (record.rows_in, record.loaded, record.not_data) == (2, 1, 1)


def test_a_day_that_can_be_read_twice_has_its_month_first_unless_another_cell_says_not():
    alone = read_one(NAME, file(post("10/1/2015 21:00")))
    assert rows(alone, "post", "published_at") == [(datetime(2015, 10, 1, tzinfo=UTC),)]
    both = read_one(NAME, file(post("10/1/2015 21:00"), post("31/1/2015 9:00", 3)))
    assert rows(both, "post", "published_at") == [
        (datetime(2015, 1, 10, tzinfo=UTC),),
        (datetime(2015, 1, 31, tzinfo=UTC),),
    ]


def test_actions_stand_in_columns_of_their_own_where_they_were_downloaded():
    actions = ",".join(
        f"Lifetime Post Stories by action type - {action}"
        for action in ("share", "like", "comment")
    )
    text = f"{HEADER},{actions}\n{post('10/31/2015 21:00', kind='Status')},3,9,4\n"
    reading = read_one(NAME, text)
    assert rows(reading, "post", "format") == [("text",)]
    assert rows(reading, "post_lifetime", "likes", "comments", "shares") == [(9, 4, 3)]


def test_an_id_without_a_page_is_quarantined():
    lines = [post("10/31/2015 21:00"), post("10/30/2015 21:00", 3).removeprefix("1_")]
    assert [value for *_, value in broken(read_one(NAME, file(*lines)))] == ["3"]
