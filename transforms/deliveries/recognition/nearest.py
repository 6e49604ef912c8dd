"""The export that an unrecognised table is most like, and what separates the two."""

from collections.abc import Mapping

from rapidfuzz import fuzz, process

from transforms.deliveries.recognition.reading import HeaderReading, listed
from transforms.deliveries.recognition.recognition import Recognition
from transforms.export import Export
from transforms.headers import normalise_header
from transforms.reading.tables import TextTable

_SIMILAR = 75.0
"""Percent from which a header is taken for a misspelling of a missing one."""

_SAME_PLATFORM = 0.5
"""What lying under its platform adds to the likeness of an export, which is at most 2."""


def name_nearest(
    table: TextTable,
    readings: list[HeaderReading],
    objections: Mapping[str, str | None],
    platform: str | None,
) -> Recognition:
    """Name the export most like the table; where all are alike, one of its platform.

    Of equals, one that can be of anything comes last: every table is a little like it.
    """
    likeness = {reading.export.name: _likeness(table.header, reading) for reading in readings}
    nearest = max(
        readings,
        key=lambda reading: (
            likeness[reading.export.name] + _SAME_PLATFORM * _is_of(reading.export, platform),
            not reading.export.reads & reading.export.vocabulary.kinds,
        ),
        default=None,
    )
    if nearest is None:
        return Recognition(export=None, unknown=table.header, reason="no export is declared")
    missing = nearest.spell(nearest.missing)
    return Recognition(
        export=None,
        language=nearest.language if nearest.positions else None,
        positions=nearest.positions,
        unknown=tuple(table.header[position] for position in nearest.unknown),
        nearest=nearest.export.name,
        missing=missing,
        reason=_reason(table, nearest, missing, objections.get(nearest.export.name)),
    )


def _is_of(export: Export, platform: str | None) -> bool:
    return export.platform == platform and not export.lists_accounts


def _reason(
    table: TextTable, nearest: HeaderReading, missing: tuple[str, ...], objection: str | None
) -> str:
    name = nearest.export.name
    if objection:
        return f"like {name}, but {objection}"
    if nearest.foreign:
        columns = [table.header[nearest.positions[column][0]] for column in nearest.foreign]
        return f"like {name}, but {listed(columns)} makes it another report"
    if missing:
        shared = "also needs" if nearest.positions else "shares none of them and needs"
        return f"no export has these headers; the nearest, {name}, {shared} {listed(missing)}"
    vocabulary = nearest.export.vocabulary.headers
    figures = [column for column in vocabulary if column in nearest.export.one_of][:3]
    return f"like {name}, but has none of its figures, such as {listed(nearest.spell(figures))}"


def _likeness(header: tuple[str, ...], reading: HeaderReading) -> float:
    """Measure how near a table comes to an export: 0 nothing shared, 2 everything."""
    names = [normalise_header(name) for name in header if name.strip()]
    if not names:
        return 0.0
    needed = [
        1.0 if column in reading.positions else _misspelling(reading.export, column, names)
        for column in sorted(reading.export.required)
    ]
    figures = reading.export.one_of
    if figures & set(reading.positions):
        needed.append(1.0)
    elif figures:
        needed.append(max(_misspelling(reading.export, column, names) for column in figures))
    found = sum(len(positions) for positions in reading.positions.values())
    return sum(needed) / len(needed) + found / len(names)


def _misspelling(export: Export, column: str, names: list[str]) -> float:
    spelled = [normalise_header(name.spelled) for name in export.vocabulary.headers[column]]
    best = max(process.cdist(spelled, names, scorer=fuzz.ratio).max(axis=1))
    return float(best) / 100 if best >= _SIMILAR else 0.0
