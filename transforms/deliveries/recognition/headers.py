"""Which export a table is: told by its headers, never by its file's name."""

from collections.abc import Mapping, Sequence

from transforms.deliveries.recognition.nearest import name_nearest
from transforms.deliveries.recognition.objections import (
    object_to_extras,
    object_to_place,
    objections_to,
)
from transforms.deliveries.recognition.reading import HeaderReading, readings_of
from transforms.deliveries.recognition.recognition import Recognition, RecognitionError
from transforms.export import Export
from transforms.exports import EXPORTS
from transforms.reading.tables import TextTable


def recognise(
    table: TextTable, exports: Mapping[str, Export] = EXPORTS, platform: str | None = None
) -> Recognition:
    """Tell which export a table without a title is, or the nearest and what separates the two.

    Parameters
    ----------
    platform
        What the file's place says; it decides which export is called the nearest, and forbids
        the shapes of others, and headers that say nothing of a platform.

    Raises
    ------
    RecognitionError
        If two exports claim it equally.
    """
    readings = readings_of(table.header, exports)
    objections = objections_to(table, readings, platform)
    if told := _by_names(table, readings, objections):
        return told
    unread = [reading for reading in readings if reading.export.name not in objections]
    if told := _by_shape(table, unread, platform):
        return told
    loading = [reading for reading in readings if reading.export.tables]
    return name_nearest(table, loading, objections, platform)


def recognise_by_names(
    table: TextTable, exports: Mapping[str, Export], platform: str | None
) -> Recognition | None:
    """Do as `recognise` where the headers tell the export, else give nothing.

    Of the rows only the columns of `positions_looked_at` are needed.
    """
    readings = readings_of(table.header, exports)
    return _by_names(table, readings, objections_to(table, readings, platform))


def not_ruled_out(
    first: TextTable, exports: Mapping[str, Export], platform: str | None
) -> dict[str, Export]:
    """Give the exports that the whole of a table can be, as its place and first records show.

    A cell of theirs that makes it a dimension, or a key that repeats, does so in the whole.
    """
    return {
        reading.export.name: reading.export
        for reading in readings_of(first.header, exports)
        if reading.is_candidate
        and (object_to_place(first, reading, platform) or object_to_extras(first, reading)) is None
    }


def positions_looked_at(header: tuple[str, ...], exports: Mapping[str, Export]) -> frozenset[int]:
    """Give the columns whose cells decide between the exports that have such headers."""
    places: set[int] = set()
    for reading in readings_of(header, exports):
        has_extras = reading.export.extra != "ignored" and bool(reading.unknown)
        if reading.is_candidate and (has_extras or reading.export.key_like):
            places.add(reading.positions[reading.export.key][0])
        if reading.is_candidate and has_extras:
            places.update(reading.unknown)
            places.update(reading.key_places)
    return frozenset(places)


def _by_names(
    table: TextTable, readings: Sequence[HeaderReading], objections: Mapping[str, str | None]
) -> Recognition | None:
    """Tell the export by the headers; of several the one that asks for most."""
    fitting = [
        reading
        for reading in readings
        if reading.export.name in objections and objections[reading.export.name] is None
    ]
    if not fitting:
        return None
    fitting.sort(key=lambda reading: reading.weight, reverse=True)
    best = fitting[0]
    if len(fitting) > 1 and fitting[1].weight == best.weight:
        raise RecognitionError(
            f"{best.export.name} and {fitting[1].export.name} both claim the header "
            f"{list(table.header)}: give one of them a required or a forbidden column"
        )
    return Recognition(
        export=best.export,
        language=best.language,
        positions=best.positions,
        told=best.told,
        unknown=tuple(table.header[position] for position in best.unknown),
    )


def _by_shape(
    table: TextTable, readings: Sequence[HeaderReading], platform: str | None
) -> Recognition | None:
    """Tell the export by the cells of a table, where one alone of those no name told has them."""
    told = [
        (reading, found)
        for reading in readings
        if reading.export.shape and platform in (None, reading.export.platform)
        if (found := reading.export.shape(table, reading.export.vocabulary))
    ]
    if len(told) != 1:
        return None
    (reading, positions), *_ = told
    return Recognition(
        export=reading.export,
        language=reading.language if reading.positions else None,
        positions={column: (place,) for column, place in positions.items()},
        unknown=tuple(table.header[place] for place in reading.unknown),
        is_by_shape=True,
    )
