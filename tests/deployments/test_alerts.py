"""What wakes a person, tried with a server that sends and with receivers on loopback."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.deployments.receivers import mailbox, webhook
from tests.flows.conftest import content_export

AUTOMATIONS = Path(__file__).parents[2] / "deployments" / "automations.py"
NAMES = ["night-failed", "night-missing", "quarantine-high", "account-silent"]


def told(stack, **env: str) -> list[str]:
    """Set up the alerts on a running server; give the lines it says."""
    done = subprocess.run(
        [sys.executable, AUTOMATIONS],
        env=stack.terminal | env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture
def receivers(stack):
    """Give the receivers of a server's messages, and take the automations away afterwards."""
    with webhook() as web, mailbox() as mail:
        env = {
            "CREATOR_METRICS_ALERT_WEBHOOK": web.url,
            "CREATOR_METRICS_ALERT_EMAIL": mail.url,
        }
        assert told(stack, **env) == [f"{name}: created" for name in NAMES]
        assert told(stack, **env) == [f"{name}: unchanged" for name in NAMES]
        try:
            yield web, mail
        finally:
            for block in stack.api.post("/block_documents/filter", json={}).json():
                stack.api.delete(f"/block_documents/{block['id']}").raise_for_status()
            assert told(stack)[2:] == [
                f"{name}: taken away, since nobody is told" for name in NAMES
            ]


def test_a_failed_night_and_a_night_full_of_quarantine_are_told_by_webhook_and_mail(
    stack, receivers
):
    web, mail = receivers
    failed = stack.submit(
        "nightly", {"as_of": "2026-02-03", "inbox": str(stack.folder / "nowhere")}
    )
    assert stack.wait(failed)["state_type"] == "FAILED"

    posted = web.wait(lambda one: one["alert"] == "night-failed")
    assert posted["subject"] == "creator-metrics: night of 2026-02-03 ended as Failed"
    assert posted["url"] == f"{stack.url}/v2/runs/flow-run/{failed}"
    sent = mail.wait(lambda one: "night of 2026-02-03" in one["Subject"])
    assert sent["To"] == "operator@example.com"
    assert posted["url"] in sent.get_content()
    assert "nowhere" not in sent.get_content()

    refused = stack.submit("backfill", {"request": {"start": "2025-06-29", "end": "2025-06-20"}})
    assert stack.wait(refused)["state_name"] == "Refused"
    logged = stack.whole_log(refused)
    assert "Last day (end): 2025-06-20 lies before the first day, 2025-06-29" in logged
    assert "Traceback" not in logged

    inbox = stack.folder / "inbox-of-alerts"
    creator = inbox / "instagram" / "anna.bager"
    creator.mkdir(parents=True)
    rows = [("18000000000000099", "03/01/2026 10:23", "abc"), ("18000000000000001", "x", "7")]
    name = "Mar-01-2026_Mar-30-2026_1000000000000001.csv"
    (creator / name).write_text(
        content_export([*rows, ("18000000000000002", "03/02/2026 10:23", "5")])
    )
    home = stack.folder / "home-of-alerts"
    parameters = {"as_of": "2026-06-30", "inbox": str(inbox), "home": str(home)}
    assert stack.wait(stack.submit("nightly", parameters))["state_type"] == "COMPLETED"

    posted = web.wait(lambda one: one["alert"] == "quarantine-high")
    assert (
        "2 records of the night of 2026-06-30 are in quarantine and 1 are loaded" in posted["text"]
    )
    assert f"{stack.url}/v2/artifacts/key/data-quality" in posted["text"]
    assert "66.7 %" in mail.wait(lambda one: "quarantine" in one["Subject"])["Subject"]
    posted = web.wait(lambda one: one["alert"] == "account-silent")
    assert "more than 45 days" in posted["text"]
    assert "anna.bager" not in str(web.messages)
    assert [one["url"] for one in web.messages if one["alert"] == "night-failed"] == [
        f"{stack.url}/v2/runs/flow-run/{failed}"
    ]
