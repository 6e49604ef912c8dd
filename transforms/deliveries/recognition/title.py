"""Which export a table under a title is: told by the title, never by its file's name."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rapidfuzz import fuzz, process

from transforms.deliveries.recognition.headers import recognise
from transforms.deliveries.recognition.recognition import Recognition, RecognitionError
from transforms.export import Export
from transforms.exports import EXPORTS
from transforms.headers import normalise_header
from transforms.layout import Layout, LayoutError
from transforms.reading.tables import TextTable
from transforms.vocabulary import Match

_MOST_NAMED = 3


def recognise_any(
    table: TextTable, exports: Mapping[str, Export] = EXPORTS, platform: str | None = None
) -> list[tuple[Recognition, TextTable]]:
    """Tell which export a table is, and give it as that export lays it out.

    Parameters
    ----------
    platform
        What the file's place says; of exports that a title fits alike, the one of this platform
        comes first and the others are its rivals. The name of a sheet, or a note above the
        header, is a title where nothing else tells what the table is.

    Returns
    -------
    list
        One recognition; one for each part where several exports share the table.

    Raises
    ------
    RecognitionError
        If two exports of one platform claim it equally.
    """
    if table.title is None:
        told = [_recognise_header(table, exports, platform)]
    else:
        told = _recognise_by(table.title, table, exports, platform)
    if table.tab is None or any(recognition.export for recognition, _ in told):
        return told
    for title in (table.tab, *(cells[0] for cells in table.above if len(cells) == 1)):
        found = _recognise_by(title, table, exports, platform)
        if any(_is_meant(recognition, platform) for recognition, _ in found):
            return found
    return told


def _recognise_header(
    table: TextTable, exports: Mapping[str, Export], platform: str | None
) -> tuple[Recognition, TextTable]:
    recognition = recognise(table, exports, platform)
    if recognition.export is None:
        return _without_title(table, exports, platform) or recognition, table
    return recognition, _noted(table, table.header[0]) if recognition.is_by_shape else table


def _without_title(
    table: TextTable, exports: Mapping[str, Export], platform: str | None
) -> Recognition | None:
    """Say that a table has the cells of one under a title, which alone says what they are of."""
    titled = [export for export in exports.values() if export.titles and export.shape]
    told = [
        (export, about)
        for export in titled
        if platform in (None, export.platform)
        for about in (export.shape and export.shape(table, export.vocabulary)) or ()
    ]
    if not told:
        return None
    export, about = told[0]
    return Recognition(
        export=None,
        nearest=export.name,
        unknown=table.header,
        reason=f"its cells are those of {export.name}, and the title above them is gone, such as "
        f"{export.vocabulary.titles[about][0].spelled!r}, which says whose they are: download the "
        "whole file again, or write the title above the header",
    )


def _noted(table: TextTable, called: str) -> TextTable:
    note = f"told by its shape: no name is known for {called!r}"
    return replace(table, notes=(*table.notes, note))


def _recognise_by(
    title: str, table: TextTable, exports: Mapping[str, Export], platform: str | None
) -> list[tuple[Recognition, TextTable]]:
    possible = {
        name: export
        for name, export in exports.items()
        if not export.is_sheet or table.tab is not None or export.platform == platform
    }
    parts = [export for export in possible.values() if export.part and _match(export, title)]
    if parts:
        return _recognise_parts(table, title, parts)
    return [_recognise_title(table, title, possible, platform)]


def _is_meant(found: Recognition, platform: str | None) -> bool:
    """Tell whether a sheet is what its name says, laid out so or at least of that platform."""
    known = found.export
    return bool(known and (found.reason is None or known.platform == platform))


def _recognise_parts(
    table: TextTable, title: str, exports: Sequence[Export]
) -> list[tuple[Recognition, TextTable]]:
    """Give each part that the table has; the sheet then names it."""
    named = [(export, replace(table, sheet=f"{table.sheet}: {export.part}")) for export in exports]
    found = [
        _laid_out(export, match, own) for export, own in named if (match := _match(export, title))
    ]
    told = [laid for laid in found if laid]
    return told or [(_nothing_known(table, title, exports[0]), table)]


def _nothing_known(table: TextTable, title: str, export: Export) -> Recognition:
    labels = ", ".join(repr(name) for name in table.header[:_MOST_NAMED])
    what = f"none of its labels is known ({labels}, ...)" if labels else "it holds no entry"
    return Recognition(
        export=None,
        nearest=export.name,
        unknown=table.header,
        reason=f"{title!r} is known, but {what}"
        + (": add them to [headers] of the export's names" if labels else ""),
    )


def _recognise_title(
    table: TextTable, title: str, exports: Mapping[str, Export], platform: str | None
) -> tuple[Recognition, TextTable]:
    titled = [export for export in exports.values() if export.titles]
    named = [(export, match) for export in titled if (match := _match(export, title))]
    fitting = sorted(
        named or _by_shape(table, titled),
        key=lambda fit: (fit[0].platform != platform, fit[0].name),
    )
    if not fitting:
        return _nearest(title, titled), table
    if not named:
        table = _noted(table, title)
    (best, match), *others = fitting
    rivals = tuple(export for export, _ in others)
    if twins := [rival.name for rival in rivals if rival.platform == best.platform]:
        raise RecognitionError(f"{best.name} and {twins[0]} both claim the title {title!r}")
    laid = _laid_out(best, match, table, rivals, is_by_shape=not named)
    if laid is None:
        raise AssertionError(f"{best.name} is no part of a table and lays out nothing")
    return laid


def _laid_out(
    export: Export,
    match: Match,
    table: TextTable,
    rivals: tuple[Export, ...] = (),
    *,
    is_by_shape: bool = False,
) -> tuple[Recognition, TextTable] | None:
    known: dict[str, Any] = {
        "export": export,
        "language": _language(match, table, export),
        "about": match.column,
        "rivals": rivals,
        "is_by_shape": is_by_shape,
    }
    try:
        layout = _lay_out(export, table, match.column)
    except LayoutError as error:
        return Recognition(**known, reason=str(error)), table
    if layout is None:
        return None
    positions = {name: (place,) for place, name in enumerate(layout.columns)}
    return Recognition(**known, positions=positions), layout.table


def _match(export: Export, title: str) -> Match | None:
    match = export.vocabulary.match_title(title)
    return match if match and match.column in export.titles else None


def _by_shape(table: TextTable, titled: Sequence[Export]) -> list[tuple[Export, Match]]:
    """Find the exports whose shape a titled table has, those of the network its title names."""
    title = (table.title or "").casefold()
    told = [
        (export, Match(about, frozenset()))
        for export in titled
        if export.shape and title
        for about in export.shape(table, export.vocabulary) or ()
    ]
    named = {export.platform for export, _ in told if str(export.platform) in title}
    return [fit for fit in told if not named or fit[0].platform in named]


def _language(title: Match, table: TextTable, export: Export) -> str | None:
    """Take the language of the title that most headers share, English where several are left."""
    if not title.languages:
        return None
    matches = (export.vocabulary.match(name) for name in table.header)
    shared = Counter(code for match in matches if match for code in match.languages)
    return max(sorted(title.languages), key=lambda code: (shared[code], code == "en"))


def _lay_out(export: Export, table: TextTable, about: str) -> Layout | None:
    if export.layout is None:
        raise AssertionError(f"{export.name} has titles and no layout")
    return export.layout(table, about, export.vocabulary)


def _nearest(title: str, titled: Sequence[Export]) -> Recognition:
    """Name the export with the title most like it."""
    spelled = {
        normalise_header(name.spelled): (name.spelled, export.name)
        for export in titled
        for about in sorted(export.titles)
        for name in export.vocabulary.titles[about]
    }
    found = process.extractOne(normalise_header(title), list(spelled), scorer=fuzz.ratio)
    if found is None:
        return Recognition(export=None, reason="no export of titled tables is declared")
    nearest, export = spelled[found[0]]
    return Recognition(
        export=None,
        nearest=export,
        reason=f"no export has the title {title!r}; the nearest, {export}, has {nearest!r}",
    )
