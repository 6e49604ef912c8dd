"""Tell a Prefect server whom to wake, and when: `python deployments/automations.py`.

It may be repeated at any time: what is as it should be is left alone. Where the messages go stands
in no file of ours, but in blocks `creator-metrics-alerts` on the server, which keeps them
encrypted; they are made and changed from the environment, or in the UI:

CREATOR_METRICS_ALERT_WEBHOOK   address to which a JSON document is posted
CREATOR_METRICS_ALERT_EMAIL     mailtos://user:password@smtp.example.com/?from=...&to=...
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from uuid import UUID

from alerts import ALERTS, Alert, Deployed
from prefect.blocks.core import Block
from prefect.blocks.webhook import Webhook
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.events import ActionTypes, AutomationCore, CallWebhook, SendNotification
from prefect.exceptions import ObjectNotFound
from pydantic import SecretStr, ValidationError

from flows.orchestration.email import Email
from flows.orchestration.pages import page_of
from flows.settings import Settings, load_settings

WEBHOOK = "CREATOR_METRICS_ALERT_WEBHOOK"
EMAIL = "CREATOR_METRICS_ALERT_EMAIL"
BLOCK = "creator-metrics-alerts"

Act = Callable[[str, str, str], ActionTypes]
"""Makes the action that sends a subject, a body and the address of a page."""


class AlertError(Exception):
    """The alerts cannot be set up as asked; the message says what to do, and no secret."""


def main() -> int:
    """Set up the alerts of the environment's server, and say what was done."""
    try:
        settings = load_settings()
        with get_client(sync_client=True) as client:
            for line in set_up(client, settings):
                sys.stdout.write(f"{line}\n")
    except (ValidationError, AlertError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def set_up(client: SyncPrefectClient, settings: Settings) -> Iterator[str]:
    """Make every automation what ALERTS says; give a line for each.

    Raises
    ------
    AlertError
        When an address cannot be, or the deployments are not there yet.
    """
    deployed = _deployed(client)
    blocks = {
        WEBHOOK: _block(client, WEBHOOK, "webhook", lambda url: Webhook(url=url)),
        EMAIL: _block(client, EMAIL, Email.get_block_type_slug(), lambda url: Email(url=url)),
    }
    for name, block in blocks.items():
        if block is None:
            yield f"{name} is not set, and no block {BLOCK} is there: nobody is told that way"
    for alert in ALERTS:
        actions = list(_actions(alert, blocks[WEBHOOK], blocks[EMAIL]))
        wanted = _automation(alert, settings, deployed, actions) if actions else None
        yield f"{alert.name}: {_put(client, alert.name, wanted)}"


def _deployed(client: SyncPrefectClient) -> Deployed:
    try:
        return Deployed(
            nightly=client.read_deployment_by_name("nightly/nightly").id,
            backfill=client.read_deployment_by_name("backfill/backfill").id,
        )
    except ObjectNotFound as error:
        raise AlertError(
            "nightly or backfill is not deployed on this server: run deployments/deploy.py"
        ) from error


def _block(
    client: SyncPrefectClient, name: str, slug: str, make: Callable[[SecretStr], Block]
) -> UUID | None:
    """Keep an address of the environment on the server, else find the one that is there.

    An error says why an address cannot be, and never shows it.
    """
    if not (url := os.environ.get(name)):
        with suppress(ObjectNotFound):
            return client.read_block_document_by_name(BLOCK, slug).id
        return None
    try:
        block = make(SecretStr(url))
    except ValidationError as error:
        raise AlertError(f"{name}: {error.errors()[0]['msg']}") from None
    except ValueError as error:
        raise AlertError(f"{name}: {error}") from None
    return block.save(BLOCK, overwrite=True)


def _actions(alert: Alert, webhook: UUID | None, email: UUID | None) -> Iterator[ActionTypes]:
    page = page_of(alert.page) or ""
    body = f"{alert.body}\n{page}\nWhat to do: docs/operations.md, {alert.name}."
    if webhook is not None:
        payload = _json_template(alert=alert.name, subject=alert.subject, text=body, url=page)
        yield CallWebhook(block_document_id=webhook, payload=payload)
    if email is not None:
        yield SendNotification(block_document_id=email, subject=alert.subject, body=body)


def _json_template(**texts: str) -> str:
    """Give a template of a JSON object; its `text` is what chat services show."""
    members = (
        f'"{name}": {{% filter tojson %}}{text}{{% endfilter %}}' for name, text in texts.items()
    )
    return f"{{{', '.join(members)}}}"


def _automation(
    alert: Alert, settings: Settings, deployed: Deployed, actions: list[ActionTypes]
) -> AutomationCore:
    return AutomationCore(
        name=alert.name,
        description=alert.description,
        tags=["creator-metrics"],
        trigger=alert.trigger(settings, deployed),
        actions=actions,
    )


def _put(client: SyncPrefectClient, name: str, wanted: AutomationCore | None) -> str:
    """Create, update or take away; one that a person switched off stays off."""
    found = client.read_automations_by_name(name)
    if wanted is None:
        for one in found:
            client.delete_automation(one.id)
        return "taken away, since nobody is told" if found else "left out, since nobody is told"
    if not found:
        client.create_automation(wanted)
        return "created"
    for extra in found[1:]:
        client.delete_automation(extra.id)
    there = AutomationCore.model_validate(found[0].model_dump())
    wanted = wanted.model_copy(update={"enabled": there.enabled})
    if there == wanted:
        return "unchanged"
    client.update_automation(found[0].id, wanted)
    return "updated"


if __name__ == "__main__":
    raise SystemExit(main())
