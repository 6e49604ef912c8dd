"""Flows wire the steps of a run; only here is Prefect known."""

import os

# Read when Prefect is first imported: without it a server started for a run calls out.
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
# A command that is given no server starts one: on a busy machine it needs more than 20 seconds.
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "300")
