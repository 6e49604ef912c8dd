from datetime import date

from tests.transforms.deliveries.made_up import read_one, rows

NAME = "facebook/anna/Mar-09-2026_Mar-18-2026_1019826952924933.csv"
HEADER = (
    '"Post ID","Page ID","Page name",Title,Description,"Duration (sec)","Publish time",'
    'Permalink,"Post type","Data comment",Date,Reach,"Reactions, Comments and Shares",'
    'Reactions,Comments,Shares,"Total clicks"'
)


def test_a_row_per_post_and_day_fills_post_day_and_no_lifetime():
    lines = [
        f"900000000000001,100000000000001,Anna,A title,,0,06/01/2025 12:00,https://f/1,Photos,,"
        f"03/{day:02d}/2026,30,6,3,2,1,{day}"
        for day in range(9, 19)
    ]
    reading = read_one(NAME, "\n".join([HEADER, *lines]))
    assert reading.record.export == "facebook_content_daily"
    assert set(reading.tables) == {"post", "post_day"}
    found = rows(reading, "post_day", "day", "reactions_comments_shares", "reactions", "clicks")
    assert found == [(date(2026, 3, day), 6, 3, day) for day in range(9, 19)]
    assert rows(reading, "post", "account_ref", "format") == [("100000000000001", "image")]
