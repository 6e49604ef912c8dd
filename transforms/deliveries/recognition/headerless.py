"""A list without a header, whose columns a mapping file names by their places."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import PurePath

import polars as pl

from schemas.files import SourceFile
from transforms.export import Export, Headerless
from transforms.reading.tables import TextTable

_FIGURE = r"^\s*[-+]?\d[\d.,\s\u00a0\u202f]*[%kKmMbB]?\s*$"


def with_header(table: TextTable, file: SourceFile, exports: Mapping[str, Export]) -> TextTable:
    """Give the table with the header that a mapping gives it, its first record among the data.

    Nothing but the file's name and its number of columns tells such a list. A table whose first
    record has words where all others have figures has a header, and is given as it is.
    """
    name = PurePath(file.member or file.path).name
    for form in _forms(tuple(exports.values())):
        if _is_meant(form, name, table) and _is_record(table):
            return _headed(table, form.header)
    return table


@lru_cache(maxsize=10)
def _forms(exports: tuple[Export, ...]) -> tuple[Headerless, ...]:
    return tuple(export.headerless for export in exports if export.headerless)


def _is_meant(form: Headerless, name: str, table: TextTable) -> bool:
    is_named = re.fullmatch(form.file_like, name, re.IGNORECASE)
    return bool(is_named) and table.title is None and len(table.header) == len(form.header)


def _is_record(table: TextTable) -> bool:
    """Say whether the first record has figures wherever all others have them, at least once."""
    places = [str(place) for place in range(len(table.header))]
    told = table.rows.select(
        (pl.col(place).is_null() | pl.col(place).str.contains(_FIGURE)).all()
        & pl.col(place).is_not_null().any()
        for place in places
    ).row(0)
    firsts = [cell for cell, has_figures in zip(table.header, told, strict=True) if has_figures]
    return bool(firsts) and all(not cell.strip() or re.match(_FIGURE, cell) for cell in firsts)


def _headed(table: TextTable, header: tuple[str, ...]) -> TextTable:
    number = table.rows.get_column("row_number")
    first = {str(place): cell or None for place, cell in enumerate(table.header)}
    record = pl.DataFrame(
        {**first, "row_number": int(number[0]) - 1, "surplus": None}, schema=table.rows.schema
    )
    notes = tuple(note for note in table.notes if not note.startswith("header "))
    return replace(table, header=header, rows=pl.concat([record, table.rows]), notes=notes)
