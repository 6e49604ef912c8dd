"""What a mapping file declares, held to the contracts; all that is wrong is said at once."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from schemas import contract
from schemas.contract import Column
from schemas.history import HISTORY, PROVENANCE
from transforms.briefs.problems import did_you_mean, shown
from transforms.cells.written_numbers import Decimal
from transforms.export import Headerless
from transforms.mappings.cells import Cells
from transforms.mappings.checks import IDENTIFYING, Catalogue, problems_of
from transforms.mappings.column import read_column
from transforms.mappings.places import placed, read_headerless
from transforms.mappings.problems import MappingError

KINDS = tuple(kind for kind in HISTORY if kind != "audience")
"""History tables that a mapping can fill. A distribution is told by a whole file, not row by row:
audiences have their own readers."""

UNDETERMINED = "und"
"""Language of a mapping that names none (BCP 47)."""

KEYS = (
    "title",
    "platform",
    "kind",
    "source",
    "catalogue",
    "decimal",
    "time_zone",
    "language",
    "key",
    "no_header",
    "where",
    "columns",
    "not_data",
)
_NOT_MAPPED = (
    "period_start",
    "period_end",
    "catalogue",
    "is_rounded",
    "published_at_source",
    "source",
)
"""Columns that a file's name tells, a key of the mapping, or another column."""


@dataclass(frozen=True, kw_only=True)
class Declared:
    """A mapping file that breaks no rule.

    Attributes
    ----------
    platform
        Null where a column tells it.
    headerless
        How a file without a header is told; null where it has one.
    columns
        Contract column to how the file writes it.
    not_data
        Contract column to the words, in lower case, that make a record none.
    """

    name: str
    title: str
    platform: str | None
    kinds: tuple[str, ...]
    source: str
    catalogue: Catalogue | None
    decimal: Decimal
    time_zone: str | None
    language: str
    key: str
    headerless: Headerless | None
    where: str
    columns: Mapping[str, Cells]
    not_data: Mapping[str, tuple[str, ...]]


def read_declared(text: str, name: str) -> Declared:
    """Read the TOML of a mapping and hold it to the contracts of its kinds.

    Parameters
    ----------
    text
        The file's text.
    name
        Its name without `.toml`; the export has it.

    Raises
    ------
    MappingError
        With everything that is wrong: the key, the rule, what stands there, what to do.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingError([f"is no TOML: {error}"]) from error
    kinds = _kinds(told)
    problems = [f"{key}: no such key; {did_you_mean(key, KEYS)}" for key in told if key not in KEYS]
    if blocking := [*_kind_problems(told, kinds)]:
        raise MappingError([*problems, *blocking])
    schema = columns_of(kinds)
    columns: dict[str, Cells] = {}
    headerless, unfit = read_headerless(told, name)
    problems += unfit
    for column, entry in told["columns"].items():
        found, wrong = read_column(column, placed(entry, headerless), schema)
        problems += wrong
        if found:
            columns[column] = found
    problems += problems_of(told, kinds, columns, schema, needed(kinds))
    if problems:
        raise MappingError(problems)
    platform = told.get("platform")
    return Declared(
        name=name,
        title=told.get("title", name),
        platform=platform,
        kinds=kinds,
        source=told.get("source", name),
        catalogue=told.get("catalogue"),
        decimal=told.get("decimal", "."),
        time_zone=told.get("time_zone"),
        language=told.get("language", UNDETERMINED),
        key=told.get("key") or next(one for one in IDENTIFYING if one in columns),
        headerless=headerless,
        where=told.get("where", f"its mapping file {name}.toml does not say"),
        columns=columns,
        not_data={
            column: tuple(word.strip().lower() for word in words)
            for column, words in told.get("not_data", {}).items()
        },
    )


def columns_of(kinds: tuple[str, ...]) -> dict[str, Column]:
    """Give the contract columns of history tables that a mapping can name."""
    return {
        name: column
        for kind in kinds
        for name, column in contract.columns(HISTORY[kind]).items()
        if name not in (*PROVENANCE, *_NOT_MAPPED)
    }


def needed(kinds: tuple[str, ...]) -> set[str]:
    """Give the columns that only the file can tell: never null, and not the delivery's."""
    given = {"platform", "observed_on", "day"}
    told = {column.name for column in columns_of(kinds).values() if not column.is_nullable}
    own = {"account_ref"} if "listing" not in kinds else set()
    return told - given - own


def _kinds(told: Mapping[str, Any]) -> tuple[str, ...]:
    kind = told.get("kind")
    named = kind if isinstance(kind, list) else [] if kind is None else [kind]
    return tuple(one for place, one in enumerate(named) if one not in named[:place])


def _kind_problems(told: Mapping[str, Any], kinds: tuple[str, ...]) -> Iterator[str]:
    if not kinds:
        yield f"kind: which history table it fills is missing; write one of {', '.join(KINDS)}"
    for kind in kinds:
        if kind not in KINDS:
            yield f"kind: no table {shown(kind)} to fill; {did_you_mean(str(kind), KINDS)}"
    if not isinstance(told.get("columns"), dict) or not told["columns"]:
        yield 'columns: none is named; write [columns] and below it followers = "Followers"'
