"""When each account was last heard of, and what to ask its creator for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flows.reports.markup import escape, more, table

MOST = 500
"""Accounts in the table; the stalest stand first."""

_MOST_ASKED = 50


@dataclass(frozen=True, kw_only=True)
class AccountStatus:
    """What is known of a tracked account, and how old that is.

    Attributes
    ----------
    stale_days
        Days from the last that was heard to the newest day built; null where nothing was.
    newer
        Exports that came once and are old now: what each is called, where its button is.
    never
        Exports of the platform that never came, likewise.
    """

    platform: str
    account_id: str
    handle: str | None
    display_name: str | None
    creator_id: str
    days: str | None
    posts: int
    published: str | None
    metrics: tuple[str, ...]
    last_observed_on: date | None
    stale_days: int | None
    newer: tuple[tuple[str, str], ...]
    never: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """Give what a person calls the account."""
        return self.handle or self.account_id


def freshness_markdown(accounts: Sequence[AccountStatus], silent_days: int) -> str:
    """Write the freshness page: every account, the stalest first, and what to ask for.

    Parameters
    ----------
    accounts
        The stalest first.
    silent_days
        Beyond which an account counts as silent.
    """
    silent = [one for one in accounts if one.stale_days is None or one.stale_days > silent_days]
    to_ask = [one for one in accounts if one.newer or one.last_observed_on is None]
    text = [
        "# Freshness",
        "",
        f"Accounts: {len(accounts):,}. Not heard of for more than {silent_days} days, or never: "
        f"{len(silent):,}.",
        "",
        *table(
            ("account", "creator", "last heard", "daily figures", "posts"),
            [_row(one) for one in accounts[:MOST]],
            numbers="posts",
        ),
        *more(len(accounts) - MOST, "accounts, heard of later than these"),
        "",
        "## What to ask for",
    ]
    for one in to_ask[:_MOST_ASKED]:
        wanted = one.newer or one.never
        text += ["", f"**{escape(one.name)}** on {one.platform}, {_heard(one)}:", ""]
        text += [f"- {escape(name)}: {escape(where)}" for name, where in wanted]
    text += more(len(to_ask) - _MOST_ASKED, "accounts to ask: creator-metrics status lists all")
    if not to_ask:
        text += ["", "Nothing is old."]
    return "\n".join(text)


def _row(one: AccountStatus) -> Sequence[object]:
    creator = f"{one.display_name} ({one.creator_id})" if one.display_name else one.creator_id
    return (f"{one.name}, {one.platform}", creator, _ago(one), one.days, one.posts)


def _ago(one: AccountStatus) -> str:
    if one.last_observed_on is None:
        return "never"
    days = one.stale_days or 0
    return f"{one.last_observed_on}, {days:,} {'day' if days == 1 else 'days'} ago"


def _heard(one: AccountStatus) -> str:
    return f"last heard {one.last_observed_on}" if one.last_observed_on else "never heard"
