"""Events of a night, to which the automations of deployments/automations.py answer.

They name creators by the roster's id, never by handle: an event goes wherever a webhook leads.
"""

import logging
from collections.abc import Sequence
from datetime import date

from prefect.events import emit_event

from flows.logs import tell
from flows.reports.freshness import AccountStatus
from flows.reports.run import Report
from flows.settings import Settings
from flows.steps.staleness import built_days

QUARANTINE_HIGH = "creator-metrics.quarantine.high"
ACCOUNT_SILENT = "creator-metrics.account.silent"

_log = logging.getLogger(__name__)


def raise_alerts(settings: Settings, report: Report, accounts: Sequence[AccountStatus]) -> None:
    """Emit the events of a night: too much in quarantine, accounts that fell silent."""
    (day,) = report.days
    share = report.quarantined_share
    if share is not None and share > settings.quarantine_alert_share:
        _emit_quarantine(report, day, share, settings.quarantine_alert_share)
    silent = newly_silent(accounts, settings.silent_days, _days_since_last_night(settings, day))
    for one in silent:
        _emit_silent(one, day, settings.silent_days, len(silent))


def newly_silent(
    accounts: Sequence[AccountStatus], silent_days: int, days_since: int | None
) -> list[AccountStatus]:
    """Give the accounts that are silent now and were not on the last night before.

    Parameters
    ----------
    days_since
        Days from the last night to this one; null for the first night, to which all are new.
    """
    return [
        one
        for one in accounts
        if one.stale_days is not None
        and one.stale_days > silent_days
        and (days_since is None or one.stale_days - days_since <= silent_days)
    ]


def _days_since_last_night(settings: Settings, day: date) -> int | None:
    before = [one for one in built_days(settings) if one < day]
    return (day - before[-1]).days if before else None


def _emit_quarantine(report: Report, day: date, share: float, limit: float) -> None:
    counts = {"loaded": report.rows["loaded"], "quarantined": report.rows["quarantined"]}
    tell(_log, "quarantine high", as_of=str(day), share=round(share, 4), limit=limit, **counts)
    emit_event(
        QUARANTINE_HIGH,
        resource={"prefect.resource.id": f"creator-metrics.night.{day}"},
        payload={"as_of": str(day), "share": share, "limit": limit, **counts},
    )


def _emit_silent(one: AccountStatus, day: date, silent_days: int, of_all: int) -> None:
    creator = _pseudonym(one)
    tell(_log, "account silent", platform=one.platform, creator=creator, days=one.stale_days)
    emit_event(
        ACCOUNT_SILENT,
        resource={"prefect.resource.id": f"creator-metrics.account.{one.platform}.{creator}"},
        payload={
            "as_of": str(day),
            "platform": one.platform,
            "creator": creator,
            "stale_days": one.stale_days,
            "silent_days": silent_days,
            "accounts": of_all,
        },
    )


def _pseudonym(one: AccountStatus) -> str:
    """Give the creator id of the roster; one made of the account may be a handle."""
    is_made = one.account_id in one.creator_id
    return "not-in-roster" if is_made else one.creator_id
