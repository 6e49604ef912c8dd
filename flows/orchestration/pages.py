"""Pages of the Prefect UI, to link to."""

from prefect.settings import PREFECT_UI_URL


def page_of(path: str) -> str | None:
    """Give the address of a page of the UI; null where no server with a UI is in use.

    Notes
    -----
    The UI that is shown first lies below `/v2`; without it the older one opens (Prefect 3.8.8,
    tried 2026-11-23).
    """
    ui = PREFECT_UI_URL.value()
    return f"{ui.rstrip('/')}/v2/{path}" if ui else None
