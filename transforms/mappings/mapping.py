"""A mapping: any other list or report as an export, by data alone."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

import polars as pl

from schemas.contract import polars_schema
from schemas.history import HISTORY
from transforms.cells import parse
from transforms.cells.compact_numbers import with_compact
from transforms.cells.not_data import label
from transforms.cells.parse import Parsed
from transforms.cells.profile_links import profile_handle
from transforms.cells.segments import with_countries
from transforms.cells.shown_names import with_shared_names
from transforms.export import Clues, Export, ExportError, NotData, told_column
from transforms.mappings.cells import COMPACT, COUNTRY, LINK, SHOWN, readings
from transforms.mappings.declared import UNDETERMINED, Declared, columns_of, read_declared
from transforms.mappings.problems import MappingError
from transforms.vocabulary import CURRENCY, Name, Vocabulary, VocabularyError


def read_mapping(text: str, name: str) -> Export:
    """Read a mapping file as an export, recognised by its headers like every other.

    Parameters
    ----------
    text
        TOML.
    name
        Name of the file without `.toml`; the export has it.

    Raises
    ------
    MappingError
        With everything that is wrong, a sentence each.
    """
    declared = read_declared(text, name)
    try:
        return _export(declared)
    except (ExportError, VocabularyError) as error:
        raise MappingError([str(error)]) from error


def _export(declared: Declared) -> Export:
    columns = _columns(declared)
    reads = {column for parsed in columns.values() for column in parsed.columns}
    days = columns.get("day")
    observed = columns.get("observed_on")
    inside = observed or days
    settled_by = frozenset(_compact(declared)) | ({COUNTRY} & set(columns)) | _names(declared)
    return Export(
        name=declared.name,
        platform=declared.platform,
        title=declared.title,
        vocabulary=_vocabulary(declared),
        tables=declared.kinds,
        columns=columns,
        key=declared.key,
        optional=frozenset(
            name for name, cells in declared.columns.items() if cells.optional and name in reads
        )
        - {declared.key},
        not_data=tuple(
            NotData(reason="total", rows=label(column).is_in(words))
            for column, words in declared.not_data.items()
        ),
        headerless=declared.headerless,
        catalogue=declared.catalogue if "post" in declared.kinds else None,
        derive=partial(_derive, declared=declared) if settled_by else None,
        settled_by=settled_by,
        period="figures" if "post_period" in declared.kinds else "posts",
        days_inside=inside.value if inside else None,
        days_covered=days.value if days else None,
        said_on=_newest(observed) if observed else None,
        source=f"the mapping file {declared.name}.toml of this deployment",
        where=declared.where,
    )


def _compact(declared: Declared) -> list[str]:
    return [name for name, cells in declared.columns.items() if cells.written == COMPACT]


def _names(declared: Declared) -> set[str]:
    """Give the columns that tell whether a shown name is one account's."""
    account = declared.columns.get("account_ref")
    if account is None or account.written != SHOWN:
        return set()
    return {"account_ref", "followers"} & set(declared.columns)


def _derive(data: pl.DataFrame, clues: Clues, *, declared: Declared) -> pl.DataFrame:
    """Add what only a whole column tells: numbers cut short, and countries by their names."""
    language = declared.language if declared.language != UNDETERMINED else None
    data = with_compact(
        data, clues.whole, _compact(declared), decimal=declared.decimal, language=language
    )
    if names := _names(declared):
        figure = "followers" if "followers" in names else "account_ref"
        data = with_shared_names(data, clues.whole, "account_ref", figure)
    return with_countries(data, clues, column=COUNTRY) if COUNTRY in declared.columns else data


def _columns(declared: Declared) -> Mapping[str, Parsed]:
    """Read every column that is mapped, and those that go with one of them."""
    described = columns_of(declared.kinds)
    known = {name for kind in declared.kinds for name in polars_schema(HISTORY[kind])}
    columns: dict[str, Parsed] = {}
    for name, cells in declared.columns.items():
        found = readings(
            described[name], cells, decimal=declared.decimal, time_zone=declared.time_zone
        )
        columns |= {column: parsed for column, parsed in found.items() if column in known}
        if any(CURRENCY in header for header in cells.headers):
            columns["currency"] = _currency_in_header(name, columns[name])
    written = declared.columns["account_ref"].written if "account_ref" in columns else "id"
    if written not in ("id", SHOWN) and "account_handle" in known:
        handle = profile_handle("account_ref") if written == LINK else columns["account_ref"]
        columns.setdefault("account_handle", _silently(handle))
    if "listing" in declared.kinds:
        columns["source"] = parse.literal(declared.source, pl.String)
    return columns


def _currency_in_header(name: str, amount: Parsed) -> Parsed:
    code = pl.when(amount.value.is_not_null()).then(pl.col(told_column(name)))
    return Parsed(amount.columns, code, pl.lit(value=False), "")


def _silently(parsed: Parsed) -> Parsed:
    """Give a reading whose failure another column tells."""
    return Parsed(parsed.columns, parsed.value, pl.lit(value=False), "")


def _newest(observed: Parsed) -> Callable[[pl.DataFrame, Clues], date | None]:
    def said_on(data: pl.DataFrame, _: Clues) -> date | None:
        newest = data.select(observed.value.max()).item()
        return newest if isinstance(newest, date) else None

    return said_on


def _vocabulary(declared: Declared) -> Vocabulary:
    return Vocabulary(
        headers={
            name: tuple(Name(header, declared.language) for header in cells.headers)
            for name, cells in declared.columns.items()
        },
        labels={},
    )
