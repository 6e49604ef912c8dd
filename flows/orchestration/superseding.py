"""Late nights: of several that are due, only the newest runs."""

from datetime import UTC, datetime

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.context import FlowRunContext

_WITHOUT_RESULT = [StateType.FAILED, StateType.CRASHED, StateType.CANCELLED]


def superseded_by() -> FlowRun | None:
    """Give the newest later night that is due, runs, or has run; null for what nothing supersedes.

    Only runs that the schedule made take each other's place: what a person starts is meant.
    """
    context = FlowRunContext.get()
    run = context.flow_run if context is not None else None
    if run is None or not run.auto_scheduled or not (run.deployment_id and run.expected_start_time):
        return None
    with get_client(sync_client=True) as client:
        later = client.read_flow_runs(
            deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[run.deployment_id])),
            flow_run_filter=FlowRunFilter(
                expected_start_time=FlowRunFilterExpectedStartTime.model_validate(
                    {"after_": run.expected_start_time, "before_": datetime.now(UTC)}
                ),
                state=FlowRunFilterState(type=FlowRunFilterStateType(not_any_=_WITHOUT_RESULT)),
            ),
            sort=FlowRunSort.EXPECTED_START_TIME_DESC,
        )
    return next((one for one in later if one.auto_scheduled and one.id != run.id), None)
