"""Links to an account on its network, which hold its handle or its id."""

import polars as pl

from transforms.cells.parse import Parsed, is_not_reported

_END = r"/?(?:[?#].*)?$"
_HOST = r"(?i)^(?:https?://)?(?:www\.|m\.|mobile\.|[a-z]{2}\.)?"
_HANDLES = (
    rf"{_HOST}instagram\.com/([A-Za-z0-9._]+){_END}",
    rf"{_HOST}tiktok\.com/@([A-Za-z0-9._]+){_END}",
    rf"{_HOST}(?:x|twitter)\.com/@?([A-Za-z0-9_]+){_END}",
    rf"{_HOST}youtube\.com/@([^/?#\s]+){_END}",
    rf"{_HOST}facebook\.com/([A-Za-z0-9.-]+){_END}",
    rf"{_HOST}linkedin\.com/(?:in|company|school|showcase)/([^/?#\s]+){_END}",
)
_IDS = (
    rf"{_HOST}youtube\.com/channel/(UC[A-Za-z0-9_-]{{22}}){_END}",
    r"(?i)^(?:https?://)?(?:www\.|m\.)?facebook\.com/profile\.php\?id=(\d+)(?:&.*)?$",
)
_PAGES = ("explore", "home", "i", "login", "profile.php", "search", "signup", "watch")
"""Pages of the networks that stand where a handle would."""


def profile(column: str) -> Parsed:
    """Read the account out of a link to it: the handle in lower case, else the network's id."""
    cell = pl.col(column).str.strip_chars()
    ids = (cell.str.extract(pattern, 1) for pattern in _IDS)
    value = pl.coalesce(*ids, profile_handle(column).value)
    failed = ~is_not_reported(column) & value.is_null()
    return Parsed((column,), value, failed, "a link to an account, as https://instagram.com/anna")


def profile_handle(column: str) -> Parsed:
    """Read the handle out of a link to an account, null where the link has its id."""
    cell = pl.col(column).str.strip_chars()
    named = pl.coalesce(cell.str.extract(pattern, 1) for pattern in _HANDLES).str.to_lowercase()
    return Parsed(
        (column,), pl.when(~named.is_in(_PAGES)).then(named), pl.lit(value=False), "a handle"
    )
