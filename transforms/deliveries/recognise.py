"""Which export a table is: told by its headers, never by its file's name."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import polars as pl
from rapidfuzz import fuzz, process

from transforms.export import Export
from transforms.exports import EXPORTS
from transforms.headers import normalise_header
from transforms.reading.tables import TextTable

_FIGURE = r"^\s*[-+]?(?:\d[\d.,\s\u00a0\u202f]*%?|\d+:\d{2}(?::\d{2})?)\s*$"
_NOT_REPORTED = ("", "-", "--", "n/a", "nan", "undefined")
_SIMILAR = 75.0
"""Percent from which a header is taken for a misspelling of a missing one."""

_SAME_PLATFORM = 0.5
"""What lying under its platform adds to the likeness of an export, which is at most 2."""


class RecognitionError(ValueError):
    """Two declarations claim the same table: one of them must be made more specific."""


@dataclass(frozen=True, kw_only=True)
class Recognition:
    """What a table was recognised as, or what it is most like.

    Attributes
    ----------
    positions
        Canonical column to the positions of the headers that name it, first to last.
    currencies
        Canonical column to the ISO 4217 code in its header.
    unknown
        Headers no declaration of the export (or of the nearest) names.
    missing
        Headers the nearest export needs and the table lacks, in the table's language.
    reason
        Why it is not recognised, or recognised and yet refused, in one sentence.
    about
        Canonical column that its title names; null for a table without a title.
    rivals
        Exports of other platforms that its title fits as well.
    is_by_shape
        Whether no name told it, but what stands in its cells.
    """

    export: Export | None
    language: str | None = None
    positions: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    currencies: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    nearest: str | None = None
    missing: tuple[str, ...] = ()
    reason: str | None = None
    about: str | None = None
    rivals: tuple[Export, ...] = ()
    is_by_shape: bool = False


@dataclass(frozen=True)
class _Reading:
    """The table's headers as one export would read them."""

    export: Export
    language: str
    positions: Mapping[str, tuple[int, ...]]
    currencies: Mapping[str, str]
    unknown: tuple[int, ...]

    @cached_property
    def missing(self) -> tuple[str, ...]:
        needed = self.export.required - set(self.positions)
        return tuple(column for column in self.export.vocabulary.headers if column in needed)

    @cached_property
    def is_candidate(self) -> bool:
        return not self.missing and not self._lacks_figures and not self.foreign

    @property
    def _lacks_figures(self) -> bool:
        return bool(self.export.one_of) and not self.export.one_of & set(self.positions)

    @property
    def foreign(self) -> tuple[str, ...]:
        return tuple(sorted(self.export.forbidden & set(self.positions)))

    @property
    def weight(self) -> tuple[int, int]:
        """Rank of a match: the more a declaration asks for, the more specific it is."""
        return (len(self.export.required), len(self.positions))

    def spell(self, columns: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.export.vocabulary.spell(column, self.language) for column in columns)


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
    readings = _readings(table.header, exports)
    objections = _objections(table, readings, platform)
    if told := _by_names(table, readings, objections):
        return told
    unread = [reading for reading in readings if reading.export.name not in objections]
    if told := _by_shape(table, unread, platform):
        return told
    loading = [reading for reading in readings if reading.export.tables]
    return _nearest(table, loading, objections, platform)


def recognise_by_names(
    table: TextTable, exports: Mapping[str, Export], platform: str | None
) -> Recognition | None:
    """Do as `recognise` where the headers tell the export, else give nothing.

    Of the rows only the columns of `positions_looked_at` are needed.
    """
    readings = _readings(table.header, exports)
    return _by_names(table, readings, _objections(table, readings, platform))


def not_ruled_out(
    first: TextTable, exports: Mapping[str, Export], platform: str | None
) -> dict[str, Export]:
    """Give the exports that the whole of a table can be, as its place and first records show.

    A cell of theirs that makes it a dimension, or a key that repeats, does so in the whole.
    """
    return {
        reading.export.name: reading.export
        for reading in _readings(first.header, exports)
        if reading.is_candidate
        and (_object_to_place(first, reading, platform) or _object_to_extras(first, reading))
        is None
    }


def positions_looked_at(header: tuple[str, ...], exports: Mapping[str, Export]) -> frozenset[int]:
    """Give the columns whose cells decide between the exports that have such headers."""
    places: set[int] = set()
    for reading in _readings(header, exports):
        has_extras = reading.export.extra != "ignored" and bool(reading.unknown)
        if reading.is_candidate and (has_extras or reading.export.key_like):
            places.add(reading.positions[reading.export.key][0])
        if reading.is_candidate and has_extras:
            places.update(reading.unknown)
    return frozenset(places)


def _readings(header: tuple[str, ...], exports: Mapping[str, Export]) -> tuple[_Reading, ...]:
    return _read_by_all(header, tuple(exports.values()))


