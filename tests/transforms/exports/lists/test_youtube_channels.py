from datetime import date

import pytest

from tests.transforms.deliveries.made_up import broken, read_one, rows

SOCIAL_BLADE = "Rank\tGrade\tChannel name\tVideo Uploads\tSubscribers\tVideo views\n"
ON = "social blade 2025-09-30.csv"


def test_the_table_of_social_blade_is_read():
    text = f"{SOCIAL_BLADE}1st\tA++ \tAnna Tube\t1,120\t12.5M\t98765432\n22nd\t \tBo\t--\t-- \t7\n"
    reading = read_one(ON, text)
    assert reading.record.export == "list_social_blade"
    assert rows(
        reading, "listing", "source", "platform", "list_position", "account_ref", "account_name",
        "posts", "followers", "is_rounded", "views", "observed_on",
    ) == [
        ("social_blade", "youtube", 1, "name:Anna Tube", "Anna Tube", 1120, 12_500_000, True,
         98_765_432, date(2025, 9, 30)),
        ("social_blade", "youtube", 22, "name:Bo", "Bo", None, None, None, 7, date(2025, 9, 30)),
    ]  # fmt: skip


def test_a_shown_name_is_never_taken_for_a_handle():
    reading = read_one(ON, f"{SOCIAL_BLADE}1st\tA\tninja\t1\t2\t3\n")
    assert rows(reading, "listing", "account_ref", "account_handle") == [("name:ninja", None)]


def test_a_name_of_two_channels_tells_neither():
    text = f"{SOCIAL_BLADE}1st\tA\tMaria\t1\t9\t3\n2nd\tA\tmaria\t1\t8\t3\n3rd\tA\tMaria\t1\t7\t3\n"
    reading = read_one(ON, text)
    assert rows(reading, "listing", "account_ref") == [("name:maria",)]
    assert [row[1:3] for row in broken(reading)] == [
        ("Channel name", "is not a name that one account of the list has")
    ] * 2


def test_a_record_that_stands_twice_is_no_second_channel():
    line = "1st\tA\tMaria\t1\t9\t3\n"
    assert read_one(ON, SOCIAL_BLADE + line * 2).record.quarantined == 0


def test_a_list_of_the_same_figures_without_a_grade_is_another_list():
    text = (
        "rank,Youtuber,subscribers,video views,video count,category,started\n"
        '1,Anna Tube,"111,000,000","98,765,432,100",1234,Music,2006\n'
    )
    reading = read_one("most subscribed 2025-09-30.csv", text)
    assert rows(reading, "listing", "source", "followers", "views", "posts", "category") == [
        ("youtube_channels", 111_000_000, 98_765_432_100, 1234, "Music")
    ]


@pytest.mark.parametrize("header", ["Channel,Subs", "Name,Followers"])
def test_a_list_that_says_no_network_is_not_recognised(header):
    assert read_one(ON, f"{header}\nAnna,566K\n").record.status == "unrecognised"


def test_views_that_excel_cut_short_are_read_as_far_as_they_go():
    reading = read_one(ON, f"{SOCIAL_BLADE}1st\tA\tAnna\t1\t2.45E+08\t2.28E+11\n")
    told = rows(reading, "listing", "followers", "is_rounded", "views")
    assert told == [(245_000_000, True, 228_000_000_000)]


def test_a_table_with_shorter_headers_is_the_same():
    text = 'Rank,Grade,Display name,Videos,Subscribers,Views\n1,A+,Anna,"3,800","93,830",7\n'
    reading = read_one(ON, text)
    told = rows(reading, "listing", "account_name", "posts", "followers", "views")
    assert told == [("Anna", 3800, 93_830, 7)]
