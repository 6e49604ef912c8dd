from datetime import date

from tests.transforms.deliveries.made_up import read_one, rows

OVERVIEW = (
    "Date,Video views,Reached audience,Profile views,Likes,Shares,Comments,Phone number clicks ,"
    "Leads submission,Net growth,New followers,Lost followers"
)
AUDIENCE = "Date,New followers,Total followers,Reached audience,Engaged audience"


def business(header: str, *lines: str):
    return read_one("tiktok/anna/TIKTOK.csv", "\n".join(["\ufeff" + header, *lines]))


def test_the_overview_tells_net_gained_and_lost_followers():
    reading = business(OVERVIEW, "2025/10/31,715,NAN,25,26,4,-7,0,0,9,10,1")
    columns = (
        "day", "views", "reach", "profile_views", "likes_net", "shares_net", "comments_net",
        "net_follows", "gross_follows", "lost_follows",
    )  # fmt: skip
    assert rows(reading, "account_day", *columns) == [
        (date(2025, 10, 31), 715, None, 25, 26, 4, -7, 9, 10, 1)
    ]


def test_the_audience_tells_a_level_where_there_is_one():
    reading = business(AUDIENCE, "2025/11/01,100,--,75134,1801", "2025/11/02,26,640,19595,620")
    assert reading.record.export == "tiktok_business"
    columns = ("day", "followers", "gross_follows", "reach")
    assert rows(reading, "account_day", *columns) == [
        (date(2025, 11, 1), None, 100, 75134),
        (date(2025, 11, 2), 640, 26, 19595),
    ]


def test_swedish_headers_are_those_a_public_program_reads():
    reading = business("Datum,Videovisningar,Nettotillväxt", "2025-11-01,5,-1")
    assert rows(reading, "account_day", "views", "net_follows") == [(5, -1)]
