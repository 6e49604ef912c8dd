"""What the tests of a run read out of the published file."""

from collections.abc import Collection

from flows.settings import Settings
from warehouse.home import Home
from warehouse.published.query import query

PROVENANCE = ("load_id", "loaded_at", "file_id")
"""Columns that name a delivery."""


def ask(settings: Settings, sql: str) -> list[dict[str, object]]:
    return query(Home(settings.home).warehouse, sql).to_dicts()


def tables(
    settings: Settings,
    layers: str = "'core', 'mart', 'history', 'ref'",
    without: Collection[str] = (),
) -> dict[str, object]:
    """Give every row of some layers, but for the columns `without`."""
    names = ask(
        settings,
        "select table_schema || '.' || table_name as name from information_schema.tables "
        f"where table_schema in ({layers}) and table_type = 'BASE TABLE' order by 1",
    )
    return {
        str(row["name"]): sorted(
            str({name: value for name, value in one.items() if name not in without})
            for one in ask(settings, f"from {row['name']}")
        )
        for row in names
    }
