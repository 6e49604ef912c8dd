"""Two declarations that would claim the same file."""

from collections.abc import Iterator, Mapping

import polars as pl

from transforms.deliveries.recognition.headers import recognise
from transforms.deliveries.recognition.recognition import RecognitionError
from transforms.export import Export
from transforms.reading.table import TextTable


def conflict(mapping: Export, others: Mapping[str, Export]) -> str | None:
    """Say which of the other exports would take a mapping's file, or the mapping theirs.

    A file with the mapping's headers, and no other, must be no other export's; and a file with
    all headers of another must not be as much the mapping's.

    Returns
    -------
    str or None
        What is wrong, naming both, and what to do.
    """
    if mapping.name in others:
        return (
            f"{mapping.name} is the name of an export that ships: rename the file, or add headers "
            f"to that export in headers/{mapping.name}.toml"
        )
    for other in others.values():
        if other.titles or not other.key:
            continue
        for header in _headers(mapping):
            if _claims(header, other):
                return (
                    f"{mapping.name} and {other.name} both claim a file with the headers "
                    f"{', '.join(header)}: {other.name} reads it already; take the mapping away, "
                    "or map a header that only its own files have"
                )
        for header in _headers(other):
            if _claims(header, mapping) and _asks(mapping) >= _asks(other):
                return (
                    f"{mapping.name} and {other.name} both claim the files of {other.name}: map "
                    "a header that only its own files have"
                )
    return None


def _headers(export: Export) -> Iterator[tuple[str, ...]]:
    """Give the headers of a file, one for each language: those it must have, and all."""
    vocabulary = export.vocabulary
    for language in vocabulary.languages:
        for columns in (export.required, frozenset(vocabulary.headers) - export.forbidden):
            names = (vocabulary.spell(column, language) for column in sorted(columns))
            yield tuple(name.replace("{currency}", "EUR") for name in names)


def _claims(header: tuple[str, ...], export: Export) -> bool:
    rows = pl.DataFrame(schema={str(place): pl.String for place in range(len(header))})
    table = TextTable(header, rows, None, "utf-8", ",")
    try:
        return recognise(table, {export.name: export}).export is not None
    except RecognitionError:
        return True


def _asks(export: Export) -> int:
    return len(export.required)
