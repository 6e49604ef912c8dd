import tomllib
from datetime import UTC, date, datetime
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.deliveries.made_up import broken, read, rows, source
from transforms.exports import EXPORTS
from transforms.mappings.conflicts import conflict
from transforms.mappings.declared import KEYS
from transforms.mappings.mapping import read_mapping
from transforms.mappings.problems import MappingError

LIST = """
platform = "instagram"
kind = "listing"
decimal = ","
[columns]
account_ref = "Profil"
followers = { header = ["Følgere", "Fans"], as = "suffixed" }
listed_engagement_share = { header = "ER", as = "percent" }
audience_country = { header = "Land", optional = true }
observed_on = { header = "Dato", as = "dmy" }
[not_data]
account_ref = ["Total"]
"""


def read_by(mapping: str, path: str, content: str):
    export = read_mapping(mapping, "ours")
    (reading,) = read(source(path, content), exports={"ours": export})
    return reading


def problems(mapping: str) -> str:
    with pytest.raises(MappingError) as raised:
        read_mapping(mapping, "ours")
    return str(raised.value)


def test_a_list_is_read_by_its_mapping_alone():
    text = "Profil;Fans;ER;Dato;Land\n@Anna;12,5k;3,4 %;1/2/2026;Danmark\nTotal;;;;\n"
    reading = read_by(LIST, "lists/agency.csv", text)
    assert reading.record.not_data == 1
    assert rows(
        reading, "listing", "source", "platform", "account_ref", "followers", "is_rounded",
        "listed_engagement_share", "observed_on", "audience_country",
    ) == [("ours", "instagram", "anna", 12_500, True, 0.034, date(2026, 2, 1), "DK")]  # fmt: skip


def test_a_cell_that_breaks_the_declared_rule_is_quarantined_under_the_files_own_header():
    reading = read_by(LIST, "a.csv", "Profil;Fans;ER;Dato\nanna;12.5;1;1/2/2026\n")
    assert [row[1:] for row in broken(reading)] == [
        ("Fans", "is not a whole number like 48,5M whose language is certain", "12.5")
    ]


def test_a_column_can_tell_the_network():
    mapping = """
kind = "listing"
[columns]
platform = { header = "Net", words = { "IG" = "instagram" } }
account_ref = "Who"
followers = { header = "Thousands", as = "thousands" }
"""
    text = "Net,Who,Thousands\nIG,anna,12.5\nTikTok,bo,3\nOrkut,eve,1\n"
    reading = read_by(mapping, "lists 2026-05-31.csv", text)
    assert rows(reading, "listing", "platform", "account_ref", "followers") == [
        ("instagram", "anna", 12_500),
        ("tiktok", "bo", 3_000),
    ]
    assert reading.quarantine.height == 1


def test_days_of_an_account_take_the_account_from_the_folder():
    mapping = """
platform = "youtube"
kind = "account_day"
[columns]
day = { header = "Day", as = "mdy" }
followers = "Subs"
watch_time_s = { header = "Watched", as = "hours" }
estimated_revenue = { header = "Revenue ({currency})" }
"""
    text = 'Day,Subs,Watched,Revenue (DKK)\n5/13/2026,"1,200",1.5,$2.50\n'
    reading = read_by(mapping, "youtube/anna/report.csv", text)
    assert rows(
        reading, "account_day", "account_ref", "day", "followers", "watch_time_s",
        "estimated_revenue", "currency",
    ) == [("anna", date(2026, 5, 13), 1200, 5400.0, 2.5, "DKK")]  # fmt: skip


def test_posts_fill_two_tables_with_local_times_in_utc():
    mapping = """
platform = "instagram"
kind = ["post", "post_lifetime"]
catalogue = "complete"
time_zone = "Europe/Copenhagen"
[columns]
post_id = "Id"
published_at = { header = "Time", as = "%d.%m.%Y %H:%M" }
format = { header = "Type", words = { "Reels" = "reel" } }
views = "Plays"
"""
    text = "Id;Time;Type;Plays\n178123;01.06.2026 12:00;Reels;10\n"
    reading = read_by(mapping, "instagram/anna/r.csv", text)
    assert rows(reading, "post", "published_at", "format", "catalogue", "account_ref") == [
        (datetime(2026, 6, 1, 10, tzinfo=UTC), "reel", "complete", "anna")
    ]
    assert rows(reading, "post_lifetime", "post_id", "views") == [("178123", 10)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('platform = "instagrm"', "did you mean instagram?"),
        ('kind = "listings"', "did you mean listing?"),
        ('decimal = ";"', "decimal: \";\" is none of '.', ','"),
        ("plattform = 1", "plattform: no such key; did you mean platform?"),
        ('time_zone = "Danish"', "is no IANA zone"),
    ],
)
def test_a_wrong_key_is_an_error_with_advice(line, said):
    key = line.partition(" ")[0]
    kept = [one for one in LIST.splitlines() if not one.startswith(f"{key} =")]
    assert said in problems("\n".join([line, *kept]))


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('follower = "x"', "columns.follower: no such column; did you mean followers?"),
        ('credibility_share = "x"', "in percent or as a fraction of 1"),
        ('average_likes = { header = "x", as = "hours" }', "write one of suffixed, thousands"),
        ('average_likes = ""', "its header is"),
        ('category = "ER"', '"ER" is the header of listed_engagement_share, too'),
        ('category = { header = "x", currency = "DKK" }', "has no currency"),
        ('category = { header = "x", words = { a = "b" } }', "words: only format and platform"),
        ('observed_at = "x"', "no such column"),
        ('source = "x"', "columns.source: no such column"),
    ],
)
def test_a_wrong_column_is_an_error_with_advice(entry, said):
    assert said in problems(LIST.replace("[not_data]", f"{entry}\n[not_data]"))


