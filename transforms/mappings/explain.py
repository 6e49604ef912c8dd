"""What becomes of each column of a table, header by header."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schemas import contract
from schemas.history import HISTORY
from transforms.deliveries.recognition.recognition import Recognition
from transforms.deliveries.recognition.suggestion import suggest
from transforms.export import Export
from transforms.headers import normalise_header
from transforms.reading.table import TextTable
from transforms.vocabulary import Name

_EXAMPLES = 3
_LONGEST = 40


@dataclass(frozen=True, kw_only=True)
class ColumnFate:
    """One header of a table and what becomes of it.

    Attributes
    ----------
    language
        Languages in which it is a known name; null where it is unknown.
    column
        Canonical column of the export that it names.
    becomes
        Columns of history that are read from it, as `account_day.views`.
    unit
        Unit of the first of them.
    values
        First cells as they stand.
    fate
        What happens, in words.
    seen
        Whether a real file had the name, or only documentation; null where it is unknown.
    """

    header: str
    language: str | None
    column: str | None
    becomes: tuple[str, ...]
    unit: str | None
    values: tuple[str, ...]
    fate: str
    seen: bool | None


def explain(
    table: TextTable, recognition: Recognition, exports: Mapping[str, Export]
) -> list[ColumnFate]:
    """Say of every header with a name what it is and what becomes of it, left to right.

    A table that is not recognised is explained by the export most like it.
    """
    export = recognition.export or exports.get(recognition.nearest or "")
    places = {place: column for column, found in recognition.positions.items() for place in found}
    probable = _probable(table, recognition, export)
    return [
        _explain(table, place, places.get(place), recognition, export, probable)
        for place, header in enumerate(table.header)
        if header.strip()
    ]


def becomes(column: str | None, export: Export | None) -> list[tuple[str, str | None]]:
    """Give the columns of history that are read from a canonical column, with their units.

    Returns
    -------
    list of tuple
        `account_day.views` and its unit, in the order of the export's tables and columns.
    """
    if column is None or export is None:
        return []
    return [
        (f"{table}.{name}", described[name].unit)
        for table in export.tables
        if (described := contract.columns(HISTORY[table]))
        for name, parsed in export.columns.items()
        if column in parsed.columns and name in described
    ]


def _probable(
    table: TextTable, recognition: Recognition, export: Export | None
) -> Mapping[str, str]:
    if export is None:
        return {}
    found = suggest(table, recognition, export)
    return dict(zip(recognition.unknown, found, strict=True))


def _explain(
    table: TextTable,
    place: int,
    column: str | None,
    recognition: Recognition,
    export: Export | None,
    probable: Mapping[str, str],
) -> ColumnFate:
    header = table.header[place]
    names = _names(header, column, export)
    filled = becomes(column, export)
    return ColumnFate(
        header=" ".join(header.replace("\u00ad", "").split()),
        language=", ".join(sorted({name.language for name in names})) or None,
        column=column,
        becomes=tuple(name for name, _ in filled),
        unit=next((unit for _, unit in filled if unit), None),
        values=_values(table, place),
        fate=_fate(header, place, column, recognition, export, probable),
        seen=any(name.seen == "file" for name in names) if names else None,
    )


def _names(header: str, column: str | None, export: Export | None) -> Sequence[Name]:
    """Give the names of the column that the header spells; all with a currency are alike."""
    if column is None or export is None:
        return ()
    known = export.vocabulary.headers.get(column, ())
    spelled = normalise_header(header)
    exact = [name for name in known if normalise_header(name.spelled) == spelled]
    found = export.vocabulary.match(header)
    priced = [name for name in known if found and name.language in found.languages]
    return exact or priced


def _values(table: TextTable, place: int) -> tuple[str, ...]:
    cells = table.rows.get_column(str(place)).drop_nulls().head(_EXAMPLES)
    return tuple(" ".join(cell.split())[:_LONGEST] for cell in cells)


def _fate(
    header: str,
    place: int,
    column: str | None,
    recognition: Recognition,
    export: Export | None,
    probable: Mapping[str, str],
) -> str:
    if column is None or export is None:
        return _unknown(header, export, probable)
    if recognition.export is None:
        return f"not read: only like {export.name}"
    if recognition.reason:
        return "not read: the table is refused"
    if export.kept:
        return "kept, not read"
    filled = becomes(column, export)
    places = recognition.positions[column]
    if len(places) > 1 and filled:
        first = "the first" if place == places[0] else f"number {places.index(place) + 1}"
        return f"{first} of {len(places)} with this name: the first its values fit is read"
    if filled:
        return f"loaded as {', '.join(name for name, _ in filled)}"
    needed = "tells the report" if column in export.required | export.one_of else "known"
    return f"{needed}, and fills no column"


def _unknown(header: str, export: Export | None, probable: Mapping[str, str]) -> str:
    meant = probable.get(header)
    if meant and export:
        spelled = export.vocabulary.spell(meant, "en")
        return (
            f"unknown, probably {spelled!r} ({meant}): add it under [headers.{meant}] in "
            f"headers/{export.name}.toml"
        )
    return "unknown: ignored"
