import pytest

from transforms.mappings.draft import draft
from transforms.mappings.mapping import read_mapping
from transforms.reading.tables import read_tables

LIST = """Profile;Network;Followers;ER;Notes;As of
@anna.b;Instagram;12,5K;3,4 %;nice;27.05.2026
bo;TikTok;900;1,1 %;;13.05.2026
"""
DAYS = "Date,Followers,Watch hours\n05/13/2026,10,1.5\n05/14/2026,11,2.5\nTotal,,4.0\n"


def drafted(text: str, *kinds: str, platform: str | None = None) -> str:
    (table,) = read_tables(text.encode(), "a.csv")
    return draft(table, kinds, platform)


def test_a_list_is_drafted_with_its_rules_as_its_values_show_them():
    told = drafted(LIST)
    assert 'kind = "listing"' in told
    assert 'decimal = ","' in told
    mapping = read_mapping(told, "drafted")
    assert mapping.platform is None
    assert set(mapping.columns) >= {
        "platform", "account_ref", "followers", "listed_engagement_share"
    }  # fmt: skip


def test_a_header_nobody_knows_stands_commented_out_with_its_values():
    assert '# ... = "Notes"  # unknown, e.g. nice' in drafted(LIST)


def test_a_report_by_day_tells_order_unit_and_what_is_a_total():
    told = drafted(DAYS, platform="youtube")
    assert 'kind = "account_day"' in told
    assert 'day = { header = "Date", as = "mdy" }' in told
    assert 'as = "hours"' in told
    assert 'day = ["Total"]' in told
    assert read_mapping(told, "drafted").platform == "youtube"


def test_what_is_needed_and_not_found_is_said():
    assert '# account_ref = "..."  # needed, and no header is like it' in drafted(DAYS, "listing")


POSTS = (
    "Date,Post ID,Network,Post Type,Profile,Link,Post,Impressions,Likes,Dislikes,Paid Reach\n"
    '12/30/2025 9:40 am,18000000000000001,Instagram,Reel,Anna B,https://a.b/c,hi,"1,200",3,,\n'
    "12/15/2025 11:25 am,7400000000000000002,LinkedIn,Post,Bo,https://a.b/d,ho,20,1,1,5\n"
)


def test_a_report_with_ids_of_posts_is_about_posts_and_says_when():
    told = drafted(POSTS)
    assert 'kind = ["post", "post_lifetime"]' in told
    assert 'published_at = { header = "Date", as = "%m/%d/%Y %I:%M %p" }' in told
    assert '# time_zone = "..."  # needed' in told
    assert 'post_id = "Post ID"' in told
    assert '\nlikes = "Likes"' in told
    assert '# account_ref = { header = "Profile", as = "id" }' in told


def test_words_of_the_file_that_are_none_of_ours_are_asked_for():
    assert 'format = { header = "Post Type", words = { "Post" = "..." } }' in drafted(POSTS)


def test_a_header_with_a_word_more_names_another_figure():
    told = drafted(POSTS)
    assert '\nlikes = "Dislikes"' not in told
    assert '\nreach = "Paid Reach"' not in told


def test_the_id_of_an_account_makes_no_post():
    text = "id,username,Followers\n1234567890,anna,10\n2345678901,bo,20\n"
    assert 'kind = "listing"' in drafted(text)


def test_several_days_of_one_post_are_its_days():
    text = "Date,Video ID,Views\n2026-05-01,aaaaaaaaaa1,1\n2026-05-02,aaaaaaaaaa1,2\n"
    assert 'kind = "post_day"' in drafted(text)


def test_a_file_that_says_utc_is_read_so():
    text = "Post ID,Created at,Likes\naaaaaaaaaa1,2026-05-01T10:00:00Z,1\n"
    assert 'time_zone = "UTC"' in drafted(text)


NAMED = 'Rank,Display name,Videos,Subscribers\n1,Anna B,"3,800","93,830,732"\n2,Bo!,132,44\n'


def test_a_list_of_shown_names_names_its_accounts_so():
    told = drafted(NAMED, platform="youtube")
    assert 'kind = "listing"' in told
    assert 'account_ref = { header = "Display name", as = "name" }' in told
    assert 'posts = "Videos"' in told
    assert set(read_mapping(told, "drafted").columns) >= {"account_ref", "account_name", "posts"}


def test_a_channel_is_no_network_unless_its_cells_name_one():
    text = "Channel,Followers\nxAnna,10\nbo_1,20\n"
    assert 'account_ref = "Channel"' in drafted(text)
    assert 'platform = "Channel"' in drafted("Channel,Name,Followers\nTikTok,anna,10\n")


def test_a_country_without_a_word_of_whose_is_asked_about():
    assert '# audience_country = "Country"' in drafted("Username,Country\nanna,Norway\n")
    told = drafted("Username,Audience country\nanna,Norway\n")
    assert '\naudience_country = "Audience country"' in told


def test_a_figure_is_net_only_where_its_header_says_so():
    told = drafted("Date,Likes,Net audience growth,Audience\n05/13/2026,1,2,3\n", "account_day")
    assert "\nlikes_net = " not in told
    assert '\nnet_follows = "Net audience growth"' in told
    assert '\nfollowers = "Audience"' in told


def test_followers_gained_are_no_share():
    told = drafted("Username,Followers,Credibility\nanna,10,1734810\n")
    assert "credibility_share" not in told


def test_a_link_to_the_account_stands_for_a_handle():
    text = "Name,Profile link,Followers\nAnna B,https://instagram.com/anna,10\n"
    assert 'account_ref = { header = "Profile link", as = "link" }' in drafted(text)


@pytest.mark.parametrize(
    ("name", "platform"),
    [("top instagram 2024", "instagram"), ("twitter list", "x"), ("tiktok or instagram", None)],
)
def test_the_file_s_name_can_name_the_network(name, platform):
    (table,) = read_tables(b"Username,Followers\nanna,10\n", "a.csv")
    told = draft(table, name=name)
    assert (f'\nplatform = "{platform}"' in told) is (platform is not None)


@pytest.mark.parametrize("text", ["a,b\n1,2\n", 'x"y,\\z\n1,2\n', "a\n\n", "é,日本\n1,2\n"])
def test_a_draft_is_always_toml(text):
    import tomllib

    assert "columns" in tomllib.loads(drafted(text))
