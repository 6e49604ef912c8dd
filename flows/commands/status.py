"""What exists per account, how stale it is, and what to ask the creator for."""

from collections.abc import Iterable, Mapping
from typing import Any

from flows.reports.freshness import AccountStatus
from flows.settings import Settings
from transforms.export import Export
from transforms.exports import EXPORTS
from warehouse.home import Home
from warehouse.published import query

_FRESH_DAYS = 35
"""An export a month is what creators are asked for; older than this, ask again."""


def account_status(settings: Settings) -> list[AccountStatus]:
    """Say of every tracked account what is known of it, the stalest first."""
    rows = query.status_rows(Home(settings.home).warehouse).filter("is_tracked").to_dicts()
    return sorted(
        map(_described, rows),
        key=lambda one: -(one.stale_days if one.stale_days is not None else 10**6),
    )


def status_in_short(one: AccountStatus) -> dict[str, Any]:
    """Write what is known of an account as a row that fits a terminal."""
    return {
        "platform": one.platform,
        "account": one.name,
        "creator": one.creator_id,
        "days": one.days,
        "posts": one.posts,
        "last_heard": one.last_observed_on,
        "days_ago": one.stale_days,
        "never_had": f"{len(one.never)} exports" if one.never else None,
        "ask_again_for": "\n".join(name for name, _ in one.newer),
    }


def status_row(one: AccountStatus) -> dict[str, Any]:
    """Write all that is known of an account, as `creator-metrics status --json` does."""
    return {
        "platform": one.platform,
        "account": one.name,
        "creator": one.creator_id,
        "days": one.days,
        "posts": one.posts,
        "published": one.published,
        "metrics": list(one.metrics),
        "last_observed_on": one.last_observed_on,
        "stale_days": one.stale_days,
        "ask_for": [
            *(f"{name} (never had): {where}" for name, where in one.never),
            *(f"{name} (newer one): {where}" for name, where in one.newer),
        ],
    }


def _described(row: Mapping[str, Any]) -> AccountStatus:
    exports = [one for one in EXPORTS.values() if one.platform == row["platform"]]
    is_old = row["staleness_days"] is None or row["staleness_days"] > _FRESH_DAYS
    return AccountStatus(
        platform=row["platform"],
        account_id=row["account_id"],
        handle=row["account_handle"],
        display_name=row["display_name"],
        creator_id=row["creator_id"],
        days=_span(row["first_day"], row["last_day"], row["missing_days"]),
        posts=row["posts"],
        published=_span(row["first_published_on"], row["last_published_on"], 0),
        metrics=tuple(sorted({*row["account_metrics"], *row["post_metrics"]})),
        last_observed_on=row["last_observed_on"],
        stale_days=row["staleness_days"],
        newer=_wishes(one for one in exports if is_old and one.name in row["exports"]),
        never=_wishes(one for one in exports if one.name not in row["exports"]),
    )


def _span(first: Any, last: Any, missing: int | None) -> str | None:
    if first is None:
        return None
    return f"{first} to {last}" + (f", {missing} days missing" if missing else "")


def _wishes(exports: Iterable[Export]) -> tuple[tuple[str, str], ...]:
    return tuple((one.title, one.where) for one in exports)
