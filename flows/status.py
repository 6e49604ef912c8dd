"""What exists per account, how stale it is, and what to ask the creator for."""

from collections.abc import Iterable, Mapping
from typing import Any

from flows.settings import Settings
from transforms.export import Export
from transforms.exports import EXPORTS
from warehouse import query
from warehouse.home import Home

_FRESH_DAYS = 35
"""An export a month is what creators are asked for; older than this, ask again."""


def account_status(settings: Settings) -> list[dict[str, Any]]:
    """Give a row per tracked account, the stalest first.

    Returns
    -------
    list of dict
        Grain (platform, account); `ask_for` names the exports that are missing or old, and
        where their download button is.
    """
    rows = query.status_rows(Home(settings.home).warehouse).filter("is_tracked").to_dicts()
    described = [_describe(row) for row in rows]
    return sorted(
        described,
        key=lambda row: (-(row["stale_days"] if row["stale_days"] is not None else 10**6),),
    )


def _describe(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "platform": row["platform"],
        "account": row["account_handle"] or row["account_id"],
        "creator": row["creator_id"],
        "days": _span(row["first_day"], row["last_day"], row["missing_days"]),
        "posts": row["posts"],
        "published": _span(row["first_published_on"], row["last_published_on"], 0),
        "metrics": sorted({*row["account_metrics"], *row["post_metrics"]}),
        "last_observed_on": row["last_observed_on"],
        "stale_days": row["staleness_days"],
        "ask_for": _ask_for(row),
    }


def _span(first: Any, last: Any, missing: int | None) -> str | None:
    if first is None:
        return None
    return f"{first} to {last}" + (f", {missing} days missing" if missing else "")


def _ask_for(row: Mapping[str, Any]) -> list[str]:
    of_platform = [one for one in EXPORTS.values() if one.platform == row["platform"]]
    never = [one for one in of_platform if one.name not in row["exports"]]
    stale = row["staleness_days"] is None or row["staleness_days"] > _FRESH_DAYS
    old = [one for one in of_platform if one.name in row["exports"]] if stale else []
    return [*_wishes(never, "never had"), *_wishes(old, "newer one")]


def _wishes(exports: Iterable[Export], why: str) -> list[str]:
    return [f"{one.title} ({why}): {one.where}" for one in exports]
