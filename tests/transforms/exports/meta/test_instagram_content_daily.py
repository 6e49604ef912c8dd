from datetime import date

import pytest

from tests.transforms.deliveries.made_up import broken, read, read_one, rows, source

NAME = "instagram/anna/Mar-09-2026_Mar-18-2026_1019826952924933.csv"
HEADER = (
    '"Post ID","Account ID","Account username","Account name",Description,"Duration (sec)",'
    '"Publish time",Permalink,"Post type","Data comment",Date,Reach,Likes,Shares,Follows,'
    "Comments,Saves"
)
DAYS = [date(2026, 3, day) for day in range(9, 19)]


def line(post: int, day: str, likes: int) -> str:
    return (
        f"1790000000000000{post},17840000000000001,anna,Anna A,Hi,58,03/08/2026 01:30,"
        f"https://www.instagram.com/reel/a/,IG reel,,{day},80,{likes},3,1,2,4"
    )


def file(*lines: str, header: str = HEADER) -> str:
    return "\ufeff" + "\n".join([header, *lines])


@pytest.mark.parametrize("format", ["%m/%d/%Y", "%Y-%m-%d", "%d/%m/%Y"])
def test_a_row_per_post_and_day_fills_post_day_and_no_lifetime(format):
    lines = [line(post, day.strftime(format), day.day) for day in DAYS for post in (1, 2)]
    reading = read_one(NAME, file(*lines))
    assert (reading.record.export, reading.record.status) == ("instagram_content_daily", "loaded")
    assert (reading.record.loaded, reading.record.quarantined) == (20, 0)
    assert set(reading.tables) == {"post", "post_day"}
    assert rows(reading, "post_day", "post_id", "day", "likes", "reach", "views")[:3] == [
        ("17900000000000001", DAYS[0], 9, 80, None),
        ("17900000000000002", DAYS[0], 9, 80, None),
        ("17900000000000001", DAYS[1], 10, 80, None),
    ]


def test_what_a_post_is_stands_once():
    reading = read_one(NAME, file(*(line(1, f"{day:%m/%d/%Y}", 1) for day in DAYS)))
    assert rows(reading, "post", "post_id", "format", "row_number") == [
        ("17900000000000001", "reel", 2)
    ]


def test_a_single_day_of_which_both_orders_are_possible_is_read_as_publish_time_is():
    reading = read_one(NAME, file(line(1, "03/09/2026", 5), line(2, "03/09/2026", 6)))
    assert rows(reading, "post_day", "day", "likes") == [
        (date(2026, 3, 9), 5),
        (date(2026, 3, 9), 6),
    ]


def test_the_lifetime_twin_beside_it_keeps_its_totals():
    header = HEADER.replace(",Date,", ",Date,Views,")
    lifetime = line(1, "Lifetime,100", 90)
    days = file(*(line(1, f"{day:%m/%d/%Y}", 1) for day in DAYS))
    other = NAME.replace("1019826952924933", "2019826952924933")
    readings = read(source(NAME, file(lifetime, header=header)), source(other, days))
    by_export = {reading.record.export: reading for reading in readings}
    assert rows(by_export["instagram_content"], "post_lifetime", "likes") == [(90,)]
    assert set(by_export["instagram_content_daily"].tables) == {"post", "post_day"}


def test_a_word_among_the_days_is_quarantined():
    days = [line(1, f"{day:%m/%d/%Y}", 1) for day in DAYS]
    reading = read_one(NAME, file(*days, line(2, "Lifetime", 7)))
    assert reading.record.loaded == 10
    assert ("Date", "Lifetime") in {(column, value) for _, column, _, value in broken(reading)}


def test_a_header_alone_is_no_twin():
    assert read_one(NAME, file()).record.export == "instagram_content"
