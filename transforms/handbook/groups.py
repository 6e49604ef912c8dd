"""Reports that differ only in what parts their audience stand together, under one title."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

import polars as pl

from transforms.export import Export
from transforms.mappings.explain import becomes
from transforms.vocabulary import Name

LISTS = "lists"
"""Section of what no platform exports."""


@dataclass(frozen=True)
class Group:
    """Reports of one place of download that fill the same columns of the same tables."""

    exports: tuple[Export, ...]

    @property
    def first(self) -> Export:
        """Give the report that speaks for all in what they share."""
        return self.exports[0]

    @property
    def title(self) -> str:
        """Give the words that all their titles begin with, and what parts them."""
        parts = [part for export in self.exports if (part := self._part(export))]
        return f"{self._shared} by {', '.join(parts)}" if parts else self.first.title

    @property
    def _shared(self) -> str:
        words = zip(*(export.title.split(" ") for export in self.exports), strict=False)
        same = takewhile(lambda place: len(set(place)) == 1, words)
        return " ".join(place[0] for place in same).removesuffix(" by").rstrip(",:")

    def _part(self, export: Export) -> str:
        """Give what the title of one report says and those of the others do not."""
        return export.title.removeprefix(self._shared).lstrip(" ,:").removeprefix("by ")


@dataclass(frozen=True)
class Row:
    """One header of a group of reports and what becomes of it.

    Attributes
    ----------
    names
        All names of it, the one to show first.
    fills
        Columns of history, as `account_day.views`.
    units
        Units of those that have one.
    need
        `yes`, `one of these` or nothing: whether a file without it is still the report.
    """

    column: str
    names: tuple[Name, ...]
    fills: tuple[str, ...]
    units: tuple[str, ...]
    need: str


def section(export: Export) -> str:
    """Give the heading under which a report stands: its platform, or that of lists."""
    return LISTS if export.lists_accounts else str(export.platform)


def grouped(exports: Iterable[Export]) -> list[Group]:
    """Bring together what differs in a dimension only; what is kept stands alone."""
    found: dict[tuple[object, ...], list[Export]] = {}
    for export in exports:
        alone = export.name if export.kept else None
        constant = {name: value for name, value in constants(export).items() if name != "dimension"}
        key = (
            export.platform,
            export.where,
            export.tables,
            tuple(export.columns),
            *constant.items(),
        )
        found.setdefault((alone, *key), []).append(export)
    return [Group(tuple(members)) for members in found.values()]


def constants(export: Export) -> dict[str, str]:
    """Give the columns that have one value in every row, which no cell tells."""
    return {
        name: str(pl.select(parsed.value).item())
        for name, parsed in export.columns.items()
        if not parsed.columns and not parsed.value.meta.root_names()
    }


def worked_out(export: Export) -> tuple[str, ...]:
    """List the columns that the whole file tells, and no header alone."""
    return tuple(
        name
        for name, parsed in export.columns.items()
        if not parsed.columns and parsed.value.meta.root_names()
    )


def names_of(export: Export, column: str) -> tuple[Name, ...]:
    """Give the names of a column, as header or as title: English first, real files first."""
    vocabulary = export.vocabulary
    titled = vocabulary.titles.get(column, ()) if column in export.titles else ()
    named = (*titled, *vocabulary.headers.get(column, ()))
    return tuple(sorted(named, key=lambda name: (name.language != "en", name.seen != "file")))


def own_columns(export: Export) -> tuple[str, ...]:
    """List the canonical columns that matter to a report: those it reads or is told by."""
    own = export.reads | export.required | export.one_of | export.titles
    return tuple(column for column in declared_order(export) if column in own)


def idle_columns(export: Export) -> tuple[str, ...]:
    """List the canonical columns that it knows, that tell nothing of it and fill nothing.

    Under a title the layout decides what a header is: of none can this be said.
    """
    if export.layout:
        return ()
    active = {*own_columns(export), *export.forbidden}
    return tuple(column for column in export.vocabulary.headers if column not in active)


def rows(group: Group) -> list[Row]:
    """Say of every header that matters to a group what becomes of it, in declared order.

    A title is among them where it fills a column.
    """
    ordered = dict.fromkeys(column for export in group.exports for column in own_columns(export))
    found = [_row(column, group) for column in ordered]
    return [row for row in found if row.fills or row.column not in group.first.titles]


def _row(column: str, group: Group) -> Row:
    having = [export for export in group.exports if column in own_columns(export)]
    filled = [pair for export in having for pair in becomes(column, export)]
    return Row(
        column=column,
        names=names_of(having[0], column),
        fills=tuple(dict.fromkeys(name for name, _ in filled)),
        units=tuple(dict.fromkeys(unit for _, unit in filled if unit)),
        need=_need(column, having),
    )


def _need(column: str, having: list[Export]) -> str:
    if all(column in export.required for export in having):
        return "yes"
    alternatives = [export.one_of | export.titles for export in having]
    return "one of these" if all(column in some for some in alternatives) else ""


def declared_order(export: Export) -> tuple[str, ...]:
    """List its canonical columns as its TOML does, headers before titles."""
    return tuple(dict.fromkeys((*export.vocabulary.headers, *export.vocabulary.titles)))
