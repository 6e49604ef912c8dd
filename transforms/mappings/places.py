"""A mapping of a file without a header: its columns named by their places."""

import re
from collections.abc import Mapping
from fnmatch import translate
from typing import Any

from transforms.briefs.problems import shown
from transforms.export import Headerless

_AS_WRITTEN = 'write it as no_header = { file = "streamers*.csv", columns = 11 }'
_KEYS = {"file", "columns"}
_MOST = 10_000


def read_headerless(
    told: Mapping[str, Any], name: str
) -> tuple[Headerless | None, tuple[str, ...]]:
    """Read `no_header` of a mapping.

    Returns
    -------
    tuple
        The pattern of the file's name and a name for each column, or null where the file has a
        header; and what is wrong with it.
    """
    form = told.get("no_header")
    if form is None:
        return None, ()
    if not (isinstance(form, dict) and set(form) == _KEYS):
        return None, (f"no_header: {shown(form)} is no file and number of columns; {_AS_WRITTEN}",)
    file, width = form["file"], form["columns"]
    problems = []
    if not (isinstance(file, str) and re.search(r"[^*?.]", file)):
        problems.append(f"no_header.file: {shown(file)} names no file; {_AS_WRITTEN}")
    if not (isinstance(width, int) and not isinstance(width, bool) and 0 < width <= _MOST):
        problems.append(f"no_header.columns: {shown(width)} is no number of columns; {_AS_WRITTEN}")
    if problems:
        return None, tuple(problems)
    form = Headerless(translate(file), tuple(_named(place, name) for place in range(1, width + 1)))
    return form, tuple(_unfit(told, form))


def placed(entry: Any, form: Headerless | None) -> Any:
    """Give an entry below `[columns]` with the name of the column at its place for a header."""
    told = entry if isinstance(entry, dict) else {"header": entry}
    place = told.get("header")
    if form is None or not isinstance(place, int) or not _is_place(place, form):
        return entry
    return {**told, "header": form.header[place - 1]}


def _named(place: int, name: str) -> str:
    return f"column {place} of {name}"


def _is_place(place: Any, form: Headerless) -> bool:
    is_number = isinstance(place, int) and not isinstance(place, bool)
    return is_number and 0 < place <= len(form.header)


def _unfit(told: Mapping[str, Any], form: Headerless) -> list[str]:
    headers = {
        column: entry.get("header") if isinstance(entry, dict) else entry
        for column, entry in told["columns"].items()
    }
    return [
        f"columns.{column}: {shown(header)} is no place; the file has no header, so write a number "
        f"from 1 to {len(form.header)}"
        for column, header in headers.items()
        if not _is_place(header, form)
    ]
