"""What must come out of the sample inbox, told without reading a file.

The followers come from the simulation, the classes from how the cast was written; the
statistics that make them clear are checked in tests/sample/test_truth.py.
"""

import dataclasses
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from tests.sample import inbox, roster, truth_audience, truth_daily, truth_fit
from tests.sample.account import FIRST_DAY, LAST_DAY
from tests.sample.truth_audience import AudienceTruth
from tests.sample.truth_daily import DailyTruth, HourTruth
from tests.sample.truth_fit import FitTruth

AS_OF = LAST_DAY
INSUFFICIENT = "insufficient_evidence"
TOO_FEW = (INSUFFICIENT, None)
"""No class, or no row at all: both say that nothing can be said."""

Series = tuple[str, str, int]
RATE_90: Series = ("post", "engagement_rate", 90)
RATE_180: Series = ("post", "engagement_rate", 180)
VIEWS_90: Series = ("post", "views", 90)
WEEK_RATE_90: Series = ("account_week", "engagement_rate", 90)
WEEK_VIEWS_90: Series = ("account_week", "views", 90)


@dataclass(frozen=True, kw_only=True)
class AccountTruth:
    """What the marts must say of one account on 2025-06-30, Danish tiers.

    Attributes
    ----------
    tier
        Null where the last level is too old to tell.
    followers, followers_tolerance
        Level and how far a right answer may lie from it, followers.
    tier_since
        First and last day a right answer may give, or null where it is not asked.
    trends
        (series, measure, window in days) to the classes that are right; null stands for no row.
    rate_growth
        Change of the engagement rate per 30 days over the last 90 days, share of the rate.
    """

    platform: str
    handle: str
    creator_id: str
    tier: str | None
    followers: int | None
    followers_tolerance: int = 0
    followers_method: str | None = None
    previous_tier: str | None = None
    tier_since: tuple[date, date] | None = None
    trends: dict[Series, tuple[str | None, ...]]
    rate_growth: float


@dataclass(frozen=True, kw_only=True)
class FileTruth:
    """What must stand in ops.file for one table of one file; no status means no row at all."""

    path: str
    member: str | None
    statuses: tuple[str, ...]
    quarantined: int | None


@dataclass(frozen=True, kw_only=True)
class SampleTruth:
    """All that is known of the sample inbox of one seed.

    Attributes
    ----------
    copies
        Groups of (path, member) that say the same: one of each is loaded, the others repeated.
    audiences
        One per account.
    daily, hourly
        What the daily files sum to, and how many hours are told.
    fits
        One per usable brief.
    """

    as_of: date
    accounts: tuple[AccountTruth, ...]
    files: tuple[FileTruth, ...]
    copies: tuple[tuple[tuple[str, str | None], ...], ...]
    audiences: tuple[AudienceTruth, ...]
    daily: tuple[DailyTruth, ...]
    hourly: tuple[HourTruth, ...]
    fits: tuple[FitTruth, ...]


TRENDS: dict[tuple[str, str], dict[Series, tuple[str | None, ...]]] = {
    ("instagram", "steady.signe"): {
        RATE_90: ("stable",),
        RATE_180: ("stable",),
        VIEWS_90: ("stable",),
    },
    ("instagram", "falling.freja"): {RATE_90: ("falling",), RATE_180: ("falling",)},
    ("instagram", "rising.rafael"): {RATE_90: ("rising",), RATE_180: ("rising",)},
    ("instagram", "toofew.tilde"): {RATE_90: TOO_FEW, VIEWS_90: TOO_FEW},
    ("instagram", "shorts.break.bo"): {RATE_90: ("stable",)},
    ("instagram", "target.tove"): {RATE_90: ("stable",), VIEWS_90: ("stable",)},
    ("instagram", "opposite.otto"): {RATE_90: ("stable",), VIEWS_90: ("stable",)},
    ("instagram", "rising.page"): {RATE_90: ("stable",)},
    ("facebook", "rising.page"): {RATE_90: ("rising",)},
    ("youtube", "shorts-break-bo"): {
        RATE_90: ("stable",),
        VIEWS_90: ("stable",),
        WEEK_VIEWS_90: ("stable",),
    },
    ("youtube", "youngposts-yrsa"): {VIEWS_90: TOO_FEW},
    ("youtube", "capped-carl"): {VIEWS_90: TOO_FEW},
    ("youtube", "steady-sara"): {VIEWS_90: ("stable",), WEEK_VIEWS_90: ("stable",)},
    ("youtube", "rising-ren"): {VIEWS_90: ("rising",)},
    ("tiktok", "steady.signe"): {WEEK_RATE_90: ("stable",), WEEK_VIEWS_90: ("stable",)},
    ("tiktok", "crossing.cleo"): {WEEK_RATE_90: ("stable",)},
    ("tiktok", "flapping.flora"): {WEEK_RATE_90: ("stable",)},
    ("tiktok", "falling.falk"): {WEEK_RATE_90: ("falling",)},
    ("tiktok", "rising.rosa"): {WEEK_RATE_90: ("rising",)},
    ("tiktok", "silent.silas"): {WEEK_RATE_90: TOO_FEW},
    ("tiktok", "mega.milo"): {WEEK_RATE_90: ("stable",)},
    ("tiktok", "toofew.tilde"): {WEEK_RATE_90: TOO_FEW},
}

