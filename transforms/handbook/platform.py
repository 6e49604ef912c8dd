"""What the reports of one platform share, said once: downloads, refusals, sources."""

from collections.abc import Callable, Iterator, Sequence

from transforms.export import Export
from transforms.handbook.groups import Group, idle_columns, names_of, rows
from transforms.handbook.names import code, shown
from transforms.handbook.report import kept, report


def platform(groups: Sequence[Group]) -> Iterator[str]:
    """Write a platform: where to download, the reports, what fills nothing and why."""
    exports = [export for group in groups for export in group.exports]
    yield from _downloads(groups)
    for group in groups:
        if not group.first.kept:
            yield from report(group)
    held = [kept(export) for export in exports if export.kept]
    if held := [*held, *_by_statement(exports, lambda export: export.keeps)]:
        yield from ("### Kept, and why", "", *held, "")
    if idle := _filling_nothing(groups):
        yield from ("### Known, and filling no column", "", f"{', '.join(idle)}.", "")
    if refused := _by_statement(exports, lambda export: export.refuses):
        yield from ("### Refused, and why", "", *refused, "")
    yield from ("### Sources", "", *_by_statement(exports, lambda export: export.source), "")


def _downloads(groups: Sequence[Group]) -> Iterator[str]:
    places: dict[str, list[str]] = {}
    for group in groups:
        places.setdefault(group.first.where, []).append(group.title)
    yield "| where to download | gives |"
    yield "|---|---|"
    for where, titles in places.items():
        yield f"| {where} | {'; '.join(dict.fromkeys(titles))} |"
    yield ""


def _filling_nothing(groups: Sequence[Group]) -> list[str]:
    """List the known headers that are in the table of no report of the platform."""
    read = {shown(row.names[0]) for group in groups for row in rows(group)}
    idle = dict.fromkeys(
        shown(names_of(export, column)[0])
        for group in groups
        for export in group.exports
        if not export.kept
        for column in idle_columns(export)
    )
    return [name for name in idle if name not in read]


def _by_statement(exports: Sequence[Export], said: Callable[[Export], str | None]) -> list[str]:
    """List what is said of reports, each statement once, with the names of those it is of."""
    found: dict[str, list[str]] = {}
    for export in exports:
        if statement := said(export):
            found.setdefault(statement, []).append(export.name)
    return [f"- {statement} ({code(names)})." for statement, names in found.items()]
