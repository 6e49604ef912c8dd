"""Tell a Prefect server of the work pool, the deployments and the alerts.

`python deployments/deploy.py`: `prefect deploy --all` with the time zone that the settings have,
and deployments/automations.py. It may be repeated at any time.
"""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from automations import AlertError, set_up
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.exceptions import ObjectNotFound
from prefect.settings import get_current_settings
from prefect.states import Scheduled
from pydantic import ValidationError
from waiting import wait_for_server

from flows.settings import load_settings

PREFECT_FILE = Path(__file__).parent / "prefect.yaml"
POOL = "creator-metrics"


def main() -> int:
    """Make the work pool if it is missing, and deploy what prefect.yaml names."""
    try:
        settings = load_settings()
    except ValidationError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if not get_current_settings().api.url:
        sys.stderr.write("PREFECT_API_URL: say which server, such as http://127.0.0.1:4200/api\n")
        return 2
    zone = settings.time_zone
    with get_client(sync_client=True) as client:
        wait_for_server(client)
        if not _has_pool(client):
            _prefect("work-pool", "create", POOL, "--type", "process")
        late = _late_night(client)
        _prefect("deploy", "--all", "--prefect-file", str(PREFECT_FILE), zone=zone)
        if late is not None:
            _start_after_all(client, late)
        try:
            alerts = list(set_up(client, settings))
        except AlertError as error:
            sys.stderr.write(f"{error}\n")
            return 2
    sys.stdout.write(f"deployed; nights are those of {zone}\n")
    sys.stdout.writelines(f"{line}\n" for line in alerts)
    return 0


def _has_pool(client: SyncPrefectClient) -> bool:
    try:
        client.read_work_pool(POOL)
    except ObjectNotFound:
        return False
    return True


def _late_night(client: SyncPrefectClient) -> datetime | None:
    """Give the moment of the newest night that is due and has not begun.

    Prefect deletes it when the deployment is deployed again.
    """
    due = client.read_flow_runs(
        deployment_filter=DeploymentFilter(name=DeploymentFilterName(any_=["nightly"])),
        flow_run_filter=FlowRunFilter(
            expected_start_time=FlowRunFilterExpectedStartTime.model_validate(
                {"before_": datetime.now(UTC)}
            ),
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
        ),
        sort=FlowRunSort.EXPECTED_START_TIME_DESC,
        limit=1,
    )
    return due[0].expected_start_time if due else None


def _start_after_all(client: SyncPrefectClient, scheduled: datetime) -> None:
    """Have a night run that was late when its deployment was deployed again."""
    nightly = client.read_deployment_by_name("nightly/nightly")
    run = client.create_flow_run_from_deployment(
        nightly.id,
        state=Scheduled(scheduled_time=scheduled),
        idempotency_key=f"late {scheduled.isoformat()}",
    )
    sys.stdout.write(f"the night scheduled for {scheduled:%Y-%m-%d %H:%M} UTC runs now: {run.id}\n")


def _prefect(*arguments: str, zone: str = "") -> None:
    """Call Prefect's command line; the checkout is left for each worker to say."""
    environment = {k: v for k, v in os.environ.items() if k != "CREATOR_METRICS_CHECKOUT"}
    environment |= {"CREATOR_METRICS_TIME_ZONE": zone} if zone else {}
    done = subprocess.run(
        [sys.executable, "-m", "prefect", "--no-prompt", *arguments],
        env=environment,
        cwd=PREFECT_FILE.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        sys.stderr.write(done.stdout + done.stderr)
        raise SystemExit(done.returncode)


if __name__ == "__main__":
    raise SystemExit(main())