TIERS = {
    ("instagram", "steady.signe"): "macro",
    ("instagram", "falling.freja"): "micro",
    ("instagram", "rising.rafael"): "micro",
    ("instagram", "toofew.tilde"): "micro",
    ("instagram", "shorts.break.bo"): "micro",
    ("instagram", "target.tove"): "micro",
    ("instagram", "opposite.otto"): "micro",
    ("instagram", "rising.page"): "micro",
    ("facebook", "rising.page"): "micro",
    ("youtube", "shorts-break-bo"): "macro",
    ("youtube", "youngposts-yrsa"): "micro",
    ("youtube", "capped-carl"): "macro",
    ("youtube", "steady-sara"): "micro",
    ("youtube", "rising-ren"): "macro",
    ("tiktok", "steady.signe"): "macro",
    ("tiktok", "crossing.cleo"): "macro",
    ("tiktok", "flapping.flora"): "micro",
    ("tiktok", "falling.falk"): "macro",
    ("tiktok", "rising.rosa"): "micro",
    ("tiktok", "silent.silas"): None,
    ("tiktok", "mega.milo"): "mega",
    ("tiktok", "toofew.tilde"): "micro",
}
CROSSED = {("tiktok", "crossing.cleo"): ("micro", (date(2025, 3, 1), date(2025, 3, 31)))}
ONE_DAY_OF_NET_FOLLOWS = 90
GROWTH_TOLERANCE = 0.05
"""How far a right slope of the engagement rate may lie from the truth, share per 30 days."""


@cache
def expect(seed: int) -> SampleTruth:
    """Tell the truth of the sample inbox of a seed."""
    built = inbox.build(seed)
    copies = tuple(inbox.copies(built))
    twice = {table for group in copies for table in group}
    files = tuple(
        FileTruth(
            path=file.path,
            member=member.member,
            statuses=("loaded", "repeated")
            if (file.path, member.member) in twice
            else member.statuses,
            quarantined=member.quarantined,
        )
        for file in built
        for member in file.members
    )
    truths = inbox.simulations(seed)
    return SampleTruth(
        as_of=AS_OF,
        accounts=tuple(_account(truth) for truth in truths.values()),
        files=files,
        copies=copies,
        audiences=tuple(truth_audience.expect(truth) for truth in truths.values()),
        daily=tuple(truth_daily.daily(truths)),
        hourly=tuple(truth_daily.hourly(truths)),
        fits=truth_fit.expect(truths),
    )


@cache
def absent_files(seed: int) -> tuple[str, ...]:
    """List the paths that a night must leave alone: reference and downloads under way."""
    return tuple(file.path for file in inbox.build(seed) if not file.members)


def as_json(truth: SampleTruth) -> dict[str, Any]:
    """Spell the truth as JSON: trends as a list of series, measure, window and classes."""
    spelled = dataclasses.asdict(truth)
    for account in spelled["accounts"]:
        account["trends"] = [
            {"series": series, "measure": measure, "window_days": window, "classes": classes}
            for (series, measure, window), classes in account["trends"].items()
        ]
    return _spell(spelled)


def _spell(value: Any) -> Any:
    """Spell days as text and keys of several parts joined by a slash."""
    match value:
        case dict():
            return {
                "/".join(key) if isinstance(key, tuple) else key: _spell(one)
                for key, one in value.items()
            }
        case list() | tuple():
            return [_spell(one) for one in value]
        case date():
            return str(value)
    return value


def _account(truth: inbox.Truth) -> AccountTruth:
    account = truth.account
    key = (account.platform, account.handle)
    followers, tolerance, method = _followers(truth)
    previous, since = CROSSED.get(key, (None, None))
    return AccountTruth(
        platform=account.platform,
        handle=account.handle,
        creator_id=account.creator_id,
        tier=TIERS[key],
        followers=followers,
        followers_tolerance=tolerance,
        followers_method=method,
        previous_tier=previous,
        tier_since=since,
        trends=TRENDS[key],
        rate_growth=account.rate_growth,
    )


def _followers(truth: inbox.Truth) -> tuple[int | None, int, str | None]:
    """Give level, tolerance and method.

    TikTok and the Meta audience of 2024 tell their own; the roster's is carried by net follows.
    """
    account = truth.account
    last = int(truth.levels[(AS_OF - FIRST_DAY).days])
    if account.silent_from:
        return None, 0, None
    level = roster.level(truth)
    if level is None or account.audience_export == "vertical":
        return last, 0, "observed"
    has_nets = account.platform == "youtube" and account.handle not in roster.NO_NET_FOLLOWS
    return (last, ONE_DAY_OF_NET_FOLLOWS, "roster") if has_nets else (level[0], 0, "roster")
