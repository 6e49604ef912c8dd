"""A table's headers as each export would read them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from transforms.export import BOTH, Export


@dataclass(frozen=True)
class HeaderReading:
    """The table's headers as one export would read them."""

    export: Export
    language: str
    positions: Mapping[str, tuple[int, ...]]
    told: Mapping[str, str]
    unknown: tuple[int, ...]

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """Give the columns that the export needs and no header names."""
        needed = self.export.required - set(self.positions)
        return tuple(column for column in self.export.vocabulary.headers if column in needed)

    @cached_property
    def is_candidate(self) -> bool:
        """Say whether the headers are such as the export has."""
        return not self.missing and not self._lacks_figures and not self.foreign

    @property
    def _lacks_figures(self) -> bool:
        return bool(self.export.one_of) and not self.export.one_of & set(self.positions)

    @property
    def foreign(self) -> tuple[str, ...]:
        """Give the columns by which it is another export."""
        return tuple(sorted(self.export.forbidden & set(self.positions)))

    @property
    def key_places(self) -> tuple[int, ...]:
        """Give where the key stands, then where else a record is identified."""
        others = sorted(self.export.grain & set(self.positions))
        return tuple(self.positions[column][0] for column in (self.export.key, *others))

    @property
    def weight(self) -> tuple[int, int]:
        """Rank of a match: the more a declaration asks for, the more specific it is."""
        return (len(self.export.required), len(self.positions))

    def spell(self, columns: Iterable[str]) -> tuple[str, ...]:
        """Write columns as the table's language names them."""
        return tuple(self.export.vocabulary.spell(column, self.language) for column in columns)


def readings_of(
    header: tuple[str, ...], exports: Mapping[str, Export]
) -> tuple[HeaderReading, ...]:
    """Read a header as each export that needs no title would."""
    return _read_by_all(header, tuple(exports.values()))


@lru_cache(maxsize=500)
def _read_by_all(header: tuple[str, ...], exports: tuple[Export, ...]) -> tuple[HeaderReading, ...]:
    """Read a header once for all the files of a night that have it."""
    return tuple(_read_headers(header, export) for export in exports if not export.titles)


def _read_headers(header: tuple[str, ...], export: Export) -> HeaderReading:
    positions: dict[str, tuple[int, ...]] = {}
    told: dict[str, str] = {}
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
        if match.told:
            known = told.setdefault(match.column, match.told)
            if match.column in export.vocabulary.kinds and match.told not in known.split(BOTH):
                told[match.column] = f"{known}{BOTH}{match.told}"
    language = max(
        sorted(languages), key=lambda code: (languages[code], code == "en"), default="en"
    )
    return HeaderReading(export, language, positions, told, tuple(unknown))


def listed(names: Iterable[str]) -> str:
    """Write headers into a sentence, without soft hyphens and line ends."""
    return ", ".join(repr(" ".join(name.replace("\u00ad", "").split())) for name in names)
