"""The page that says whom to ask for a newer export."""

from dataclasses import replace
from datetime import date

from flows.reports.freshness import AccountStatus, freshness_markdown

ANNA = AccountStatus(
    platform="instagram",
    account_id="17841400000000001",
    handle="anna.bager",
    display_name="Anna <b>Bager</b>",
    creator_id="anna",
    days="2026-03-01 to 2026-03-31",
    posts=12,
    published=None,
    metrics=("likes",),
    last_observed_on=date(2026, 3, 31),
    stale_days=0,
    newer=(),
    never=(("Instagram audience", "Insights > Audience > Export"),),
)
OLD = replace(
    ANNA,
    handle="old.ole",
    stale_days=50,
    newer=(("Instagram content", "Insights > Content > Export"),),
)
UNHEARD = replace(ANNA, handle=None, stale_days=None, last_observed_on=None)


def test_every_account_has_a_row_and_the_silent_ones_are_counted():
    text = freshness_markdown([UNHEARD, OLD, ANNA], silent_days=45)
    assert "Accounts: 3. Not heard of for more than 45 days, or never: 2." in text
    assert (
        "| old.ole, instagram | Anna \\<b\\>Bager\\</b\\> (anna) | 2026-03-31, 50 days ago |"
        in text
    )
    assert "| 17841400000000001, instagram |" in text


def test_of_an_old_account_the_exports_to_ask_for_are_named_with_their_button():
    text = freshness_markdown([OLD, ANNA], silent_days=45)
    asked = text.split("## What to ask for")[1]
    assert "- Instagram content: Insights \\> Content \\> Export" in asked
    assert "anna.bager" not in asked


def test_an_account_never_heard_of_is_asked_for_everything():
    asked = freshness_markdown([UNHEARD], silent_days=45).split("## What to ask for")[1]
    assert "never heard" in asked
    assert "- Instagram audience" in asked


def test_a_long_table_says_how_many_it_leaves_out():
    assert "And 2 accounts, heard of later" in freshness_markdown([ANNA] * 502, silent_days=45)