@lru_cache(maxsize=500)
def _read_by_all(header: tuple[str, ...], exports: tuple[Export, ...]) -> tuple[_Reading, ...]:
    """Read a header once for all the files of a night that have it."""
    return tuple(_read_headers(header, export) for export in exports if not export.titles)


def _objections(
    table: TextTable, readings: Sequence[_Reading], platform: str | None = None
) -> dict[str, str | None]:
    """Say of each export that has such headers why the file is not its own, or nothing."""
    return {
        reading.export.name: _object_to_place(table, reading, platform)
        or _object_to_keys(table, reading, readings)
        or _object_to_extras(table, reading)
        or _object_to_others(reading, readings)
        for reading in readings
        if reading.is_candidate
    }


def _by_names(
    table: TextTable, readings: Sequence[_Reading], objections: Mapping[str, str | None]
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
        currencies=best.currencies,
        unknown=tuple(table.header[position] for position in best.unknown),
    )


def _read_headers(header: tuple[str, ...], export: Export) -> _Reading:
    positions: dict[str, tuple[int, ...]] = {}
    currencies: dict[str, str] = {}
    languages: Counter[str] = Counter()
    unknown = []
    for position, name in enumerate(header):
        match = export.vocabulary.match(name)
        if match is None:
            if name.strip():
                unknown.append(position)
            continue
        positions[match.column] = (*positions.get(match.column, ()), position)
        languages.update(match.languages)
        if match.currency:
            currencies.setdefault(match.column, match.currency)
    language = max(
        sorted(languages), key=lambda code: (languages[code], code == "en"), default="en"
    )
    return _Reading(export, language, positions, currencies, tuple(unknown))


def _by_shape(
    table: TextTable, readings: Sequence[_Reading], platform: str | None
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


def _object_to_place(table: TextTable, reading: _Reading, platform: str | None) -> str | None:
    """Say that the file lies under another platform and has headers of any, or nothing."""
    if platform in (None, reading.export.platform):
        return None
    if not reading.positions.keys() <= reading.export.common:
        return None
    found = [table.header[places[0]] for places in reading.positions.values()]
    return f"it lies under {platform}, and {_listed(found)} are headers of any platform"


def _object_to_keys(
    table: TextTable, reading: _Reading, readings: Sequence[_Reading]
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


def _is_in_doubt(reading: _Reading, readings: Sequence[_Reading]) -> bool:
    """Say whether only its keys can tell a report from another one with the same headers."""
    others = (other for other in readings if other is not reading and not other.unknown)
    is_alone = not reading.unknown and not any(other.is_candidate for other in others)
    return bool(reading.export.least_key_share) and not is_alone


def _object_to_extras(table: TextTable, reading: _Reading) -> str | None:
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
    key = table.rows.get_column(str(reading.positions[reading.export.key][0])).drop_nulls()
    if key.n_unique() < key.len():
        return (
            f"{table.header[reading.positions[reading.export.key][0]]!r} repeats beside "
            f"unknown headers: it can be cut by another dimension"
        )
    return None


def _object_to_others(reading: _Reading, readings: Sequence[_Reading]) -> str | None:
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
                f"it is rather {other.export.name}, and lacks {_listed(other.spell(other.missing))}"
            )
    return None


def _holds_figures(rows: pl.DataFrame, column: str) -> bool:
    cells = pl.col(column).drop_nulls()
    reported = cells.filter(~cells.str.strip_chars().str.to_lowercase().is_in(_NOT_REPORTED))
    return bool(rows.select(reported.str.contains(_FIGURE).all()).item())


def _nearest(
    table: TextTable,
    readings: list[_Reading],
    objections: Mapping[str, str | None],
    platform: str | None,
) -> Recognition:
    """Name the export most like the table; where all are alike, one of its platform."""
    likeness = {reading.export.name: _likeness(table.header, reading) for reading in readings}
    nearest = max(
        readings,
        key=lambda reading: (
            likeness[reading.export.name] + _SAME_PLATFORM * _is_of(reading.export, platform)
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
    table: TextTable, nearest: _Reading, missing: tuple[str, ...], objection: str | None
) -> str:
    name = nearest.export.name
    if objection:
        return f"like {name}, but {objection}"
    if nearest.foreign:
        columns = [table.header[nearest.positions[column][0]] for column in nearest.foreign]
        return f"like {name}, but {_listed(columns)} makes it another report"
    if missing:
        shared = "also needs" if nearest.positions else "shares none of them and needs"
        return f"no export has these headers; the nearest, {name}, {shared} {_listed(missing)}"
    vocabulary = nearest.export.vocabulary.headers
    figures = [column for column in vocabulary if column in nearest.export.one_of][:3]
    return f"like {name}, but has none of its figures, such as {_listed(nearest.spell(figures))}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(repr(" ".join(name.replace("\u00ad", "").split())) for name in names)


def _likeness(header: tuple[str, ...], reading: _Reading) -> float:
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
