"""The typed records of one table, those that are good parted from those that break a rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import polars as pl

from schemas import contract
from schemas.history import HISTORY, PROVENANCE
from transforms.cells.typed import TypedColumn, null_counts, typed, typed_column
from transforms.export import FILLED, Export

_NOTHING_BROKEN = pl.DataFrame(
    schema={
        "row_number": pl.UInt32,
        "column": pl.String,
        "rule": pl.String,
        "value": pl.String,
    }
)


@dataclass(frozen=True)
class _Rule:
    """A condition of a record, with the canonical column whose cell it speaks of.

    Attributes
    ----------
    reads
        Contract column whose reading it is; null for other conditions.
    repeats
        As `Parsed.repeats`.
    """

    name: str
    column: str | None
    broken: pl.Expr
    reads: str | None = None
    repeats: bool = False


@dataclass(frozen=True)
class Split:
    """Typed records that break no rule, and what the others broke.

    Attributes
    ----------
    good
        All columns of the export's tables, and `row_number`.
    broken
        One row per record and rule: row_number, column (canonical), rule, value.
    """

    good: pl.DataFrame
    broken: pl.DataFrame


def split(data: pl.DataFrame, export: Export, given: Mapping[str, pl.Expr]) -> Split:
    """Type the records and part those that meet every contract from those that do not.

    A record that breaks a rule of one of the export's tables is good for none.

    Parameters
    ----------
    data
        Records that are data, as `canonical` gives them, derived columns added.
    given
        Contract columns that the delivery tells, as expressions over the typed columns.
    """
    failures, rules = _rules(export)
    read = typed(data, _typed_columns(export)).with_columns_seq(_given_columns(given, export))
    failed = _failed(data, read, failures)
    if not failed and _is_sound(read, export):
        return Split(read, _NOTHING_BROKEN)
    flags = [f"!{number}" for number in range(len(failures) + len(rules))]
    flagged = read.with_columns(
        failed.get(flag, pl.lit(value=False)).alias(flag) for flag in flags[: len(failures)]
    ).with_columns(
        rule.broken.alias(flag) for rule, flag in zip(rules, flags[len(failures) :], strict=True)
    )
    is_bad = flagged.select(pl.any_horizontal(flags)).to_series()
    if not is_bad.any():
        return Split(read, _NOTHING_BROKEN)
    bad = flagged.filter(is_bad).select("row_number", *flags)
    return Split(read.filter(~is_bad), _spell(bad, data, (*failures, *rules)))


def _is_sound(read: pl.DataFrame, export: Export) -> bool:
    """Tell at little cost that every contract is met, as it mostly is."""
    nulls = null_counts(read)
    asked = [
        holds
        for column, holds in _conditions(export)
        if column is None or nulls[column] < read.height
    ]
    return all(read.select_seq(*asked).row(0))


def _given_columns(given: Mapping[str, pl.Expr], export: Export) -> list[pl.Expr]:
    """Cast what the delivery tells to the export's columns; it may tell more than it has."""
    return [
        value.cast(export.schema[name]).alias(name)
        for name, value in given.items()
        if name in export.schema
    ]


@cache
def _typed_columns(export: Export) -> tuple[TypedColumn, ...]:
    return tuple(
        typed_column(name, dtype, export.columns.get(name)) for name, dtype in export.schema.items()
    )


def _failed(
    data: pl.DataFrame, read: pl.DataFrame, failures: tuple[_Rule, ...]
) -> dict[str, pl.Series]:
    """Flag what could not be read; a column is asked only where a cell of it gave no value."""
    stand, unread = null_counts(data), null_counts(read)

    def can_fail(rule: _Rule) -> bool:
        if rule.column is None:
            return True
        if stand[rule.column] == data.height:
            return False
        if rule.reads is not None and unread[rule.reads] == 0:
            return False
        if rule.repeats:
            cells = data.get_column(rule.column).unique().to_frame()
            return bool(cells.select(rule.broken.any()).item())
        if rule.reads is None:
            return True
        stands = data.get_column(rule.column).is_not_null()
        return bool((stands & read.get_column(rule.reads).is_null()).any())

    asked = [
        rule.broken.fill_null(value=False).alias(f"!{number}")
        for number, rule in enumerate(failures)
        if can_fail(rule)
    ]
    found = data.select_seq("row_number", *asked).drop("row_number") if asked else pl.DataFrame()
    return {flags.name: flags for flags in found.iter_columns() if flags.any()}


def _spell(bad: pl.DataFrame, data: pl.DataFrame, rules: tuple[_Rule, ...]) -> pl.DataFrame:
    cells = data.join(bad, on="row_number", how="semi")
    broken = [
        cells.join(bad.filter(pl.col(f"!{i}")), on="row_number", how="semi").select(
            pl.col("row_number").cast(pl.UInt32),
            pl.lit(rule.column, pl.String).alias("column"),
            pl.lit(rule.name).alias("rule"),
            (pl.col(rule.column) if rule.column else pl.lit(None, pl.String)).alias("value"),
        )
        for i, rule in enumerate(rules)
        if bad.get_column(f"!{i}").any()
    ]
    return pl.concat(broken).sort("row_number", maintain_order=True)


@cache
def _rules(export: Export) -> tuple[tuple[_Rule, ...], tuple[_Rule, ...]]:
    """Give what can fail in reading, over text, and the contracts' rules, over typed columns."""
    failures = [
        _Rule(
            f"is not {parsed.rule}",
            next(iter(parsed.columns), None),
            parsed.failed,
            name,
            parsed.repeats and len(parsed.columns) == 1,
        )
        for name, parsed in [
            *export.columns.items(),
            *((None, check) for check in export.checks),
        ]
        if parsed.rule
    ]
    unread = {rule.reads: f"!{number}" for number, rule in enumerate(failures) if rule.reads}
    rules: dict[tuple[str, str | None], _Rule] = {}
    for table in export.tables:
        for rule in contract.rules(HISTORY[table]):
            if rule.column in PROVENANCE:
                continue
            broken = ~rule.holds.fill_null(value=True)
            if rule.column in unread:
                broken = broken & ~pl.col(unread[rule.column])
            source = export.columns.get(rule.column or "")
            column = next(iter(source.columns), None) if source else None
            rules.setdefault((rule.name, rule.column), _Rule(rule.name, column, broken))
    return (*failures, *_surplus_rules()), tuple(rules.values())


@cache
def _conditions(export: Export) -> tuple[tuple[str | None, pl.Expr], ...]:
    """Give whether all rows meet each of the contracts' rules; a column where a blank one does."""
    columns = {
        name: column
        for table in export.tables
        for name, column in contract.columns(HISTORY[table]).items()
    }
    rules = {
        (rule.name, rule.column): rule
        for table in export.tables
        for rule in contract.rules(HISTORY[table])
        if rule.column not in PROVENANCE
    }
    return tuple(
        (
            rule.column if rule.column and columns[rule.column].is_nullable else None,
            rule.holds.fill_null(value=True).all().alias(str(number)),
        )
        for number, rule in enumerate(rules.values())
    )


def _surplus_rules() -> list[_Rule]:
    """Refuse what the reader could not place; a record that is nothing else has damaged quotes."""
    stands, alone = pl.col("surplus").is_not_null(), pl.col(FILLED) == 1
    return [
        _Rule("more cells than headers", "surplus", stands & ~alone),
        _Rule("quotes are damaged beyond repair", "surplus", stands & alone),
    ]
