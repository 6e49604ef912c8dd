"""Why a table whose headers an export has is yet not that export."""

from collections.abc import Sequence

import polars as pl

from transforms.deliveries.recognition.reading import HeaderReading, listed
from transforms.reading.tables import TextTable

_FIGURE = r"^\s*[-+]?(?:\d[\d.,\s\u00a0\u202f]*%?|\d+:\d{2}(?::\d{2})?)\s*$"
_NOT_REPORTED = ("", "-", "--", "n/a", "nan", "undefined")


def objections_to(
    table: TextTable, readings: Sequence[HeaderReading], platform: str | None = None
) -> dict[str, str | None]:
    """Say of each export that has such headers why the file is not its own, or nothing."""
    return {
        reading.export.name: object_to_place(table, reading, platform)
        or _object_to_keys(table, reading, readings)
        or object_to_extras(table, reading)
        or _object_to_others(reading, readings)
        for reading in readings
        if reading.is_candidate
    }


def object_to_place(table: TextTable, reading: HeaderReading, platform: str | None) -> str | None:
    """Say that the file lies under another platform and has headers of any, or nothing."""
    if platform in (None, reading.export.platform):
        return None
    if not reading.positions.keys() <= reading.export.common:
        return None
    found = [table.header[places[0]] for places in reading.positions.values()]
    return f"it lies under {platform}, and {listed(found)} are headers of any platform"


def _object_to_keys(
    table: TextTable, reading: HeaderReading, readings: Sequence[HeaderReading]
) -> str | None:
    """Say that no cell of the key column is a key of this export, or nothing."""
    pattern, position = reading.export.key_like, reading.positions[reading.export.key][0]
    if pattern is None or (table.rows.is_empty() and not _is_in_doubt(reading, readings)):
        return None
    key = pl.col(str(position))
    is_key = key.str.contains(pattern).fill_null(value=False)
    share = table.rows.select_seq(is_key.mean()).item()
    if isinstance(share, float) and share > reading.export.least_key_share:
        return None
    example = next(iter(table.rows.get_column(str(position)).drop_nulls()), None)
    found = "hardly a" if share else "no"
    return f"{found} cell of {table.header[position]!r} is what it should be, e.g. {example!r}"


def _is_in_doubt(reading: HeaderReading, readings: Sequence[HeaderReading]) -> bool:
    """Say whether only its keys can tell a report from another one with the same headers."""
    others = (other for other in readings if other is not reading and not other.unknown)
    is_alone = not reading.unknown and not any(other.is_candidate for other in others)
    return bool(reading.export.least_key_share) and not is_alone


def object_to_extras(table: TextTable, reading: HeaderReading) -> str | None:
    """Say why an unnamed header can make it another report, or nothing."""
    if reading.export.extra == "ignored" or not reading.unknown:
        return None
    export = reading.export
    # An export without a choice of figures requires all it has
    named = len((export.one_of or export.required - {export.key}) & set(reading.positions))
    if len(reading.unknown) > named:
        return (
            f"{len(reading.unknown)} of its headers are unknown to {reading.export.name} "
            f"and only {named} of its figures known"
        )
    for position in reading.unknown:
        if not _holds_figures(table.rows, str(position)):
            return f"its column {table.header[position]!r} holds no figures: it can be a dimension"
    places = [str(place) for place in reading.key_places]
    keys = table.rows.select(places).drop_nulls(places[0])
    if keys.n_unique() < keys.height:
        return (
            f"{table.header[reading.positions[reading.export.key][0]]!r} repeats beside "
            f"unknown headers: it can be cut by another dimension"
        )
    return None


def _object_to_others(reading: HeaderReading, readings: Sequence[HeaderReading]) -> str | None:
    """Say which other export of the platform knows two headers more and lacks one, or nothing.

    A report of which one header was renamed as another report has it would else be read as that
    one, and lose what the two do not share.
    """
    for other in readings:
        if (
            other.export.tables
            and other.export.platform == reading.export.platform
            and len(other.missing) == 1
            and not other.foreign
            and len(other.unknown) + 1 < len(reading.unknown)
        ):
            return (
                f"it is rather {other.export.name}, and lacks {listed(other.spell(other.missing))}"
            )
    return None


def _holds_figures(rows: pl.DataFrame, column: str) -> bool:
    cells = pl.col(column).drop_nulls()
    reported = cells.filter(~cells.str.strip_chars().str.to_lowercase().is_in(_NOT_REPORTED))
    return bool(rows.select(reported.str.contains(_FIGURE).all()).item())
