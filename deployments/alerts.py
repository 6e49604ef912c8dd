"""What wakes a person, and what they are told: docs/operations.md says what each means.

The words are Jinja templates that the server fills in. They name runs, days and ids of the roster;
what a run says of its failure stays on the server, since it may name a file or a person.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from prefect.events import EventTrigger, Posture

from flows.orchestration.alerts import ACCOUNT_SILENT, QUARANTINE_HIGH
from flows.settings import Settings

_COMPLETED = "prefect.flow-run.Completed"
_FAILED = {f"prefect.flow-run.{state}" for state in ("Failed", "Crashed", "TimedOut")}


@dataclass(frozen=True, kw_only=True)
class Deployed:
    """Ids of the deployments that the alerts are about."""

    nightly: UUID
    backfill: UUID


@dataclass(frozen=True, kw_only=True)
class Alert:
    """What wakes a person.

    Attributes
    ----------
    page
        Where the Prefect UI tells more.
    """

    name: str
    description: str
    trigger: Callable[[Settings, Deployed], EventTrigger]
    subject: str
    body: str
    page: str


def _of(*deployments: UUID) -> dict[str, str | list[str]]:
    return {
        "prefect.resource.role": "deployment",
        "prefect.resource.id": [f"prefect.deployment.{one}" for one in deployments],
    }


def _failed(settings: Settings, deployed: Deployed) -> EventTrigger:
    return EventTrigger(
        expect=_FAILED,
        match={"prefect.resource.id": "prefect.flow-run.*"},
        match_related=_of(deployed.nightly, deployed.backfill),
        posture=Posture.Reactive,
    )


def _missing(settings: Settings, deployed: Deployed) -> EventTrigger:
    """Expect a night after each night: the server counts the time, whether or not workers live."""
    return EventTrigger(
        after={_COMPLETED},
        expect={_COMPLETED},
        match={"prefect.resource.id": "prefect.flow-run.*"},
        match_related=_of(deployed.nightly),
        posture=Posture.Proactive,
        within=timedelta(hours=settings.night_alert_hours),
    )


def _quarantine(settings: Settings, deployed: Deployed) -> EventTrigger:
    return EventTrigger(expect={QUARANTINE_HIGH}, posture=Posture.Reactive)


def _silent(settings: Settings, deployed: Deployed) -> EventTrigger:
    """Answer to the first of a night's silent accounts: its event says how many there are."""
    return EventTrigger(
        expect={ACCOUNT_SILENT}, posture=Posture.Reactive, within=timedelta(hours=1)
    )


_HOURS = "{{ '%g'|format(automation.trigger.within.total_seconds() / 3600) }}"

ALERTS: Sequence[Alert] = (
    Alert(
        name="night-failed",
        description="A night or a backfill ended as Failed, Crashed or TimedOut.",
        trigger=_failed,
        subject="creator-metrics: {{ flow_run.name }} ended as {{ flow_run.state.name }}",
        body="{{ flow_run.name }} ended as {{ flow_run.state.name }}. "
        "What was published before is untouched.",
        page="runs/flow-run/{{ flow_run.id }}",
    ),
    Alert(
        name="night-missing",
        description="No night has completed for longer than `night_alert_hours`.",
        trigger=_missing,
        subject=f"creator-metrics: no night has completed for {_HOURS} hours",
        body=f"No run of nightly has completed for {_HOURS} hours"
        "{% if event %}; the last event of one was at "
        "{{ event.occurred.strftime('%Y-%m-%d %H:%M') }} UTC{% endif %}. "
        "Is a worker running?",
        page="runs",
    ),
    Alert(
        name="quarantine-high",
        description="More of a night's records than `quarantine_alert_share` are in quarantine.",
        trigger=_quarantine,
        subject="creator-metrics: {{ '%.1f'|format(100 * event.payload.share) }} % of the records "
        "of {{ event.payload.as_of }} are in quarantine",
        body="{{ event.payload.quarantined }} records of the night of {{ event.payload.as_of }} "
        "are in quarantine and {{ event.payload.loaded }} are loaded: "
        "{{ '%.1f'|format(100 * event.payload.share) }} %, where "
        "{{ '%.1f'|format(100 * event.payload.limit) }} % is the limit.",
        page="artifacts/key/data-quality",
    ),
    Alert(
        name="account-silent",
        description="An account was not heard of for longer than `silent_days`.",
        trigger=_silent,
        subject="creator-metrics: {{ event.payload.accounts }} account(s) fell silent",
        body="Nothing was heard of {{ event.payload.accounts }} account(s) for more than "
        "{{ event.payload.silent_days }} days, of creator {{ event.payload.creator }} on "
        "{{ event.payload.platform }} for {{ event.payload.stale_days }}.",
        page="artifacts/key/freshness",
    ),
)