def test_everything_that_is_wrong_is_said_at_once():
    found = problems('kind = "post"\nx = 1\n[columns]\nurl = "u"\nviews = "v"\n').splitlines()
    assert len(found) == 6


def test_money_needs_its_currency():
    mapping = LIST.replace('"listing"', '"account_day"').split("[columns]")[0]
    said = problems(f'{mapping}[columns]\nday = "D"\nestimated_revenue = "R"\n')
    assert "money without a currency" in said


def test_a_local_time_needs_its_zone():
    said = problems(
        'platform = "x"\nkind = "post"\ncatalogue = "top"\n[columns]\npost_id = "i"\n'
        'published_at = { header = "t", as = "%d.%m.%Y %H:%M" }\n'
    )
    assert said.startswith("time_zone: published_at has a time of day and no offset")


@pytest.mark.parametrize("text", ["kind = ", "", "columns = 3", '[columns]\na = "b"'])
def test_what_is_no_mapping_is_an_error_of_ours(text):
    assert problems(text)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["header", "as", "words", "currency", "x"]), inner)
    ),
    max_leaves=4,
)


@settings(deadline=None)
@given(
    key=st.sampled_from([*KEYS, "x"]),
    value=VALUES,
    column=st.sampled_from(["followers", "format", "published_at", "currency", "platform"]),
    entry=VALUES,
)
def test_whatever_stands_in_a_mapping_is_a_mapping_or_an_error_of_ours(key, value, column, entry):
    told = tomllib.loads(LIST) | {key: value}
    if isinstance(told["columns"], dict):
        told["columns"] = told["columns"] | {column: entry}
    with mock.patch("transforms.mappings.declared.tomllib.loads", return_value=told):
        name, reason = None, ""
        try:
            name = read_mapping("", "ours").name
        except MappingError as error:
            reason = str(error)
    assert (name == "ours") != bool(reason)


LINKED = """
platform = "instagram"
kind = "listing"
[columns]
account_ref = { header = "Who", as = "link" }
followers = "Fans"
"""


def test_a_link_to_the_account_is_read_for_its_handle():
    text = "Who,Fans\nhttps://www.instagram.com/Anna.B/?hl=en,7\nhttps://a.b/anna,8\n"
    reading = read_by(LINKED, "list 2026-05-31.csv", text)
    assert rows(reading, "listing", "account_ref", "account_handle") == [("anna.b", "anna.b")]
    assert [row[1:] for row in broken(reading)] == [
        ("Who", "is not a link to an account, as https://instagram.com/anna", "https://a.b/anna")
    ]


def test_a_link_is_no_handle():
    text = "Who,Fans\nhttps://www.instagram.com/anna,7\n@anna,8\n"
    reading = read_by(LINKED.replace("link", "handle"), "list 2026-05-31.csv", text)
    assert rows(reading, "listing", "account_ref", "followers") == [("anna", 8)]
    assert 'as = "link"' in broken(reading)[0][2]


def test_a_list_of_shown_names_joins_nothing():
    text = "Who,Fans\nAnna B,7\nBo,8\nBo,9\n"
    reading = read_by(LINKED.replace("link", "name"), "list 2026-05-31.csv", text)
    told = rows(reading, "listing", "account_ref", "account_handle", "account_name", "followers")
    assert told == [("name:Anna B", None, "Anna B", 7)]
    assert reading.record.quarantined == 2


def test_shown_names_are_for_lists_and_give_the_name_themselves():
    posts = LINKED.replace("link", "name").replace(
        'kind = "listing"', 'kind = ["post", "post_lifetime"]\ncatalogue = "top"'
    )
    assert 'as = "name" is for lists' in problems(posts)
    both = LINKED.replace("link", "name") + 'account_name = "Name"\n'
    assert "gives it already; leave it out" in problems(both)


def test_a_network_without_tables_is_said_to_have_none():
    wrong = problems(LINKED.replace('"instagram"', '"twitch"'))
    assert "no network that has tables here" in wrong
    assert "stays archived" in wrong


def test_a_time_with_a_fraction_of_a_second_is_read():
    mapping = """
platform = "instagram"
kind = "post"
catalogue = "top"
time_zone = "UTC"
[columns]
post_id = "Id"
published_at = { header = "Time", as = "%Y-%m-%dT%H:%M:%S%.fZ" }
"""
    reading = read_by(mapping, "instagram/anna/r.csv", "Id,Time\n1,2026-06-01T12:00:00.5Z\n")
    assert rows(reading, "post", "published_at") == [
        (datetime(2026, 6, 1, 12, 0, 0, 500_000, tzinfo=UTC),)
    ]


def test_a_report_on_several_networks_is_not_taken_for_an_export_of_one():
    mapping = """
kind = ["post", "post_lifetime"]
catalogue = "complete"
[columns]
platform = "Network"
account_ref = "Profile"
post_id = "Post ID"
url = "Link"
impressions = "Impressions"
"""
    ours = read_mapping(mapping, "report")
    assert conflict(ours, EXPORTS) is None
    text = (
        "Network,Profile,Post ID,Link,Impressions\n"
        "X,anna,1891560000000000000,https://x.com/anna/status/1891560000000000000,3\n"
        "Instagram,anna,18000000000000001,https://www.instagram.com/p/D/,4\n"
        "TikTok,anna,7400000000000000001,https://www.tiktok.com/@anna/video/7,5\n"
    )
    (reading,) = read(
        source("instagram/anna/r 2026-05-31.csv", text), exports={**EXPORTS, "report": ours}
    )
    assert (reading.record.export, reading.record.loaded) == ("report", 3)
