"""A night that does not come is told by the server alone: by mail and webhook, with no worker."""

import os
import signal

from tests.deployments.receivers import mailbox, webhook
from tests.deployments.stack import serving

WITHIN_S = 20.0


def test_no_night_within_the_hours_is_told_though_every_worker_is_dead(tmp_path):
    with (
        webhook() as web,
        mailbox() as mail,
        serving(
            tmp_path / "served",
            CREATOR_METRICS_ALERT_WEBHOOK=web.url,
            CREATOR_METRICS_ALERT_EMAIL=mail.url,
            CREATOR_METRICS_NIGHT_ALERT_HOURS=str(WITHIN_S / 3600),
            PREFECT_SERVER_API_AUTH_STRING="operator:a-password",
        ) as stack,
    ):
        stack.api.auth = ("operator", "a-password")
        missing = web.wait(lambda one: one["alert"] == "night-missing")
        assert "no night has completed for 0.00555556 hours" in missing["subject"]

        night = stack.submit("nightly", {"as_of": "2026-02-03"})
        assert stack.wait(night)["state_type"] == "COMPLETED"
        os.kill(stack.pid("serve"), signal.SIGSTOP)
        try:
            os.kill(stack.pid("worker"), signal.SIGKILL)
            told = len(web.messages)
            web.wait(lambda one: web.messages.index(one) >= told, within_s=6 * WITHIN_S)
            assert web.messages[-1]["alert"] == "night-missing"
            mail.wait(lambda one: "no night has completed" in one["Subject"])
        finally:
            os.kill(stack.pid("serve"), signal.SIGCONT)
