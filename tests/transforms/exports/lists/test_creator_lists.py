from datetime import date

import pytest

from tests.transforms.deliveries.made_up import broken, read, read_one, rows, source

TIKTOK = "S.no,Tiktoker name,Tiktok name,Subscribers,Subscribers,Views avg.,Views avg."
INSTAGRAM = "Rank,name,instagram name,Category_1,followers,country,Eng. (Auth.),Eng. (Avg.)"


def test_suffixes_are_read_and_the_twin_in_digits_is_left():
    reading = read_one(
        "tiktok list SEP 2025.csv",
        f"{TIKTOK}\n1,anna.b,Anna B,13.8M,13800000,6.4M,6400000\n2.00,bo_c,Bo,900,900,N/A',-\n",
    )
    assert rows(
        reading, "listing", "account_ref", "account_name", "followers", "is_rounded",
        "average_views", "list_position",
    ) == [
        ("anna.b", "Anna B", 13_800_000, True, 6_400_000.0, 1),
        ("bo_c", "Bo", 900, False, None, 2),
    ]  # fmt: skip


def test_the_month_in_the_name_is_the_day_of_observation_as_an_estimate():
    record = read_one("tiktok list SEP 2025.csv", f"{TIKTOK}\n1,a,A,1,1,1,1\n").record
    assert (record.observed_on, record.observed_on_source) == (date(2025, 9, 30), "period_end")
    assert record.observed_on_is_exact is False
    assert record.account_ref is None


def test_a_list_whose_day_nothing_tells_is_refused():
    record = read_one("tiktok list.csv", f"{TIKTOK}\n1,a,A,1,1,1,1\n").record
    assert record.status == "refused"
    assert "put that day into the name" in record.reason


@pytest.mark.parametrize("handles", ["name", "instagram name"])
def test_the_column_that_looks_like_handles_is_the_account(handles):
    names = {"name": "Anna Bager", "instagram name": "Anna Bager", handles: "anna.bager"}
    line = f"1,{names['name']},{names['instagram name']},Food,12.5K,Denmark,1K,2K"
    reading = read_one("list 2025-09-30.csv", f"{INSTAGRAM}\n{line}\n")
    assert rows(reading, "listing", "account_ref", "account_name", "audience_country") == [
        ("anna.bager", "Anna Bager", "DK")
    ]


def test_an_account_without_a_handle_has_its_shown_name():
    lines = "1,a.b,Anna,9,9,9,9\n2,Bo & Bo,Bo & Bo,8,8,8,8\n"
    reading = read_one("list 2025-09-30.csv", f"{TIKTOK}\n{lines}")
    assert rows(reading, "listing", "account_ref", "account_handle", "account_name") == [
        ("a.b", "a.b", "Anna"),
        ("name:Bo & Bo", None, "Bo & Bo"),
    ]


def test_a_shown_name_that_two_accounts_have_tells_none_of_them():
    lines = "1,Bo & Bo,Bo & Bo,9,9,9,9\n2,Bo & Bo,Bo & Bo,8,8,8,8\n3,a.b,A,7,7,7,7\n"
    reading = read_one("list 2025-09-30.csv", f"{TIKTOK}\n{lines}")
    assert reading.record.loaded == 1
    assert [row[1:] for row in broken(reading)] == [
        ("Tiktoker name", "is not a name that one account of the list has", "Bo & Bo")
    ] * 2


def test_figures_under_shifted_headers_are_left_and_the_rest_is_read():
    header = "instagram name,influencer name ,Subscribers count,Views avg.,Likes avg"
    reading = read_one("list june 2025.csv", f"{header}\nanna.b,Anna,12K,Denmark,3.1K\n")
    assert rows(reading, "listing", "followers", "average_views", "average_likes") == [
        (12_000, None, None)
    ]
    assert any("words stand under 'Views avg.'" in note for note in reading.record.notes)


def test_a_spreadsheets_error_in_the_figure_that_is_read_is_quarantined():
    reading = read_one("list 2025-09-30.csv", f"{TIKTOK}\n1,a.b,A,#VALOR!,1,1,1\n2,b,B,2,2,2,2\n")
    assert [row[1:3] for row in broken(reading)] == [
        ("Subscribers", "is not a whole number like 48.5M whose language is certain")
    ]


def test_a_list_lends_no_account_and_no_day_to_the_files_beside_it():
    readings = read(
        source("tiktok/anna/list 2025-09-30.csv", f"{TIKTOK}\n1,stranger,S,1,1,1,1\n"),
        source("tiktok/anna/FollowerHistory.csv", "Date,Followers\n2026-06-01,10\n"),
    )
    other = next(one.record for one in readings if "History" in one.record.path)
    assert other.account_ref != "stranger"
    assert other.observed_on_source != "sibling"


def test_the_list_of_the_greatest_on_instagram_is_read():
    header = "rank,Influencer Name,influence Score,Total Posts,Followers,Avg likes,60 Day Eng Rate"
    reading = read_one("top 2025-01-02.csv", f"{header}\n1,anna.b,92,3.3k,475.8m,8.7m,1.39%\n")
    assert rows(reading, "listing", "source", "posts", "listed_engagement_share") == [
        ("top_instagram", 3300, 0.0139)
    ]
