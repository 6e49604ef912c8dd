"""What an export is: one report that a platform lets its users download.

An export is data: which headers it has in which language, what each column of the warehouse
is as an expression over them, what in it is not data. Reading one takes no code of its own.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal

import polars as pl

from schemas import contract
from schemas.history import HISTORY, PROVENANCE
from transforms.cells.parse import Parsed
from transforms.layout import Layout
from transforms.reading.table import TextTable
from transforms.vocabulary import Vocabulary

GIVEN = frozenset({"platform", "observed_on", "period_start", "period_end", "catalogue"})
"""Contract columns that the delivery fills, or the kind of export; no expression does."""

_TOLD_BY_CELLS = frozenset({"platform", "observed_on"})
"""Those of them that the cells of somebody else's list can tell."""

BOTH = "+"
"""Stands between the kinds of a column that a table has twice: `traffic_source+device_type`."""

FILLED = "_filled"
"""Helper column of every text table: how many cells of the record hold anything."""


def told_column(column: str) -> str:
    """Name the helper column that holds what the header of `column` tells, as its currency."""
    return f"_told_of_{column}"


Extra = Literal["ignored", "figures"]
"""What a header that no declaration names may be: anything (it is ignored and noted), or only
a figure: numbers, and no key twice. Otherwise it can be a dimension, and the report another."""


class ExportError(ValueError):
    """An export is declared inconsistently."""


@dataclass(frozen=True, kw_only=True)
class NotData:
    """Records that are recognised and are no data: a Total row, a footer, a ghost."""

    reason: str
    rows: pl.Expr


@dataclass(frozen=True)
class Part:
    """Records of one of the tables that make up an export: those that are data, and Totals."""

    data: pl.DataFrame = field(repr=False)
    totals: pl.DataFrame = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Clues:
    """What names and siblings lend a table before its cells are read.

    Attributes
    ----------
    whole
        Records of all tables that make up the same export, this one's included: a date's order
        or a label's year shows in the whole, not in the part.
    newest_possible
        No day of the file can lie after it.
    first_day
        First day the file covers, where a name says so.
    parts
        The same records table by table, with their Total rows; only where the export has
        `complete`.
    own
        Which of `parts` is this table.
    memo
        What was made of all parts for another of them: work that each would do again.
    """

    whole: pl.DataFrame
    newest_possible: date
    first_day: date | None = None
    parts: tuple[Part, ...] = ()
    own: int = 0
    memo: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True)
