"""The step that gives up old partitions."""

from datetime import date

from flows.marts import MARTS
from flows.settings import Settings
from warehouse.home import Home
from warehouse.marts import partitions


def expire(settings: Settings, today: date) -> list[str]:
    """Remove the daily partitions that retention gives up; month-ends and backfills stay."""
    home = Home(settings.home)
    return [
        f"{table} {day}"
        for table, mart in MARTS.items()
        for day in partitions.expire(
            home,
            table,
            today,
            settings.daily_partitions if mart.keeps_days else 0,
            month_ends=mart.keeps_days,
        )
    ]
