"""Pages of the Prefect UI, to link to."""

from prefect.settings import PREFECT_UI_URL


def page_of(path: str) -> str | None:
    """Give the address of a page of the UI; null where no server with a UI is in use."""
    ui = PREFECT_UI_URL.value()
    return f"{ui.rstrip('/')}/{path}" if ui else None
