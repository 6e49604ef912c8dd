"""The roster the sample's user wrote: who is who, and levels no export tells."""

import csv
import io
from collections.abc import Iterable
from datetime import date

from tests.sample import meta
from tests.sample.account import FIRST_DAY
from tests.sample.simulation import Truth

_LEVEL_ON = {"youtube": date(2025, 1, 31)}
_LATE_LEVEL_ON = date(2025, 6, 20)
NO_NET_FOLLOWS = ("rising-ren",)
"""YouTube channels that never exported a date report."""


HEADER = (
    "platform", "handle", "account_id", "creator_id", "display_name", "category", "country",
    "market", "currency", "time_zone", "followers", "followers_observed_on", "alias_of",
    "valid_from",
)  # fmt: skip
_CURRENCIES = {"BR": "BRL", "DK": "DKK", "JP": "JPY", "SE": "SEK"}
_ZONES = {
    "BR": "America/Sao_Paulo",
    "DE": "Europe/Berlin",
    "DK": "Europe/Copenhagen",
    "ES": "Europe/Madrid",
    "GR": "Europe/Athens",
    "JP": "Asia/Tokyo",
    "PT": "Europe/Lisbon",
    "SE": "Europe/Stockholm",
}


def level(truth: Truth) -> tuple[int, date] | None:
    """Give the follower level the roster tells: none on TikTok, which exports its own."""
    account = truth.account
    if account.platform == "tiktok":
        return None
    on = _LEVEL_ON.get(account.platform, _LATE_LEVEL_ON)
    if account.handle in NO_NET_FOLLOWS:
        on = _LATE_LEVEL_ON
    if account.post_days[0] > on:
        on = account.post_days[0]
    return int(truth.levels[(on - FIRST_DAY).days]), on


def write(truths: Iterable[Truth]) -> bytes:
    """Write the roster: one row per account, and one per former handle."""
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER, lineterminator="\n", restval="")
    writer.writeheader()
    for truth in truths:
        account = truth.account
        row = {
            "platform": account.platform,
            "handle": account.handle,
            "creator_id": account.creator_id,
            "display_name": account.name,
            "category": "everyday",
            "country": account.country,
            "market": "nordic" if account.country in ("DK", "SE") else "europe",
            "currency": _CURRENCIES.get(account.country, "EUR"),
            "time_zone": _ZONES[account.country],
            "valid_from": str(FIRST_DAY),
        }
        if account.platform in ("facebook", "instagram"):
            width = 15 if account.platform == "facebook" else None
            row["account_id"] = meta.account_id(account.handle)[:width]
        if known := level(truth):
            row["followers"], row["followers_observed_on"] = str(known[0]), str(known[1])
        writer.writerow(row)
        if account.former_handle:
            writer.writerow(
                {
                    "platform": account.platform,
                    "handle": account.former_handle,
                    "alias_of": account.handle,
                    "valid_from": str(FIRST_DAY),
                }
            )
    return text.getvalue().encode()
