"""Which export a table under a title is: told by the title, never by its file's name."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz, process

from transforms.deliveries.recognise import Recognition, RecognitionError, recognise
from transforms.export import Export
from transforms.exports import EXPORTS
from transforms.headers import normalise_header
from transforms.layout import Layout, LayoutError
from transforms.reading.tables import TextTable
from transforms.vocabulary import Match


def recognise_any(
    table: TextTable, exports: Mapping[str, Export] = EXPORTS, platform: str | None = None
) -> tuple[Recognition, TextTable]:
    """Tell which export a table is, and give it as that export lays it out.

    Parameters
    ----------
    platform
        What the file's place says; of exports that a title fits alike, the one of this platform
        comes first and the others are its rivals.

    Raises
    ------
    RecognitionError
        If two exports of one platform claim it equally.
    """
    if table.title is None:
        return recognise(table, exports, platform), table
    return _recognise_title(table, table.title, exports, platform)


def _recognise_title(
    table: TextTable, title: str, exports: Mapping[str, Export], platform: str | None
) -> tuple[Recognition, TextTable]:
    titled = [export for export in exports.values() if export.titles]
    fitting = sorted(
        ((export, match) for export in titled if (match := _match(export, title))),
        key=lambda fit: (fit[0].platform != platform, fit[0].name),
    )
    if not fitting:
        return _nearest(title, titled), table
    (best, match), *others = fitting
    rivals = tuple(export for export, _ in others)
    if twins := [rival.name for rival in rivals if rival.platform == best.platform]:
        raise RecognitionError(f"{best.name} and {twins[0]} both claim the title {title!r}")
    known: dict[str, Any] = {
        "export": best,
        "language": _language(match, table, best),
        "about": match.column,
        "rivals": rivals,
    }
    try:
        layout = _lay_out(best, table, match.column)
    except LayoutError as error:
        return Recognition(**known, reason=str(error)), table
    positions = {name: (place,) for place, name in enumerate(layout.columns)}
    return Recognition(**known, positions=positions), layout.table


def _match(export: Export, title: str) -> Match | None:
    match = export.vocabulary.match_title(title)
    return match if match and match.column in export.titles else None


def _language(title: Match, table: TextTable, export: Export) -> str:
    """Take the language of the title that most headers share, English where several are left."""
    matches = (export.vocabulary.match(name) for name in table.header)
    shared = Counter(code for match in matches if match for code in match.languages)
    return max(sorted(title.languages), key=lambda code: (shared[code], code == "en"))


def _lay_out(export: Export, table: TextTable, about: str) -> Layout:
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
