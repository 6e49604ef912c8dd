"""Days and moments where a year, a period or an offset changes, through whole files."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.deliveries.made_up import broken, read_one, rows
from transforms.cells import parse
from transforms.core.periods import lifetime_from_periods

LOS_ANGELES = ZoneInfo("America/Los_Angeles")
TABLE = "Content,Video title,Video publish time,Views\nTotal,,,7\naaaaaaaaaa1,A,{published},7\n"
META = (
    '"Post ID","Account ID","Account username","Account name",Description,"Duration (sec)",'
    '"Publish time",Permalink,"Post type","Data comment",Date,Views,Reach,Likes\n'
    "17900000000000001,178414,anna,Anna,A,0,{published},https://i/1,IG image,,{date},9,8,{day}"
)
X = "Post id,Date,Post text,Post Link,Impressions,Likes,Engagements"
X_DAYS = "Date,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Unfollows,Replies,Reposts"


def youtube(name: str, published: str = "Jan 5, 2026"):
    text = TABLE.format(published=f'"{published}"' if published else "")
    return read_one(f"youtube/anna/{name}.zip", text, member="Table data.csv")


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Content 2025-12-01_2026-01-01 Anna", date(2025, 12, 1), date(2025, 12, 31)),
        ("Content 2024-02-01_2024-03-01 Anna", date(2024, 2, 1), date(2024, 2, 29)),
        ("Content 2026-02-01_2026-03-01 Anna", date(2026, 2, 1), date(2026, 2, 28)),
        ("Content 2026-05-01_2026-05-02 Anna", date(2026, 5, 1), date(2026, 5, 1)),
        ("Content 2025-01-01_2026-01-01 My 2020-01-01_2021-01-01", date(2025, 1, 1),
         date(2025, 12, 31)),
        ("Inne\u00adhåll 2026-01-01_2026-02-01 Anna (1)", date(2026, 1, 1), date(2026, 1, 31)),
        ("Content 2026-05-01_2026-05-01 Anna", None, None),
        ("Content 2026-02-30_2026-03-30 Anna", None, None),
        ("Content since_start Anna", None, None),
        ("Content lifetime Anna", None, None),
    ],
)  # fmt: skip
def test_the_end_in_a_name_of_youtube_is_the_day_after_the_last(name, first, last):
    reading = youtube(name)
    assert rows(reading, "post_period", "period_start", "period_end") == [(first, last)]
    assert any("nothing tells its period" in note for note in reading.record.notes) == (not first)


def test_the_name_of_a_folder_tells_the_period_too():
    path = "youtube/anna/Content 2025-12-01_2026-01-01 Anna/Table data.csv"
    reading = read_one(path, TABLE.format(published=""))
    assert rows(reading, "post_period", "period_end") == [(date(2025, 12, 31),)]


@pytest.mark.parametrize(
    ("published", "lives"),
    [("Nov 30, 2025", False), ("Dec 1, 2025", True), ("Dec 31, 2025", True),
     ("Jan 1, 2026", False), ("", False)],
)  # fmt: skip
def test_a_period_is_a_lifetime_only_where_the_video_came_out_within(published, lives):
    tables = youtube("Content 2025-12-01_2026-01-01 Anna", published).tables
    post = tables["post"].rename({"account_ref": "account_id"}).lazy()
    found = lifetime_from_periods(tables["post_period"].lazy(), post).collect()
    expected = [(date(2025, 12, 31), 7)] if lives else []
    assert found.select("observed_on", "views").rows() == expected


def meta(published: str, day: str = "Lifetime"):
    text = META.format(published=published, date=day, day=1)
    return read_one("instagram/anna/Jan-01-2025_Dec-31-2026_1234567890.csv", text)


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("03/08/2026 01:59", (2026, 3, 8, 9, 59)),
        ("03/08/2026 02:00", (2026, 3, 8, 10, 0)),
        ("03/08/2026 02:30", (2026, 3, 8, 10, 30)),
        ("03/08/2026 03:00", (2026, 3, 8, 10, 0)),
        ("11/01/2026 00:59", (2026, 11, 1, 7, 59)),
        ("11/01/2026 01:00", (2026, 11, 1, 8, 0)),
        ("11/01/2026 01:59", (2026, 11, 1, 8, 59)),
        ("11/01/2026 02:00", (2026, 11, 1, 10, 0)),
        ("12/31/2025 23:59", (2026, 1, 1, 7, 59)),
        ("02/29/2024 16:00", (2024, 3, 1, 0, 0)),
    ],
)
def test_meta_writes_the_time_of_los_angeles_whatever_its_clock_does(written, utc):
    known = datetime(*utc, tzinfo=UTC)
    assert rows(meta(written), "post", "published_at") == [(known,)]


def test_february_29_of_another_year_is_no_time():
    assert broken(meta("02/29/2026 10:00"))[0][1] == "Publish time"


@settings(max_examples=300)
@given(st.datetimes(datetime(2010, 1, 1), datetime(2030, 1, 1)))  # noqa: DTZ001
def test_every_moment_comes_back_and_of_an_hour_that_repeats_the_earlier(moment):
    at = moment.replace(second=0, microsecond=0, tzinfo=UTC)
    local = at.astimezone(LOS_ANGELES)
    parsed = parse.moment("cell", "%m/%d/%Y %H:%M", "America/Los_Angeles")
    read = pl.DataFrame({"cell": [f"{local:%m/%d/%Y %H:%M}"]}).select(parsed.value).item()
    assert read == at - timedelta(hours=local.fold)


def test_days_of_a_daily_twin_run_over_new_year():
    header, _, record = META.partition("\n")
    days = [date(2025, 12, 27) + timedelta(days=step) for step in range(10)]
    lines = [
        record.format(published="12/20/2025 10:00", date=f"{day:%m/%d/%Y}", day=number)
        for number, day in enumerate(days)
    ]
    text = "\n".join([header.replace("Views,Reach", "Saves,Reach"), *lines])
    reading = read_one("instagram/anna/Dec-27-2025_Jan-05-2026_1234567890.csv", text)
    assert reading.record.export == "instagram_content_daily"
    assert rows(reading, "post_day", "day", "likes") == [
        (day, number) for number, day in enumerate(days)
    ]


def tiktok(at: datetime, label: str):
    link = f"https://www.tiktok.com/@anna/video/{int(at.timestamp()) << 32}"
    header = "Time,Video title,Video link,Post time,Total likes,Total comments,Total shares,"
    text = f"{header}Total views\n{label},A,{link},,1,1,1,1"
    return read_one("tiktok/anna/Content.csv", text)


@pytest.mark.parametrize(
    ("at", "label", "day"),
    [
        (datetime(2025, 12, 31, 23, 59, 59, tzinfo=UTC), "January 2", date(2026, 1, 2)),
        (datetime(2026, 1, 1, 0, 0, 0, tzinfo=UTC), "December 31", date(2025, 12, 31)),
        (datetime(2026, 1, 1, 0, 0, 0, tzinfo=UTC), "31 декабря", date(2025, 12, 31)),
        (datetime(2024, 2, 28, 12, tzinfo=UTC), "February 29", date(2024, 2, 29)),
        (datetime(2024, 2, 29, 12, tzinfo=UTC), "2月29日", date(2024, 2, 29)),
        (datetime(2024, 3, 1, 0, 30, tzinfo=UTC), "29 de fevereiro", date(2024, 2, 29)),
    ],
)
def test_an_id_of_tiktok_tells_the_year_of_a_label(at, label, day):
    reading = tiktok(at, label)
    assert rows(reading, "post", "published_at") == [(at,)]
    assert (reading.record.observed_on, reading.record.observed_on_source) == (day, "file")


def test_february_29_after_the_newest_upload_lies_in_no_year_before_arrival():
    reading = tiktok(datetime(2025, 3, 1, tzinfo=UTC), "February 29")
    assert reading.record.observed_on_source != "file"


def test_a_post_at_x_is_published_at_the_second_of_its_id_in_utc():
    at = datetime(2026, 1, 1, 0, 0, 1, tzinfo=UTC)
    post = (int(at.timestamp() * 1000) - 1_288_834_974_657) << 22
    line = f'{post},"Wed, Dec 31, 2025",Hi,https://x.com/anna/status/{post},1,1,1'
    reading = read_one("x/anna/account_analytics_content_2025-12-01_2026-01-31.csv", f"{X}\n{line}")
    assert rows(reading, "post", "published_at", "published_at_source") == [(at, "post_id")]


def test_days_at_x_run_back_over_new_year_and_leap_day():
    days = [date(2024, 3, 1), date(2024, 2, 29), date(2024, 1, 1), date(2023, 12, 31)]
    lines = [f'"{day:%a, %b} {day.day}, {day.year}",9,1,1,1,1,1,1,1,1' for day in days]
    reading = read_one("x/anna/account_overview_analytics.csv", "\n".join([X_DAYS, *lines]))
    assert rows(reading, "account_day", "day") == [(day,) for day in days]