class Headerless:
    """A list without a header: the pattern of its file's name, and a name for every column."""

    file_like: str
    header: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class CrossCheck:
    """What a file says twice, so that one can be held against the other.

    Attributes
    ----------
    name
        What is compared, as a statement: `reach <= views`.
    metric
        Contract column it is about.
    said, found
        The two figures as expressions over canonical text columns; aggregating ones where `by`
        names groups. Only records that report both are compared.
    is_bound
        Whether `found` must only not exceed `said`, instead of being equal.
    by
        Canonical columns whose equal cells make one group of records.
    """

    name: str
    metric: str
    said: pl.Expr = field(repr=False)
    found: pl.Expr = field(repr=False)
    is_bound: bool = False
    by: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Export:
    """One report, and how its text becomes rows of history tables.

    Attributes
    ----------
    name
        Name of its module.
    declared
        Declares it with other names; null where no word of its cells is among them.
    platform
        Network it comes from; null where a column of it tells.
    title
        What a person calls it.
    tables
        History tables that each of its records fills; none where it is `kept`.
    kept
        What it is, said of a file that is recognised and fills no table; `{key}` stands for the
        header of `key`.
    columns
        Contract column to its reading over canonical text columns; a column that several
        tables share is read once.
    optional
        Canonical columns that may be absent; every other one that an expression reads, and
        those in `also_required`, must be there.
    one_of
        At least one of these canonical columns must be there.
    forbidden
        Canonical columns that make it another report.
    common
        Canonical columns that other platforms' reports have too: where a file has no other, a
        place that says another platform is believed.
    titles
        Titles it is known by, where its tables stand under titles: each names the canonical
        column that the table is about. Its headers then decide nothing.
    is_sheet
        Whether its titles are names of a workbook's sheets: nothing outside a workbook is it.
    layout
        Lays out the table under a title; of the table, the column it is about and the names.
        Null where the table lacks the `part`.
    part
        What it reads of the table under its title, where other exports read the rest of it.
    shape
        Tells, of a table that no name fits and of the names, the positions of its canonical
        columns, or nothing where its cells do not make it certain.
    headerless
        Name of the file and places of the columns, where it has no header.
    extra
        What a header that no declaration names may be.
    key
        Canonical column whose cell identifies the record; the one a footer stands in.
    ids_within
        Within what its `post_id` is the only one: what it reads is then the second of upload.
    grain
        Canonical columns that identify a record together with `key`, where a key stands in many.
    key_like
        Pattern of a key; a file none of whose keys has it is not this export.
    least_key_share
        Share of the keys that must have the pattern, where one alone does not make the file
        this export.
    not_data
        Records that are no data, as expressions over canonical text columns.
    catalogue
        Whether the export lists every post or only the best; null where it lists none.
    checks
        Further readings that must not fail; their values are not kept.
    cross_checks
        What the file says twice; every disagreement stands in ops.reconciliation.
    channel_level
        Contract columns whose Total counts what belongs to no record.
    contradictions
        Canonical column to records that show it is not the one meant, where a header repeats.
    cap
        Number of records at which the platform cuts the list.
    period
        What its name tells: the period of its figures, or only that of its posts.
    repair
        Puts right, in text, what the platform is known to write wrong.
    repairs
        Whether `repair` looks at each record by itself, or at all of a file.
    settled_by
        Canonical columns, or `FILLED`, that `repair` of all, `derive`, `refusal`, `keeping`,
        `said_on` and `remarks` read, so that a large file is read in pieces with only these held
        for the whole; null where not declared: an export that has any of them is then read at once.
    derive
        Adds columns that only the whole file tells, such as the year of a label; their names
        start with `_`, and no header is asked for them.
    refusal
        Says why a recognised file cannot be read truthfully, or nothing.
    refuses
        What `refusal` refuses, for who has not met it yet.
    keeping
        Says why a recognised file is `kept` although the export fills tables, or nothing; of its
        own records that are data and the first and last day of the period in its names.
    keeps
        What `keeping` keeps, for who has not met it yet.
    complete
        Makes the rows of the tables out of the good typed records and all records with their
        derived columns, where a row is not simply a record.
    remarks
        Says of the records with their derived columns what a person should know.
    yearless
        Whether its days can lack a year, which then comes from the day of observation.
    days_inside
        Days the cells speak of, for the newest of them; the file cannot be older.
    days_covered
        Days the figures belong to; they tell a sibling its period.
    said_on
        Day of export, where the cells say one.
    source
        Where the platform documents it or the files that showed it, and when that was read.
    where
        Where its download button is, to ask the creator for it.
    """

    name: str
    platform: str | None
    title: str
    vocabulary: Vocabulary = field(repr=False)
    tables: tuple[str, ...]
    columns: Mapping[str, Parsed] = field(repr=False)
    key: str
    source: str
    where: str
    declared: Callable[[Vocabulary], "Export"] | None = field(default=None, repr=False)
    kept: str | None = None
    optional: frozenset[str] = frozenset()
    also_required: frozenset[str] = frozenset()
    one_of: frozenset[str] = frozenset()
    forbidden: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    is_sheet: bool = False
    layout: Callable[[TextTable, str, Vocabulary], Layout | None] | None = field(
        default=None, repr=False
    )
    part: str | None = None
    shape: Callable[[TextTable, Vocabulary], Mapping[str, int] | None] | None = field(
        default=None, repr=False
    )
    headerless: Headerless | None = None
    extra: Extra = "ignored"
    ids_within: Literal["platform", "account"] = "platform"
    grain: frozenset[str] = frozenset()
    key_like: str | None = None
    least_key_share: float = 0.0
    not_data: tuple[NotData, ...] = ()
    catalogue: Literal["complete", "top"] | None = None
    checks: tuple[Parsed, ...] = field(default=(), repr=False)
    cross_checks: tuple[CrossCheck, ...] = field(default=(), repr=False)
    channel_level: frozenset[str] = frozenset()
    contradictions: Mapping[str, pl.Expr] = field(default_factory=dict, repr=False)
    cap: int | None = None
    period: Literal["figures", "posts"] = "posts"
    repair: Callable[[pl.DataFrame], pl.DataFrame] | None = field(default=None, repr=False)
    repairs: Literal["records", "file"] = "file"
    settled_by: frozenset[str] | None = None
    derive: Callable[[pl.DataFrame, Clues], pl.DataFrame] | None = field(default=None, repr=False)
    refusal: Callable[[pl.DataFrame], str | None] | None = field(default=None, repr=False)
    refuses: str | None = None
    keeping: Callable[[pl.DataFrame, tuple[date, date] | None], str | None] | None = field(
        default=None, repr=False
    )
    keeps: str | None = None
    complete: Callable[[pl.DataFrame, pl.DataFrame], pl.DataFrame] | None = field(
        default=None, repr=False
    )
    remarks: Callable[[pl.DataFrame], tuple[str, ...]] | None = field(default=None, repr=False)
    yearless: bool = False
    days_inside: pl.Expr | None = field(default=None, repr=False)
    days_covered: pl.Expr | None = field(default=None, repr=False)
    said_on: Callable[[pl.DataFrame, Clues], date | None] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Hold the declaration to its own vocabulary and contracts."""
        if bool(self.tables) == bool(self.kept):
            raise ExportError(f"{self.name}: fills tables or is kept, one of the two")
        if bool(self.keeping) != bool(self.keeps) or (self.keeping and self.kept):
            raise ExportError(f"{self.name}: keeping and keeps go together, and kept without them")
        if unknown := set(self.tables) - set(HISTORY):
            raise ExportError(f"{self.name}: no history table {sorted(unknown)}")
        if unknown := set(self.columns) - set(self.schema):
            raise ExportError(f"{self.name}: no column {sorted(unknown)} in {self.tables}")
        if given := set(self.columns) & self._filled_by_delivery:
            raise ExportError(f"{self.name}: {sorted(given)} is for the delivery to fill")
        named = self.required | self.optional | self.one_of | self.forbidden | self.common
        if unnamed := named - self.canonical:
            raise ExportError(f"{self.name}: no header is declared for {sorted(unnamed)}")
        if untitled := self.titles - set(self.vocabulary.titles):
            raise ExportError(f"{self.name}: no title is declared for {sorted(untitled)}")
        if bool(self.titles) != bool(self.layout):
            raise ExportError(f"{self.name}: titles and layout go together")

    @property
    def lists_accounts(self) -> bool:
        """Whether it is somebody's list of accounts, and no export of one of them."""
        return "listing" in self.tables or self.platform is None

    @property
    def _filled_by_delivery(self) -> frozenset[str]:
        return GIVEN - _TOLD_BY_CELLS if self.lists_accounts else GIVEN

    @cached_property
    def canonical(self) -> frozenset[str]:
        """Canonical columns that its headers or titles name."""
        return frozenset(self.vocabulary.headers) | self.titles

    @cached_property
    def reads(self) -> frozenset[str]:
        """Canonical columns that any expression reads."""
        readings = (*self.columns.values(), *self.checks)
        columns = (column for parsed in readings for column in parsed.columns)
        return frozenset(column for column in columns if not column.startswith("_"))

    @cached_property
    def required(self) -> frozenset[str]:
        """Canonical columns without which a file is not this export."""
        return (self.reads | self.also_required | {self.key}) - self.optional

    @cached_property
    def schema(self) -> pl.Schema:
        """Columns and dtypes of its tables together, without the load's columns."""
        return pl.Schema(
            {
                name: dtype
                for table in self.tables
                for name, dtype in contract.polars_schema(HISTORY[table]).items()
                if name not in PROVENANCE
            }
        )

    @cached_property
    def figures(self) -> tuple[str, ...]:
        """Contract columns with a unit of quantity that this export can fill."""
        described = {
            name: column
            for table in self.tables
            for name, column in contract.columns(HISTORY[table]).items()
        }
        return tuple(
            name for name in self.columns if described[name].unit not in (None, "UTC", "day")
        )

    def with_names(self, text: str) -> "Export":
        """Give the same export with the names of another TOML added: one more language."""
        names = self.vocabulary.extended(text)
        return self.declared(names) if self.declared else replace(self, vocabulary=names)
