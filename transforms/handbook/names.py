"""Names as the page shows them: quoted, in English where known, marked where never seen."""

from collections import Counter
from collections.abc import Iterable

from babel import Locale

from transforms.export import Export
from transforms.handbook.groups import declared_order, names_of, own_columns
from transforms.vocabulary import Name

UNSEEN = "\u2020"
"""Marks a name that no real file had."""


def quoted(export: Export, columns: Iterable[str], link: str = ", ") -> str:
    """Give the headers of canonical columns as a person would look for them."""
    ordered = sorted(columns, key=declared_order(export).index)
    return link.join(shown(names_of(export, column)[0]) for column in ordered)


def shown(name: Name) -> str:
    """Quote a name for a line or a cell of a table."""
    spelled = name.spelled.replace("\u00ad", "").replace("|", "\\|").replace("`", "'")
    return f"`{spelled}`" if name.seen == "file" else f"`{spelled}`{UNSEEN}"


def code(names: Iterable[str]) -> str:
    """List names of ours."""
    return ", ".join(f"`{name}`" for name in names)


def languages(exports: Iterable[Export]) -> dict[str, tuple[int, int]]:
    """Count per language the names that real files had, and all; the best seen first."""
    names = _names(exports)
    known = Counter(name.language for name in names)
    seen = Counter(name.language for name in names if name.seen == "file")
    ordered = sorted(known, key=lambda language: (-seen[language], -known[language], language))
    return {language: (seen[language], known[language]) for language in ordered}


def in_english(language: str) -> str:
    """Name a language in English."""
    return str(Locale("en").languages.get(language, language))


def _names(exports: Iterable[Export]) -> set[Name]:
    return {
        name
        for export in exports
        for column in own_columns(export)
        for name in names_of(export, column)
    }
