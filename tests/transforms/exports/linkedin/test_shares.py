from datetime import UTC, date, datetime

from tests.transforms.deliveries.made_up import broken, read_one, rows

HEADER = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility"
LINK = "https://www.linkedin.com/feed/update/urn%3Ali%3A"
ID = "7434870248701952000"


def shares(*lines: str) -> str:
    return "\n".join([HEADER, *lines]) + "\n"


def test_a_share_is_a_post_with_its_text_and_the_moment_in_its_id():
    text = shares(f"2026-03-04 08:00:00,{LINK}share%3A{ID},One line,,,MEMBER_NETWORK")
    reading = read_one("linkedin/anna/Shares.csv", text)
    assert (reading.record.export, reading.record.status) == ("linkedin_shares", "loaded")
    assert rows(reading, "post", "post_id", "caption", "account_ref", "published_at") == [
        (ID, "One line", "anna", datetime(2026, 3, 4, 8, 0, 0, 500_000, UTC))
    ]
    assert reading.record.observed_on >= date(2026, 3, 4)


def test_line_breaks_between_quotes_are_line_breaks_and_other_quotes_stay():
    quoted = '"First ""\n""""\n""line, said ""so"""'
    plain = '"He said ""\nand left"'
    text = shares(
        f"2026-03-04 08:00:00,{LINK}share%3A{ID},{quoted},,,MEMBER_NETWORK",
        f"2026-03-04 08:00:00,{LINK}ugcPost%3A7385721392332800000,{plain},,,MEMBER_NETWORK",
    )
    assert rows(read_one("linkedin/anna/Shares.csv", text), "post", "caption") == [
        ('First \n\nline, said "so"',),
        ('He said "\nand left',),
    ]


def test_a_post_to_a_group_has_its_own_id_behind_the_groups():
    text = shares(
        f"2025-10-21 12:00:00,{LINK}groupPost%3A1234567-7386370670592000000,A,,,MEMBER_NETWORK"
    )
    reading = read_one("linkedin/anna/Shares.csv", text)
    assert rows(reading, "post", "post_id") == [("7386370670592000000",)]


def test_a_link_without_an_id_is_quarantined():
    text = shares(
        f"2026-03-04 08:00:00,{LINK}share%3A{ID},A,,,MEMBER_NETWORK",
        "2026-03-04 08:00:00,https://www.linkedin.com/in/anna,B,,,MEMBER_NETWORK",
    )
    reading = read_one("linkedin/anna/Shares.csv", text)
    assert (reading.record.loaded, reading.record.quarantined) == (1, 1)
    assert broken(reading)[0][1] == "ShareLink"
