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


@pytest.mark.parametrize("text", ["a,b\n1,2\n", 'x"y,\\z\n1,2\n', "a\n\n", "é,日本\n1,2\n"])
def test_a_draft_is_always_toml(text):
    import tomllib

    assert "columns" in tomllib.loads(drafted(text))
