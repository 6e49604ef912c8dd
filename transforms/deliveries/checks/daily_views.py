"""The views of an account's days, for the reach of the same days that stands in another file."""

from collections.abc import Hashable, Mapping
from functools import cached_property

import polars as pl

from transforms.cells.parse import Parsed
from transforms.deliveries.lending import Lent
from transforms.deliveries.survey import Surveyed

_DAY = "_day"


class DailyViews:
    """What the daily reports of a delivery say of an account's views."""

    def __init__(self, lent: Mapping[Surveyed, Lent | BaseException]) -> None:
        self._lent = lent

    def beside_reach(self, entry: Surveyed, given: Lent) -> pl.DataFrame | None:
        """Pair the reach of a daily report that tells no views with those of its siblings.

        Returns
        -------
        polars.DataFrame or None
            said, the views, and found, the reach: grain day. A day whose views two files give
            differently is left out; null where there is nothing to pair.

        Notes
        -----
        Reach counts the accounts that saw something at least once, views how often it was seen
        (Meta Business Suite and Business Help Centre, read 2026-11-23). On 332 days of three real
        accounts reach is nowhere above views. TikTok's viewers of a day are no such figure: on a
        third of the days of real exports they are more than the views of the day.
        """
        reach = _figure(entry, given, "reach")
        if reach is None or _figure(entry, given, "views") is not None:
            return None
        told = self._told.get(_owner(entry, given))
        if told is None:
            return None
        views = pl.concat(told).unique().filter(pl.col(_DAY).is_unique()).rename({"views": "said"})
        pairs = reach.unique(_DAY, keep="none").join(views, on=_DAY, validate="1:1")
        return pairs.select("said", found="reach")

    @cached_property
    def _told(self) -> dict[Hashable, list[pl.DataFrame]]:
        """Read the views when the first reach asks: most deliveries have none."""
        told: dict[Hashable, list[pl.DataFrame]] = {}
        for entry, given in self._lent.items():
            if isinstance(given, Lent) and (views := _figure(entry, given, "views")) is not None:
                told.setdefault(_owner(entry, given), []).append(views)
        return told


def _owner(entry: Surveyed, given: Lent) -> Hashable:
    return entry.export.platform, given.account.ref if given.account else None, entry.container


def _figure(entry: Surveyed, given: Lent, name: str) -> pl.DataFrame | None:
    """Give day and figure of a daily report of an account, or null where it has none."""
    days, parsed = entry.export.days_covered, entry.export.columns.get(name)
    if days is None or parsed is None or entry.export.tables != ("account_day",):
        return None
    if _is_blank(given.data, parsed):
        return None
    if not set(parsed.value.meta.root_names()) <= set(given.data.columns):
        return None
    found = given.data.select(days.alias(_DAY), parsed.value.cast(pl.Float64).alias(name))
    told = found.drop_nulls()
    return None if told.is_empty() else told


def _is_blank(data: pl.DataFrame, parsed: Parsed) -> bool:
    there = [data.get_column(name) for name in parsed.columns if name in data.columns]
    return bool(there) and all(cells.null_count() == cells.len() for cells in there)
